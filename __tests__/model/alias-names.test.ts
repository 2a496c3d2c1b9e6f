import { richInventory } from './rich-inventory';
import { load, problemsOf } from './small-inventory';
import { edited, specifyEdits, type Edit } from './specify';

const west = 'clusters/west.yaml';
const bus = 'tenants/streaming/bus.yaml';
const inBus = (find: string, replacement: string): Edit => [bus, find, replacement];

/** The rich inventory with a claim that names the clients of `pipelines`. */
const withClaim = (claim: string): Edit => [west, 'type: jwt\n', `type: jwt\n    userClaim: ${claim}\n`];

/** The rich inventory with claims that its pipeline is bound to. */
const boundTo = (claims: string): Edit =>
  inBus("boundClaims: {repository: [example/bus], ref: ['refs/heads/{environment}']}", `boundClaims: {${claims}}`);

const problems = (edit: Edit) => problemsOf({ [edit[0]]: edited(edit) }, richInventory);

describe('the claim that names the clients of an auth method', () => {
  it('is sub by default, and belongs to all logins by the method', () => {
    const [cluster] = load({}, richInventory).clusters;
    expect(
      cluster?.authMethods.map(({ name, ...method }) => [name, 'userClaim' in method && method.userClaim]),
    ).toEqual([
      ['apps', false],
      ['home', false],
      ['pipelines', 'sub'],
      ['people', 'sub'],
      ['corporate', false],
      ['cloud', false],
    ]);
  });

  it.each(['sub', 'repository', 'repository_id', 'project_path', 'oid', '/user/id', 'https://example.com/employee'])(
    'can be %s',
    (claim) => {
      expect(problems(withClaim(claim))).toEqual([]);
    },
  );

  it.each([
    ['name', 'whoever logs in can choose or change it'],
    ['preferred_username', 'whoever logs in can choose or change it'],
    ['Email', 'whoever logs in can choose or change it'],
    ['/who/name', 'whoever logs in can choose or change it'],
    ['actor', 'it is who started a pipeline, in any repository'],
    ['user_login', 'it is who started a pipeline, in any repository'],
    ['ref', 'whoever writes a pipeline chooses it, in any repository'],
    ['environment', 'whoever writes a pipeline chooses it, in any repository'],
    ['job_workflow_ref', 'whoever writes a pipeline chooses it, in any repository'],
    ['aud', 'every token that the method accepts has it'],
    ['jti', 'it differs from token to token'],
    ['repository_owner', 'many clients have the same value'],
    ['/kubernetes.io/namespace', 'many clients have the same value'],
  ])('cannot be %s', (claim, why) => {
    expect(problems(withClaim(claim))).toMatchObject([
      {
        file: `inventory/${west}`,
        message: expect.stringContaining(`\`${claim}\` does not show which client logs in: ${why}`) as string,
        fix: 'write `sub`, or another claim that the issuer gives to one client only and never to another',
      },
    ]);
  });
});

describe('a login', () => {
  it('may repeat what names clients in identity', () => {
    const text = edited(inBus('{type: jwt,', '{type: jwt, userClaim: sub,')).replace(
      '{type: kubernetes,',
      '{type: kubernetes, aliasNameSource: serviceaccount_uid,',
    );
    expect(load({ [bus]: text }, richInventory)).toEqual(load({}, richInventory));
  });

  specifyEdits([
    [
      'cannot name clients by another claim than the method',
      inBus('{type: jwt,', '{type: jwt, userClaim: repository,'),
      'repository,',
      'the auth method decides what names clients in identity: `pipelines` has userClaim `sub`',
      'remove userClaim; if all logins by `pipelines` must have another, write `userClaim: repository` below `auth.pipelines` in inventory/clusters/west.yaml',
    ],
    [
      'cannot name ServiceAccounts in another way than the method',
      inBus('{type: kubernetes,', '{type: kubernetes, aliasNameSource: serviceaccount_name,'),
      'serviceaccount_name',
      'the auth method decides what names clients in identity: `apps` has aliasNameSource `serviceaccount_uid`',
      'remove aliasNameSource; if all logins by `apps` must have another, write `aliasNameSource: serviceaccount_name` below `auth.apps` in inventory/clusters/west.yaml',
    ],
  ]);
});

describe('bound claims', () => {
  it.each([
    'sub: [a]',
    'repository: [example/bus]',
    'groups: [bus], iss: [https://ci.example.com]',
    'namespace_path: [example], ref: [main], environment: [live]',
    '/realm_access/roles: [bus]',
    'repository_owner: [example]',
  ])('can be %s', (claims) => {
    expect(problems(boundTo(claims))).toEqual([]);
  });

  it.each([
    ['iss: [https://ci.example.com]', '`iss`, every token that the method accepts has it'],
    ['aud: [vault]', '`aud`, every token that the method accepts has it'],
    [
      'iss: [https://ci.example.com], aud: [vault]',
      '`iss`, every token that the method accepts has it; `aud`, every token that the method accepts has it',
    ],
    ['/iss: [https://ci.example.com]', '`/iss`, every token that the method accepts has it'],
    ['ref: [refs/heads/main]', '`ref`, whoever writes a pipeline chooses it, in any repository of the issuer'],
    ['environment: [live]', '`environment`, whoever writes a pipeline chooses it, in any repository of the issuer'],
    ['actor: [alice]', '`actor`, it is who started a pipeline, in any repository of the issuer'],
    [
      'email: [alice@example.com]',
      '`email`, whoever logs in can choose or change it at many issuers, and another client can have it',
    ],
    [
      '/kubernetes.io/serviceaccount/name: [bus]',
      '`/kubernetes.io/serviceaccount/name`, whoever logs in can choose or change it at many issuers, and another client can have it',
    ],
  ])('cannot be %s', (claims, why) => {
    expect(problems(boundTo(claims))).toMatchObject([
      {
        message: `these claims bind no client: ${why}`,
        fix: 'add a claim that a client cannot choose, such as sub, repository, project_path or groups; these can stay',
      },
    ]);
  });
});
