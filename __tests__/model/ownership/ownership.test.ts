import { attacker, policyWith, problemsOf } from './two-teams';

const database = (line: string): string => `databases:\n  books: {connection: books, ${line}}`;
const certificate = (line: string): string =>
  `certificates:\n  web: {authority: services, use: server, ttl: 1d, ${line}}`;

/** What a team asks for, what names it in the problem, and the entry that allows it. */
const attempts: readonly (readonly [what: string, tenant: string, given: string, section: string, entry: string])[] = [
  [
    'a role of another team’s database',
    database('kind: dynamic, memberOf: [ledger_owner], ttl: 1h'),
    'memberOf: [ledger_owner]',
    'databases.books',
    'memberOf: [ledger_owner]',
  ],
  [
    'statements that create an account',
    database(
      `kind: dynamic, creationStatements: ["CREATE ROLE \\"{{name}}\\" SUPERUSER PASSWORD '{{password}}'"], ttl: 1h`,
    ),
    `creationStatements: ["CREATE ROLE \\"{{name}}\\" SUPERUSER PASSWORD '{{password}}'"]`,
    'databases.books',
    `creationStatements: ["CREATE ROLE \\"{{name}}\\" SUPERUSER PASSWORD '{{password}}'"]`,
  ],
  [
    'the account of another team',
    database('kind: static, username: ledger_nightly, rotationPeriod: 1d'),
    'accounts: [ledger_nightly]',
    'databases.books',
    "accounts: ['ledger_*']",
  ],
  [
    'certificates of another team’s domain',
    certificate('domains: [ledger.example.com]'),
    'domains: [ledger.example.com]',
    'authorities.services',
    'domains: [ledger.example.com]',
  ],
  [
    'certificates of the server itself',
    certificate('domains: [west.example.com]'),
    'domains: [west.example.com]',
    'authorities.services',
    "domains: ['*.example.com']",
  ],
  [
    'certificates of everything below a domain',
    certificate('domains: [com], subdomains: true'),
    'domains: [com], subdomains: true',
    'authorities.services',
    'domains: [com], subdomains: true',
  ],
  [
    'certificates of any IP address',
    certificate('domains: [basket.example.com], ipAddresses: true'),
    'domains: [basket.example.com], ipAddresses: true',
    'authorities.services',
    'domains: [basket.example.com], ipAddresses: true',
  ],
  [
    'the root account of hosts for ten years',
    'sshRoles:\n  ops: {certificateType: user, principals: [root], ttl: 3650d}',
    'principals: [root], maxTtl: 3650d',
    'ssh',
    'principals: [root], maxTtl: 3650d',
  ],
  [
    'port forwarding on hosts',
    'sshRoles:\n  ops: {certificateType: user, principals: [deploy], extensions: [permit-port-forwarding], ttl: 1h}',
    'principals: [deploy], extensions: [permit-port-forwarding], maxTtl: 1h',
    'ssh',
    'principals: [deploy], extensions: [permit-port-forwarding], maxTtl: 8h',
  ],
  [
    'certificates of another team’s host',
    'sshRoles:\n  ops: {certificateType: host, principals: [ledger.example.com], ttl: 1d}',
    'hosts: [ledger.example.com], maxTtl: 1d',
    'ssh',
    'hosts: [ledger.example.com], maxTtl: 1d',
  ],
  [
    'a role of AWS',
    "awsRoles:\n  s3: {kind: assumed-role, roleArns: ['arn:aws:iam::111122223333:role/ledger']}",
    'roleArns: [arn:aws:iam::111122223333:role/ledger]',
    'aws',
    "roleArns: ['arn:aws:iam::111122223333:role/*']",
  ],
  [
    'a policy of AWS',
    "awsRoles:\n  s3: {kind: iam-user, policyArns: ['arn:aws:iam::aws:policy/AdministratorAccess']}",
    'policyArns: [arn:aws:iam::aws:policy/AdministratorAccess]',
    'aws',
    'policyArns: [arn:aws:iam::aws:policy/AdministratorAccess]',
  ],
  [
    'a policy of its own in AWS',
    `awsRoles:\n  s3: {kind: federation-token, policyDocument: '{"Statement": []}'}`,
    'policyDocuments: ["{\\"Statement\\": []}"]',
    'aws',
    `policyDocuments: ['{"Statement":[]}']`,
  ],
  [
    'the ServiceAccount of another team',
    policyWith({ login: '{type: kubernetes, namespaces: [payments], serviceAccounts: [ledger]}' }),
    'namespaces: [payments], serviceAccounts: [ledger]',
    'authMethods.apps',
    "namespaces: ['pay*'], serviceAccounts: [ledger]",
  ],
  [
    'all namespaces that a pattern stands for',
    policyWith({ login: "{type: kubernetes, namespaces: ['pay*'], serviceAccounts: [ledger]}" }),
    'namespaces: ["pay*"], serviceAccounts: [ledger]',
    'authMethods.apps',
    "namespaces: ['pa*'], serviceAccounts: [ledger]",
  ],
  [
    'the pipeline of another team',
    policyWith({ login: '{type: jwt, audiences: [vault], boundClaims: {repository: [pay/ledger]}}' }),
    'boundClaims: {repository: [pay/ledger]}',
    'authMethods.pipelines',
    'boundClaims: {repository: [pay/ledger]}',
  ],
  [
    'the directory group of another team',
    policyWith({ login: '{type: ldap, groups: [Ledger-Admins]}' }),
    'groups: [Ledger-Admins]',
    'authMethods.corporate',
    'groups: [ledger-admins]',
  ],
  [
    'the AWS role of another team’s program',
    policyWith({
      login: "{type: aws, authType: iam, iamPrincipalArns: ['arn:aws:iam::111122223333:role/ledger']}",
    }),
    'iamPrincipalArns: [arn:aws:iam::111122223333:role/ledger]',
    'authMethods.cloud',
    "iamPrincipalArns: ['arn:aws:iam::111122223333:role/ledger']",
  ],
  [
    'all instances of an account',
    policyWith({ login: "{type: aws, authType: ec2, accountIds: ['111122223333']}" }),
    'accountIds: ["111122223333"]',
    'authMethods.cloud',
    "accountIds: ['111122223333']",
  ],
];

const owners = (section: string, entry: string): string => {
  const [first = '', name] = section.split('.');
  const item = `- {for: [shop/basket], ${entry}}`;
  return name === undefined ? `  ${first}:\n    ${item}` : `  ${first}:\n    ${name}:\n      ${item}`;
};

describe('a team that may write only its own file', () => {
  it.each(attempts)('does not get %s without an entry', (_, tenant, given, section) => {
    const problems = problemsOf({ tenant });
    expect(problems).toHaveLength(1);
    const [problem] = problems;
    expect(problem).toMatchObject({
      file: `inventory/${attacker}`,
      message: `no entry of \`owners.${section}\` in devel allows this to shop/basket`,
      given,
      allowed: 'nothing: no entry is for shop or shop/basket',
      fix: `ask the owners to add \`- {for: [shop/basket], ${given}}\` to \`owners.${section}\` in inventory/environments/devel.yaml`,
    });
    expect(problem?.line).toBeGreaterThan(2);
  });

  it.each(attempts)('gets %s with an entry, for it or for its team', (_, tenant, __, section, entry) => {
    const devel = owners(section, entry);
    expect(problemsOf({ tenant, devel })).toEqual([]);
    expect(problemsOf({ tenant, devel: devel.replace('shop/basket', 'shop') })).toEqual([]);
  });

  it.each(attempts)('does not get %s by an entry for another team', (_, tenant, __, section, entry) => {
    const devel = owners(section, entry).replace('shop/basket', 'payments');
    expect(problemsOf({ tenant, devel })).toHaveLength(1);
  });

  it.each(attempts)('gets %s by the line that the problem shows', (_, tenant, __, section) => {
    const [problem] = problemsOf({ tenant });
    const line = /`- \{for: \[shop\/basket\], (.*)\}` to/.exec(problem?.fix ?? '')?.[1] ?? '';
    expect(problemsOf({ tenant, devel: owners(section, line) })).toEqual([]);
  });
});

describe('an entry', () => {
  it('for SSH does not allow longer lifetimes', () => {
    const tenant = 'sshRoles:\n  ops: {certificateType: user, principals: [deploy], ttl: 1h, maxTtl: 9h}';
    const [problem] = problemsOf({ tenant, devel: owners('ssh', 'principals: [deploy], maxTtl: 8h') });
    expect(problem?.allowed).toBe('{for: [shop/basket], principals: [deploy], maxTtl: 8h}');
  });

  it('for domains does not allow what is below them, nor dots in the place of a wildcard', () => {
    const devel = owners('authorities.services', "domains: ['*.shop.example.com']");
    expect(problemsOf({ tenant: certificate('domains: [web.shop.example.com]'), devel })).toEqual([]);
    expect(problemsOf({ tenant: certificate('domains: [a.web.shop.example.com]'), devel })).toHaveLength(1);
    expect(
      problemsOf({ tenant: certificate('domains: [web.shop.example.com], subdomains: true'), devel }),
    ).toHaveLength(1);
    const below = devel.replace("['*.shop.example.com']", '[shop.example.com], subdomains: true');
    expect(
      problemsOf({ tenant: certificate('domains: [a.web.shop.example.com], subdomains: true'), devel: below }),
    ).toEqual([]);
    expect(problemsOf({ tenant: certificate('domains: [workshop.example.com]'), devel: below })).toHaveLength(1);
  });

  it('for claims requires all of its claims, and allows further ones', () => {
    const login = (claims: string): string =>
      policyWith({ login: `{type: jwt, audiences: [vault], boundClaims: {${claims}}}` });
    const devel = owners('authMethods.pipelines', 'boundClaims: {repository: [shop/basket], ref: [main]}');
    expect(problemsOf({ tenant: login('repository: [shop/basket], ref: [main], job: [deploy]'), devel })).toEqual([]);
    expect(problemsOf({ tenant: login('repository: [shop/basket]'), devel })).toHaveLength(1);
    expect(problemsOf({ tenant: login('repository: [shop/basket], ref: [main, other]'), devel })).toHaveLength(1);
  });

  it('names teams, tenants, connections, authorities, auth methods and environments that exist', () => {
    const devel = `  databases: {book: [{for: [shopp], memberOf: [x]}]}
  authMethods: {app: [{for: [shop/baskets], groups: [x]}], apps: [{for: [shop], groups: [x]}]}
  grants: [{for: [shop], from: stage, paths: ['*'], operations: [read]}]`;
    const found = problemsOf({ tenant: '', devel }).map(({ message, fix }) => `${message}: ${fix}`);
    expect(found).toEqual([
      'devel has nothing of this name: write `books`',
      'unknown team: write `shop`',
      'devel has nothing of this name: write `apps`',
      'unknown tenant: write `shop/basket`',
      'logins by `apps` have no `groups`: it is of the type kubernetes: write one of these, or move the entry to another auth method',
      'unknown environment: write `stag`',
    ]);
  });
});

describe('a grant that reaches into another environment', () => {
  const tenant = policyWith({ grant: '{environment: stag, path: tests/*, operations: [read, list]}' });
  const entry = (paths: string, operations = '[read, list]'): string =>
    `  grants:\n    - {for: [shop], from: devel, paths: ['${paths}'], operations: ${operations}}`;

  it('requires an entry in the file of that environment', () => {
    const [problem, ...others] = problemsOf({ tenant, devel: entry('*').replace('devel', 'stag') });
    expect(others).toEqual([]);
    expect(problem?.message).toBe('no entry of `owners.grants` in stag allows this to shop/basket');
    expect(problem?.fix).toContain('in inventory/environments/stag.yaml');
    expect(problemsOf({ tenant, stag: entry('tests/*') })).toEqual([]);
  });

  it.each([
    ['*', 0],
    ['+/*', 0],
    ['tests/+', 1],
    ['tests/a*', 1],
    ['test/*', 1],
  ])('has documents within %s: %d problems', (paths, count) => {
    expect(problemsOf({ tenant, stag: entry(paths) })).toHaveLength(count);
  });

  it('has no other operations', () => {
    expect(problemsOf({ tenant, stag: entry('*', '[read]') })).toHaveLength(1);
  });
});

describe('what two teams have', () => {
  const login = (namespaces: string): string =>
    policyWith({ login: `{type: kubernetes, namespaces: [${namespaces}], serviceAccounts: [app]}` });
  const devel = (shared: string): string => `  authMethods:
    apps:
      - {for: [shop, payments], namespaces: ['*'], serviceAccounts: [app]${shared}}`;

  it.each([
    ['the same name', 'pay', 'pay', 1],
    ['a name in the other’s pattern', "'pay*'", 'payments', 1],
    ['a pattern with the other’s name in it', 'payments', "'pay*'", 1],
    ['different names', 'shop', 'pay', 0],
  ])('is refused unless it is shared: %s', (_, ours, theirs, count) => {
    const attempt = { tenant: login(ours), victim: login(theirs) };
    const problems = problemsOf({ ...attempt, devel: devel('') });
    expect(problems).toHaveLength(count);
    if (count > 0) {
      expect(problems[0]?.message).toBe(
        'several teams have the same in devel, and `owners.authMethods.apps` does not say that it is shared',
      );
      expect(problems[0]?.allowed).toMatch(
        /^each for one team; the other one is at inventory\/tenants\/payments\/ledger\.yaml:/,
      );
      expect(problems[0]?.fix).toMatch(
        /`shared: <reason>` to the entries at inventory\/environments\/devel\.yaml:\d+:\d+$/,
      );
    }
    expect(problemsOf({ ...attempt, devel: devel(', shared: One program for both') })).toEqual([]);
  });

  it('may be permissions', () => {
    const role = database('kind: dynamic, memberOf: [reader], ttl: 1h');
    const entry = '  databases: {books: [{for: [shop, payments], memberOf: [reader]}]}';
    expect(problemsOf({ tenant: role, victim: role, devel: entry })).toEqual([]);
  });

  it.each([
    ['the same claims', 'repository: [pay]', 'repository: [pay]', 1],
    ['all claims of the other', 'repository: [pay], ref: [main]', 'repository: [pay]', 1],
    ['another value of a claim', 'repository: [pay], ref: [main]', 'repository: [pay], ref: [test]', 0],
  ])('may be logins: %s', (_, ours, theirs, count) => {
    const claims = (text: string): string =>
      policyWith({ login: `{type: jwt, audiences: [vault], boundClaims: {${text}}}` });
    const entry = '  authMethods: {pipelines: [{for: [shop, payments], boundClaims: {repository: [pay]}}]}';
    const attempt = { tenant: claims(ours), victim: claims(theirs) };
    expect(problemsOf({ ...attempt, devel: entry })).toHaveLength(count);
  });

  it('may be a domain below that of the other', () => {
    const attempt = {
      tenant: certificate('domains: [a.example.com]'),
      victim: certificate('domains: [example.com], subdomains: true'),
    };
    const entry = '  authorities: {services: [{for: [shop, payments], domains: [example.com], subdomains: true}]}';
    expect(problemsOf({ ...attempt, devel: entry })).toHaveLength(1);
  });
});
