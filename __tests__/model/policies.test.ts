import { richInventory } from './rich-inventory';
import { load, problemsOf } from './small-inventory';
import { edited, specifyEdits } from './specify';
import type { Edit } from './specify';

const bus = 'tenants/streaming/bus.yaml';
const inBus = (find: string, replacement: string): Edit => [bus, find, replacement];
const grants = '{path: tests/, operations: [list]}';

describe('policies', () => {
  const [inDevel, inStag] = load({}, richInventory).tenants[0]?.environments ?? [];

  it('exist once in each environment when the environment is in their name', () => {
    expect(inDevel?.policies.map(({ name }) => name)).toEqual(['bus.program.devel', 'bus.all.devel']);
    expect(inStag?.policies.map(({ name }) => name)).toEqual(['bus.program.stag']);
  });

  it('grant what the tenant has, by object', () => {
    const [, all] = inDevel?.policies ?? [];
    expect(all?.grants.map(({ type }) => type)).toEqual([
      ...['documents', 'documents', 'documents1', 'certificate', 'key', 'database', 'database', 'aws', 'ssh'],
    ]);
    expect(all?.grants[3]).toEqual({ type: 'certificate', role: inDevel?.certificates[1], operations: ['issue'] });
    expect(all?.grants[8]).toEqual({ type: 'ssh', role: inDevel?.sshRoles[0] });
  });

  specifyEdits([
    [
      'a grant of two things',
      inBus('{key: card,', '{key: card, ssh: ops,'),
      '{key',
      '`key` and `ssh` are two things',
      'write an entry for each',
    ],
    [
      'a grant of nothing',
      inBus(grants, '{operations: [list]}'),
      '{operations',
      'the entry has no subject',
      'write one of path, document1, certificate, key, database, aws or ssh',
    ],
    [
      'a word for a grant',
      inBus(grants, 'tests'),
      'tests',
      'wrong value for `policies[1].grants[1]`',
      'write a map with one of the keys path, document1, certificate, key, database, aws or ssh',
    ],
    [
      'a key without operations',
      inBus('{key: card, operations: [encrypt, decrypt]}', '{key: card}'),
      '{key: card}',
      'the key `operations` is missing',
      'add `operations:` with a list of encrypt, decrypt, rewrap, sign, verify, hmac, datakey, rotate, read',
    ],
    [
      'capabilities of a key',
      inBus('{key: card, operations: [encrypt, decrypt]}', '{key: card, operations: [encrypt], capabilities: [read]}'),
      'capabilities',
      'unknown key `capabilities`',
      'remove it',
    ],
    [
      'the key that operations of documents had before',
      inBus(grants, '{path: tests/, capabilities: [list]}'),
      '[list]',
      'unknown key `capabilities`',
      'write `operations`',
    ],
    [
      'the same with documents of version 1',
      inBus('{document1: legacy/*, operations: [read]}', '{document1: legacy/*, capabilities: [read]}'),
      '[read]',
      'unknown key `capabilities`',
      'write `operations`',
    ],
    [
      'an operation that there is not',
      inBus('[encrypt, decrypt]', '[encrypt, decrpyt]'),
      'decrpyt',
      'wrong value for `policies[1].grants[4].operations[1]`',
      'write `decrypt`',
    ],
    [
      'an operation that the key cannot do',
      inBus('[encrypt, decrypt]', '[encrypt, sign]'),
      'sign]',
      'a key of the type aes256-gcm96 cannot sign',
      'remove it, or choose another type of key',
    ],
    [
      'a certificate that the tenant does not have',
      inBus('{certificate: client}', '{certificate: clint}'),
      'clint',
      'unknown certificate',
      'write `client`',
    ],
    [
      'a certificate that is elsewhere',
      inBus(
        '{certificate: broker, operations: [issue, revoke]}',
        '{certificate: broker}\n      - {certificate: client}',
      ),
      'client}',
      'the certificate `client` is not in stag',
      'add stag to its `environments`, or remove it from the `environments` of the policy',
    ],
    [
      'revocation twice',
      inBus(
        '{certificate: client}',
        '{certificate: client, operations: [revoke]}\n      - {certificate: broker, operations: [revoke]}',
      ),
      '[revoke]}\n      - {key',
      'two grants allow to revoke certificates of `kafka`',
      'remove `revoke` from one of the two: it holds for every certificate of the authority whose private key is given',
    ],
    [
      'documents twice, once with the name of the environment',
      inBus(grants, '{environment: devel, path: a/b, operations: [read]}\n      - {path: a/b, operations: [update]}'),
      'a/b, operations: [update]',
      'two grants are for the same documents of devel',
      'merge their operations into one grant',
    ],
    [
      'version 1 where there is none',
      inBus(
        '{path: configs, operations: [read]}',
        '{path: configs, operations: [read]}\n      - {document1: a, operations: [read]}',
      ),
      'a, operations',
      'there is no engine `keyValue1` in stag',
      'write `path:`, or add `keyValue1: {}` to `engines` in inventory/environments/stag.yaml',
    ],
    [
      'a list of a document',
      inBus(grants, '{path: tests/a, operations: [read, list]}'),
      'tests/a',
      '`list` is for a folder, whose path ends in a slash',
      'write a slash behind it, or `/*` for all below it; for a document leave `list` out',
    ],
    [
      'a folder that is read',
      inBus(grants, '{path: tests/, operations: [list, read]}'),
      'tests/,',
      'the path names a folder, which can only be listed',
      'remove the slash, or write `*` behind it, or allow `list` alone',
    ],
    [
      'a name that is too long',
      inBus('name: all', `name: ${'x'.repeat(60)}-yyy`),
      'x',
      'this cannot name a policy',
      `choose another name, for example \`${'x'.repeat(60)}-yy\``,
    ],
    [
      'a name with the environment in it, as names had formerly',
      inBus('name: all', "name: 'bus-{environment}-all'"),
      "'bus-{environment}",
      'the name of a policy is written without the tenant and the environment, which it has on servers',
      'write `all`, which is `bus.all.<environment>` on servers; where they have the policy already: npm run platform -- names keep',
    ],
    [
      'a name with the tenant in front, as names had formerly',
      inBus('name: all', 'name: bus-all'),
      'bus-all',
      'the name of a policy is written without the tenant and the environment, which it has on servers',
      'write `all`, which is `bus.all.<environment>` on servers; where they have the policy already: npm run platform -- names keep',
    ],
    [
      'the name of a policy that every tenant has',
      inBus('name: all', 'name: own'),
      'own',
      '`own` is reserved and cannot name a policy',
      'choose another name; reserved are ro, rw, own',
    ],
  ]);

  it('with a placeholder in braces requires quotes', () => {
    const [problem] = problemsOf(
      { [bus]: edited(inBus("['bus-{environment}']", '[bus-{environment}]')) },
      richInventory,
    );
    expect(problem?.message).toMatch(/^not valid YAML/);
    expect(problem?.fix).toBe("put the text with {environment} in quotes: `'bus-{environment}'`");
  });

  it('cannot be read-only grants of a tenant without a key set', () => {
    const text = edited(
      inBus('  stag: {reason: It was there before, keySet: existing}', '  stag: {reason: x, keySet: none}'),
    ).replace('environments: [devel, stag]\n    reason: Brokers', 'environments: [devel]\n    reason: Brokers');
    expect(problemsOf({ [bus]: text }, richInventory).map(({ message }) => message)).toEqual([
      'the tenant would have nothing in stag: neither a key set nor a policy',
    ]);
  });
});
