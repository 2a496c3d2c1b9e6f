import { Acl } from '../../../access/decide/acl';
import type { Identity } from '../../../access/decide/identity';
import { parsePolicy } from '../../../access/policy/parse-policy';
import type { Server } from '../../../access/servers';
import { aclOf, decisionOf } from './stanzas';

const identity: Identity = {
  entity: {
    id: 'e-1',
    name: 'ada',
    metadata: { team: 'pay', path: 'a/b', glob: 'x*', empty: '' },
    aliases: {
      b: { id: 'al-2', name: '', metadata: {}, customMetadata: {} },
      auth_1: { id: 'al-1', name: 'ada@x', metadata: { role: 'dev' }, customMetadata: { shift: 'night' } },
    },
  },
  groups: [
    { id: 'g-1', name: 'ops', metadata: { zone: 'eu' } },
    { id: 'h', name: 'one-letter', metadata: {} },
  ],
};

const matches = (server: Server, pattern: string, path: string, context: { identity?: Identity; now?: number }) =>
  decisionOf(aclOf(server, [`path "${pattern}" { capabilities = ["read"] }`], context), { operation: 'read', path })
    .allowed;

describe('identity templates', () => {
  it.each([
    ['{{identity.entity.id}}', 'e-1'],
    ['{{ identity.entity.name }}', 'ada'],
    ['{{identity.entity.metadata.team}}', 'pay'],
    ['{{identity.entity.aliases.auth_1.id}}', 'al-1'],
    ['{{identity.entity.aliases.auth_1.name}}', 'ada@x'],
    ['{{identity.entity.aliases.auth_1.metadata.role}}', 'dev'],
    ['{{identity.entity.aliases.auth_1.custom_metadata.shift}}', 'night'],
    ['{{identity.groups.ids.g-1.name}}', 'ops'],
    ['{{identity.groups.names.ops.id}}', 'g-1'],
    ['{{identity.groups.names.ops.metadata.zone}}', 'eu'],
    ['{{identity.entity.name}}-{{identity.entity.id}}', 'ada-e-1'],
    ['{{identity.entity.metadata.empty}}', ''],
    ['{{time.now}}', '1700000000'],
    ['{{time.now.plus.1h30m}}', '1700005400'],
    ['{{time.now.minus.60}}', '1699999940'],
    ['{{time.now.plus.1.5h}}', '1700005400'],
    ['{{identity.entity.aliases.b.id}}', 'al-2'],
    ['{{identity.groups.ids.h.name}}', 'one-letter'],
    ['{{identity.groups.names.one-letter.id}}', 'h'],
  ])('fill %s with %s', (template, value) => {
    const context = { identity, now: 1_700_000_000_500 };
    expect(matches('vault-1.21', `m/${template}/x`, `m/${value}/x`, context)).toBe(true);
  });

  it.each([
    '{{identity.entity.metadata.other}}',
    '{{identity.entity.metadata}}',
    '{{identity.entity.aliases.auth_2.name}}',
    '{{identity.entity.aliases.auth_1}}',
    '{{identity.groups.names.dev.id}}',
    '{{identity.groups.names.ops}}',
    '{{identity.groups.names.ops.metadata.other}}',
    '{{identity.entity.toString}}',
    '{{identity.entity.metadata.toString}}',
    '{{time.later}}',
    '{{time.now.plus}}',
    '{{other}}',
    '{{other.now}}',
    '{{time.now.times.60}}',
    '{{time.now.plus.soon}}',
    '{{identity.groups.other.ops.id}}',
    '{{identity.groups.names.ops.other}}',
    '{{identity.entity.aliases.b.name}}',
    '{{identity.entity.aliases.auth_1.other}}',
  ])('drop the stanza for %s', (template) => {
    const acl = aclOf('vault-1.21', [`path "m/${template}*" { capabilities = ["read"] }`], { identity, now: 0 });
    expect(acl.rules).toEqual([]);
  });

  it('drop the stanza of a token without an entity, and only that', () => {
    const text = 'path "m/{{identity.entity.id}}" { capabilities = ["read"] }\npath "k" { capabilities = ["read"] }';
    expect(aclOf('vault-1.21', [text]).rules.map(({ path }) => path)).toEqual(['k']);
  });

  it('drop the stanza if nothing is known that fills it', () => {
    const stanzas = ['{{identity.groups.names.ops.id}}', '{{time.now}}', '{{identity.entity.id}}'];
    expect(
      aclOf(
        'vault-1.21',
        stanzas.map((path) => `path "${path}" { capabilities = ["read"] }`),
      ).rules,
    ).toEqual([]);
  });

  it('drop the leading slash of a value, and no other', () => {
    const values = { slash: '/x', end: 'x/' };
    const filled = (name: string) => {
      const context = { identity: { entity: { id: 'e', name: 'n', metadata: values, aliases: {} } } };
      const text = `path "{{identity.entity.metadata.${name}}}" { capabilities = ["read"] }`;
      return aclOf('vault-1.21', [text], context).rules.map((rule) => rule.text);
    };
    expect([filled('slash'), filled('end')]).toEqual([['x'], ['x/']]);
  });

  it('let a value of Vault leave its segment, and one of OpenBao only by its switches', () => {
    const inPath = (server: Server): boolean =>
      matches(server, 'm/{{identity.entity.metadata.path}}', 'm/a/b', { identity });
    expect([inPath('vault-1.21'), inPath('openbao-2.7')]).toEqual([true, false]);
    const glob = (server: Server): boolean =>
      matches(server, 'm/{{identity.entity.metadata.glob}}', 'm/xyz', { identity });
    expect([glob('vault-1.21'), glob('openbao-2.7')]).toEqual([true, false]);
    const policy = {
      ...parsePolicy('a', 'path "m/{{identity.entity.metadata.path}}" { capabilities = ["read"] }', 'openbao-2.7'),
      templateValues: { slashes: true, wildcards: false },
    };
    const acl = Acl.compile([policy], { server: 'openbao-2.7', identity });
    expect(decisionOf(acl, { operation: 'read', path: 'm/a/b' }).allowed).toBe(true);
  });

  it('fail every request of OpenBao if a value has what its switches forbid, also in a stanza that has expired', () => {
    const expiration = 'expiration = "2020-01-01T00:00:00Z"';
    const text = `path "m/{{identity.entity.metadata.path}}" { ${expiration} }\npath "k" { policy = "read" }`;
    const acl = aclOf('openbao-2.7', [text], { identity, now: Date.parse('2026-01-01T00:00:00Z') });
    expect(decisionOf(acl, { operation: 'read', path: 'k' })).toEqual({
      allowed: false,
      reason:
        'The server fails every request: a value for path "m/{{identity.entity.metadata.path}}" contains "/", which the policy does not permit.',
    });
  });

  it('fail every request if a value makes the pattern invalid', () => {
    const acl = aclOf('vault-1.21', ['path "m/+{{identity.entity.metadata.star}}" {}\npath "k" { policy = "read" }'], {
      identity: { entity: { id: 'e', name: 'n', metadata: { star: '*' }, aliases: {} } },
    });
    expect(decisionOf(acl, { operation: 'read', path: 'k' })).toEqual({
      allowed: false,
      reason:
        'The server fails every request: the templates of path "m/+{{identity.entity.metadata.star}}" in policy a make it "m/+*", and "+*" is invalid.',
    });
  });
});

describe('the policy root', () => {
  const root = parsePolicy('root', '', 'openbao-2.7');

  it('allows everything', () => {
    const acl = Acl.compile([root], { server: 'openbao-2.7' });
    expect(acl.isRoot).toBe(true);
    expect(decisionOf(acl, { operation: 'delete', path: 'sys/raw/x' }).allowed).toBe(true);
  });

  it('fails every request beside another policy', () => {
    const acl = Acl.compile([root, parsePolicy('a', 'path "m" {}', 'openbao-2.7')], { server: 'openbao-2.7' });
    expect(decisionOf(acl, { operation: 'help', path: 'm' }).allowed).toBe(false);
  });
});
