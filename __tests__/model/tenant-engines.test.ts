import { richInventory } from './rich-inventory';
import { load, problemsOf } from './small-inventory';
import { edited, specifyEdits } from './specify';
import type { Edit } from './specify';

const bus = 'tenants/streaming/bus.yaml';
const devel = 'environments/devel.yaml';
const stag = 'environments/stag.yaml';
const inBus = (find: string, replacement: string): Edit => [bus, find, replacement];

describe('roles and keys of a tenant in engines', () => {
  const [inDevel, inStag] = load({}, richInventory).tenants[0]?.environments ?? [];

  it('is in all of its environments, or in those that the entry names', () => {
    expect(inDevel?.certificates.map(({ name }) => name)).toEqual(['broker', 'client']);
    expect(inStag?.certificates.map(({ name }) => name)).toEqual(['broker']);
    expect(inStag?.keys).toEqual([]);
  });

  it('is named after tenant and certificate, and belongs to the environment’s authority', () => {
    const [broker] = inStag?.certificates ?? [];
    expect(broker).toMatchObject({ roleName: 'bus.broker', authority: inStag?.environment.authorities[0] });
    expect(inDevel?.keys[0]?.keyName).toBe('bus.card');
    expect(inDevel?.databaseRoles.map(({ roleName }) => roleName)).toEqual(['bus.report', 'bus.batch']);
  });

  it('has the environment’s name filled in', () => {
    expect(inStag?.certificates[0]?.domains).toEqual(['stag.kafka.example.com', 'localhost']);
    expect(inDevel?.sshRoles[0]?.principals).toEqual(['ops-devel']);
    expect(inStag?.identity).toEqual({
      metadata: { 'cost-center': '42', stage: 'bus-stag' },
      groupName: 'bus.stag',
    });
  });

  it('has its own TTL, or that of the engine', () => {
    expect(inDevel?.certificates[1]).toMatchObject({ ttlSeconds: 3600, maxTtlSeconds: 3600 });
    expect(inDevel?.awsRoles[0]).toMatchObject({ defaultTtlSeconds: 1800, maxTtlSeconds: 21_600 });
  });

  specifyEdits([
    [
      'an authority that no environment has',
      inBus('authority: kafka\n    use: peer', 'authority: kafak\n    use: peer'),
      'kafak',
      'no authority `kafak` in devel, stag',
      'write `kafka`',
    ],
    [
      'an authority that some environments lack',
      inBus('authority: kafka\n    use: peer', 'authority: vault\n    use: peer'),
      'vault',
      'no authority `vault` in stag',
      'write `environments: [devel]` here, or add it to `authorities` in the environment’s file',
    ],
    [
      'an engine that some environments lack',
      inBus('convergent: true, environments: [devel]', 'convergent: true'),
      'card:',
      'there is no engine `transit` in stag',
      'write `environments: [devel]` here, or add `transit: {}` to `engines` in the environment’s file',
    ],
    [
      'a connection that there is not',
      inBus('connection: warehouse', 'connection: warhouse'),
      'warhouse',
      'no connection `warhouse` in devel',
      'write `warehouse`',
    ],
    [
      'an environment that the tenant is not in',
      [bus, 'ttl: 1h, environments: [devel]}\nkeys', 'ttl: 1h, environments: [devel, prod]}\nkeys'],
      'prod',
      'unknown environment',
      'write one of these, or add inventory/environments/<name>.yaml',
    ],
    [
      'a certificate that its authority will not make so long',
      inBus('maxTtl: 7d', 'maxTtl: 31d'),
      '31d',
      'maxTtl exceeds the maxLeafTtl of the authority `kafka` in devel',
      'shorten maxTtl, or lengthen maxLeafTtl in inventory/environments/devel.yaml',
    ],
    [
      'a TTL above its own maximum',
      inBus('maxTtl: 7d', 'maxTtl: 1h'),
      '1d\n    maxTtl',
      'ttl is longer than maxTtl',
      'shorten ttl or lengthen maxTtl',
    ],
    [
      'a client with IP addresses',
      inBus('use: client,', 'use: client, ipAddresses: true,'),
      'true,',
      'a client’s certificate has no IP address',
      'remove ipAddresses',
    ],
    [
      'a domain with a wildcard',
      inBus('[reader]', "['*.example.com']"),
      "'*.",
      'this is not the name of a host',
      'write lower-case letters, digits and dashes between dots',
    ],
    [
      'a placeholder that stands for nothing',
      inBus("'{environment}.kafka.example.com', localhost", "'{env}.kafka.example.com', localhost"),
      "'{env}",
      'the text has an unknown placeholder',
      'write {environment}, or leave the braces out',
    ],
    [
      'a convergent key that cannot be',
      inBus('type: aes256-gcm96', 'type: ed25519'),
      'true, environments',
      'a key of the type ed25519 cannot be convergent',
      'remove convergent',
    ],
    [
      'a key that rotates by the minute',
      inBus('autoRotate: 90d', 'autoRotate: 30m'),
      '30m',
      'the duration is too short',
      'write 1h or more',
    ],
    [
      'accounts that may do nothing',
      inBus('memberOf: [reader], ', ''),
      '{connection: warehouse',
      'the account has no privileges: there is neither memberOf nor creationStatements',
      'add `memberOf:` with roles of the database',
    ],
    [
      'statements without a password',
      inBus('memberOf: [reader]', 'creationStatements: [\'CREATE ROLE "{{name}}" LOGIN\']'),
      "['CREATE",
      'no statement has {{password}}',
      'add them to a statement',
    ],
    [
      'an account that would break a statement',
      inBus('memberOf: [reader]', "memberOf: ['reader; DROP TABLE x']"),
      "'reader;",
      'this is not a valid name of a database’s role',
      'rename the role in the database',
    ],
    [
      'an account whose name is too long for MySQL',
      inBus('username: batch', `username: ${'x'.repeat(33)}`),
      'xxx',
      'this is not a valid name of a database’s account',
      'rename the account in the database',
    ],
    [
      'the account of the engine itself',
      inBus('username: batch', 'username: vault'),
      'vault,',
      'this is the account that the engine uses to create users',
      'name the account of the tenant’s program',
    ],
    [
      'policies for a role that is assumed',
      inBus('kind: assumed-role,', "kind: assumed-role, policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],"),
      "['arn",
      '`policyArns` is not allowed with assumed-role',
      'remove policyArns',
    ],
    [
      'AWS’s policy in no JSON',
      inBus('kind: assumed-role,', 'kind: assumed-role, policyDocument: everything,'),
      'everything',
      'this is not a policy in JSON',
      'write `|` behind the colon and the JSON below it, indented',
    ],
    [
      'a host with a terminal',
      inBus('certificateType: user,', 'certificateType: host, extensions: [permit-pty],'),
      '[permit-pty]',
      'a host’s certificate has no extensions',
      'remove extensions',
    ],
    [
      'a slash in metadata',
      inBus("cost-center: '42'", 'cost-center: a/b'),
      'a/b',
      'a `/` could lead out of a path that a policy builds from it (CVE-2026-5006)',
      'write it without `/`, for example with `-`',
    ],
    [
      'dots in metadata',
      inBus("cost-center: '42'", "cost-center: '.'"),
      "'.'",
      '`.` and `..` would change the meaning of a path that a policy builds from it',
      'write a word',
    ],
    [
      'a brace in metadata',
      inBus("cost-center: '42'", "cost-center: 'a}'"),
      "'a}'",
      'braces would begin a template in a path that a policy builds from it',
      'write it without `{` and `}`',
    ],
    [
      'metadata that is there anyway',
      inBus("cost-center: '42'", 'team: x'),
      'team: x',
      '`team` is there already',
      'choose another word; taken are environment, team, tenant',
    ],
  ]);

  it('has names that the owner of the database chose', () => {
    const text = edited(inBus('memberOf: [reader]', "memberOf: [read-only, Größe, 'a b']"));
    const files = { [bus]: text.replace('username: batch', 'username: App-User') };
    expect(problemsOf(files, richInventory)).toEqual([]);
  });

  it('needs an engine that one of the environments has', () => {
    const [problem, ...others] = problemsOf({ [devel]: edited([devel, '  ssh: {}\n', '']) }, richInventory);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      file: `inventory/${bus}`,
      message: 'there is no engine `ssh` in devel',
      fix: 'add `ssh: {}` to `engines` in the environment’s file',
    });
  });

  it('is not searched for in a file with problems', () => {
    for (const [file, find] of [
      [devel, 'ssh: {}'],
      [stag, '{description: Certificates'],
    ] as const) {
      const text = edited([file, find, `${find.replace('{}', '[]').replace('description', 'descripton')}`]);
      const found = problemsOf({ [file]: text }, richInventory);
      expect(new Set(found.map((problem) => problem.file))).toEqual(new Set([`inventory/${file}`]));
    }
  });
});

describe('names that two tenants have in an engine', () => {
  const tenant = (environment: string, more: string): string =>
    `description: x\nenvironments: [${environment}]\n${more}`;
  const key = (name: string): string => `keys: {${name}: {type: aes256-gcm96}}\n`;

  it.each([
    ['keys', key('c'), key('b-c'), 'v1/devel/transit'],
    [
      'certificates',
      'certificates: {c: {authority: kafka, use: client, domains: [x], ttl: 1h}}\n',
      'certificates: {b-c: {authority: kafka, use: server, domains: [y], ttl: 1h}}\n',
      'v1/devel/pki/kafka',
    ],
  ])('differ, and kept ones may not be the same: %s', (key, one, other, mount) => {
    const files = { 'tenants/web/a-b.yaml': tenant('devel', one), 'tenants/web/a.yaml': tenant('devel', other) };
    expect(problemsOf(files, richInventory)).toEqual([]);
    const kept = `kept:\n  a-b: {${key}: {c: a-b-c}}\n  a: {${key}: {b-c: a-b-c}}\n`;
    const found = problemsOf({ ...files, 'names.yaml': kept }, richInventory);
    expect(found.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
      `inventory/names.yaml:3 \`a-b-c\` would exist twice in ${mount}`,
    ]);
  });

  it('may be the same in two authorities', () => {
    const role = (name: string, authority: string): string =>
      `certificates: {${name}: {authority: ${authority}, use: client, domains: [x], ttl: 1h}}\n`;
    const files = {
      'tenants/web/a-b.yaml': tenant('devel', role('c', 'kafka')),
      'tenants/web/a.yaml': tenant('devel', role('b-c', 'vault')),
    };
    const names = 'kept:\n  a-b: {certificates: {c: a-b-c}}\n  a: {certificates: {b-c: a-b-c}}\n';
    expect(problemsOf({ ...files, 'names.yaml': names }, richInventory)).toEqual([]);
  });

  it('an account whose password two roles would change', () => {
    const role = 'databases: {x: {connection: shop, kind: static, username: batch, rotationPeriod: 1h}}\n';
    const [problem] = problemsOf({ 'tenants/web/a.yaml': tenant('devel', role) }, richInventory);
    expect(problem).toMatchObject({
      message: 'two roles would change the password of `batch` in v1/devel/database/shop',
      allowed: expect.stringContaining('inventory/tenants/streaming/bus.yaml:') as string,
    });
  });
});
