import { richInventory } from './rich-inventory';
import { load, problemsOf } from './small-inventory';
import { edited, specifyEdits } from './specify';
import type { Edit } from './specify';

const bus = 'tenants/streaming/bus.yaml';
const inBus = (find: string, replacement: string): Edit => [bus, find, replacement];

describe('logins', () => {
  const [inDevel, inStag] = load({}, richInventory).tenants[0]?.environments ?? [];

  it('use AppRole by default', () => {
    const files = { [bus]: (richInventory[bus] ?? '').replace(/ {4}logins:\n(?: {6}- .*\n)+(?=identity)/, '') };
    expect(load(files, richInventory).tenants[0]?.environments[0]?.policies[1]?.logins).toEqual([{ type: 'approle' }]);
  });

  it('use the only method of their type in the environment', () => {
    expect(inStag?.policies[0]?.logins[1]).toEqual({
      type: 'kubernetes',
      method: inStag?.environment.trusts[0],
      serviceAccounts: ['broker'],
      namespaces: ['bus-stag'],
    });
  });

  it('have the environment filled in, also in claims', () => {
    expect(inDevel?.policies[1]?.logins[0]).toMatchObject({
      boundClaims: { repository: ['example/bus'], ref: ['refs/heads/devel'] },
      boundClaimsType: 'string',
      method: { userClaim: 'sub' },
    });
    expect(inDevel?.policies[0]?.logins[2]).toMatchObject({ groups: ['bus-devel'] });
  });

  it('have claims with commas, and groups in capitals', () => {
    const claims = "{groups: ['cn=bus,ou=groups']}";
    const text = edited(inBus("{repository: [example/bus], ref: ['refs/heads/{environment}']}", claims)).replace(
      "groups: ['bus-{environment}']",
      "groups: ['Bus {environment}', 'bus_{environment}', 'bus-{environment}']",
    );
    expect(problemsOf({ [bus]: text }, richInventory)).toEqual([]);
  });

  specifyEdits([
    [
      'a type twice',
      inBus('- {type: approle}', '- {type: approle}\n      - {type: approle}'),
      '{type: approle}\n      - {type: kub',
      'this repeats entry 1 (approle)',
      'remove one of the two',
    ],
    [
      'accounts of any name in any namespace',
      inBus(
        "serviceAccounts: [broker], namespaces: ['bus-{environment}']",
        "serviceAccounts: ['b*'], namespaces: [bus, 'bus-*']",
      ),
      "'bus-*'",
      'wildcards in both lists admit everyone who can create a namespace: ServiceAccounts in it can have any name',
      'name the namespaces, or the ServiceAccounts, one by one',
    ],
    [
      'accounts of any name',
      inBus('serviceAccounts: [broker]', "serviceAccounts: [broker, '*']"),
      "'*'",
      '`*` matches every name: every ServiceAccount of the namespaces could log in, also `default`, which pods have without asking',
      'list the names',
    ],
    [
      'an account in any namespace',
      inBus("namespaces: ['bus-{environment}']", "namespaces: ['**']"),
      "'**'",
      '`*` matches every name: everyone who can create a namespace could log in, with a ServiceAccount of this name in it',
      'list the names',
    ],
    [
      'the account that every namespace has, in namespaces of some names',
      inBus(
        "serviceAccounts: [broker], namespaces: ['bus-{environment}']",
        "serviceAccounts: [default], namespaces: ['bus-*']",
      ),
      "'bus-*'",
      'every namespace has a ServiceAccount `default`, which pods have without asking',
      'name the namespaces, or a ServiceAccount of the program',
    ],
    [
      'no bound claims',
      inBus("boundClaims: {repository: [example/bus], ref: ['refs/heads/{environment}']}", 'boundClaims: {}'),
      '{}',
      'without bound claims, every token of the issuer can log in, also those of other organisations',
      'name a claim and its values, for example `repository: [example/shop]`',
    ],
    [
      'a claim that may have any value',
      inBus("['bus-*']}, boundClaimsType", "['bus-*', '**']}, boundClaimsType"),
      "'**'",
      '`*` without letters or digits matches every value',
      'write what the value begins with',
    ],
    [
      'a claim of which only the separator is said',
      inBus("['bus-*']}, boundClaimsType", "['*/*']}, boundClaimsType"),
      "'*/*'",
      '`*` without letters or digits matches every value',
      'write what the value begins with',
    ],
    [
      'a subject of which only the common beginning is said',
      inBus("{groups: ['bus-*']}, boundClaimsType", "{sub: ['repo:*:ref:refs/heads/main']}, boundClaimsType"),
      "'repo:*",
      'every subject of the issuer begins with `repo:`, so `*` behind it admits clients of other organisations',
      'write what follows as well, for example the organisation and the repository',
    ],
    [
      'a claim with a star that is no wildcard',
      inBus('repository: [example/bus]', 'repository: [example/*]'),
      'example/*',
      '`*` is not a wildcard with boundClaimsType `string`',
      'write `boundClaimsType: glob`, or the whole value',
    ],
    [
      'a claim that is true',
      inBus('repository: [example/bus]', 'admin: [true]'),
      'true',
      'the provider can bind a claim to texts only, and no text equals a claim of another type',
      'bind another claim; if the token has the text "true", write it in quotes',
    ],
    [
      'a claim with a space behind it',
      inBus('repository: [example/bus]', "repository: ['bus ']"),
      "'bus '",
      'a value is empty or has leading or trailing spaces',
      'remove the spaces, or write a value',
    ],
    [
      'a comma in a claim beside another with two values',
      inBus('repository: [example/bus]', "repository: [a, b], dn: ['cn=a,ou=b']"),
      '[a, b]',
      'the provider separates the values of a claim by commas, and a value contains one',
      'write one value for each claim, with a policy for each value, or bind another claim',
    ],
    [
      'a group with a slash',
      inBus("groups: ['bus-{environment}']", 'groups: [r/d]'),
      'r/d',
      'the server cannot have a group of this name, which would be a part of a path',
      'rename the group in the directory, or name another group',
    ],
    [
      'a group with a space before it',
      inBus("groups: ['bus-{environment}']", "groups: [' bus']"),
      "' bus'",
      'the name begins or ends with a space',
      'write `bus`',
    ],
    [
      'principals of instances',
      inBus('authType: iam', 'authType: ec2'),
      "['arn",
      '`iamPrincipalArns` is not allowed with authType: ec2',
      'remove iamPrincipalArns',
    ],
    [
      'every role of every account',
      inBus("'arn:aws:iam::111122223333:role/bus'", "'arn:aws:iam::*:role/bus'"),
      "'arn",
      'this is not the ARN of a role or a user',
      'write it whole, for example arn:aws:iam::111122223333:role/uploader',
    ],
  ]);

  it.each([
    [
      'home',
      'does not trust this auth method',
      'write `apps`, or add `home` to `trusts` in inventory/environments/devel.yaml',
    ],
    ['pipelines', 'this auth method is of the type jwt', 'write `apps`'],
    ['aps', 'unknown auth method in devel', 'write `apps`'],
  ])('cannot be by the method %s', (method, message, fix) => {
    const text = edited(inBus('{type: kubernetes,', `{type: kubernetes, method: ${method},`));
    const [first] = problemsOf({ [bus]: text }, richInventory);
    expect(first?.message).toContain(message);
    expect(first?.fix).toBe(fix);
  });

  it('need a method of their type', () => {
    const environment = 'environments/devel.yaml';
    const trusting = (trusts: string) => ({ [environment]: edited([environment, '[apps, pipelines,', `[${trusts}`]) });
    expect(problemsOf(trusting('apps,'), richInventory).map(({ message, fix }) => [message, fix])).toEqual([
      // Owners name the method as well.
      ['devel has nothing of this name', 'write one of these, or add it to `trusts`'],
      [
        'devel trusts no auth method of the type jwt',
        'add `pipelines` to `trusts` in inventory/environments/devel.yaml',
      ],
    ]);
    expect(
      problemsOf(trusting('home, apps, pipelines,'), richInventory).map(({ message, fix }) => [message, fix]),
    ).toEqual([
      ['devel trusts more than one auth method of the type kubernetes', 'add `method: home`, or another of these'],
    ]);
  });

  it('by token roles are batch tokens only if their creators allow it', () => {
    const batch = edited(inBus('keySet: none\n', 'keySet: none\nappRole: {tokenType: batch}\n'));
    expect(problemsOf({ [bus]: batch }, richInventory)).toEqual([]);
    const wrong = batch.replace('{type: token, orphan: true, renewable: false}', '{type: token}');
    expect(problemsOf({ [bus]: wrong }, richInventory).map(({ fix }) => fix)).toEqual([
      'write `orphan: true` and `renewable: false`, or `tokenType: service` in appRole',
    ]);
  });

  it('by an LDAP group map to one policy', () => {
    const text = edited(inBus("groups: ['bus-{environment}']", 'groups: [Bus]'));
    expect(problemsOf({ [bus]: text }, richInventory).map(({ message, fix }) => [message, fix])).toEqual([
      [
        'the group `bus` of corporate in the cluster west would lead to two policies',
        'write `{environment}` into the group, or grant all of it in one policy',
      ],
    ]);
  });
});
