import type { Stanza } from '../../../access/policy/policy';
import { Holder, isTemplated, withoutTemplates, type HolderContext, type Question } from '../../../access/proof/holder';
import { patternOf } from '../../../access/proof/pattern';
import { policy, stanza } from '../hand-made';
import { now } from './small-model';

type Asked = Omit<Question, 'within'> & { readonly path: string };

const holderOf = (stanzas: readonly Stanza[], context: Partial<HolderContext> = {}, name = 'p'): Holder =>
  new Holder([policy(name, stanzas)], { server: 'vault-2', now, ...context });
const allowed = (holder: Holder, { path, ...asked }: Asked): string | undefined => {
  const found = holder.findAllowed({ within: patternOf(path), ...asked });
  return found && `${found.operation} ${found.path}`;
};
const denied = (holder: Holder, { path, ...asked }: Asked): string | undefined => {
  const found = holder.findDenied({ within: patternOf(path), ...asked });
  return found && `${found.operation} ${found.path}`;
};

describe('access of a holder', () => {
  it('has a request with its decision as witness', () => {
    const holder = holderOf([stanza('kv/*', ['read', 'list'])]);
    const found = holder.findAllowed({ within: patternOf('kv/data/+'), operations: ['update', 'read'] });
    expect(found).toMatchObject({
      operation: 'read',
      path: 'kv/data/x',
      decision: { allowed: true, by: { policy: 'p', path: 'kv/*' } },
    });
    expect(allowed(holder, { path: 'kv/data/+', operations: ['list'] })).toBe('list kv/data/x/');
    expect(allowed(holder, { path: 'kv/data/', operations: ['list'] })).toBe('list kv/data/');
    const scanning = holderOf([stanza('kv/*', ['scan'])], { server: 'openbao-2.7' });
    expect(allowed(scanning, { path: 'kv/data/+', operations: ['scan'] })).toBe('scan kv/data/x/');
    expect(denied(holder, { path: 'kv/data', operations: ['read', 'update'] })).toBe('update kv/data');
    expect(denied(holder, { path: 'kv/data', operations: ['read'] })).toBeUndefined();
    expect(allowed(holder, { path: 'kvx/*', operations: ['read'] })).toBeUndefined();
  });

  it('leaves out requests with one of the operations, and these only', () => {
    const holder = holderOf([stanza('kv/*', ['read', 'update'])]);
    const except = [{ path: 'kv/a/*', operations: ['read', 'list'] }] as const;
    expect(allowed(holder, { path: 'kv/a/b', operations: ['read'], except })).toBeUndefined();
    expect(allowed(holder, { path: 'kv/a/b', operations: ['read', 'update'], except })).toBe('update kv/a/b');
    expect(allowed(holder, { path: 'kv/*', operations: ['read'], except })).not.toMatch(/^read kv\/a\//);
    expect(allowed(holder, { path: 'kv/a*', operations: ['read'], except })).toBe('read kv/ax');
  });

  it('needs a capability of the stanza that decides, where that is asked', () => {
    const sudo = { path: 'auth/token/create', operations: ['update'], capability: 'sudo' } as const;
    expect(allowed(holderOf([stanza('auth/*', ['update', 'sudo'])]), sudo)).toBe('update auth/token/create');
    expect(allowed(holderOf([stanza('auth/*', ['update'])]), sudo)).toBeUndefined();
    const winners = [stanza('auth/*', ['update', 'sudo']), stanza('auth/token/*', ['update'])];
    expect(allowed(holderOf(winners), sudo)).toBeUndefined();
    expect(allowed(holderOf([...winners].reverse()), sudo)).toBeUndefined();
    const others = [stanza('auth/*', ['update']), stanza('auth/token/*', ['update', 'sudo'])];
    expect(allowed(holderOf(others), sudo)).toBe('update auth/token/create');
    expect(allowed(holderOf([], {}, 'root'), sudo)).toBe('update auth/token/create');
    const list = { path: 'kv/a', operations: ['list'], capability: 'sudo' } as const;
    expect(allowed(holderOf([stanza('kv/a', ['list', 'sudo'])]), list)).toBeUndefined();
  });

  it.each([
    ['allowed', { allowedParameters: new Map([['a', []]]) }],
    ['denied', { deniedParameters: new Map([['*', []]]) }],
    ['required', { requiredParameters: ['a'] }],
    ['minimum', { minWrappingTtlSeconds: 60 }],
    ['maximum', { maxWrappingTtlSeconds: 60 }],
    ['pagination', { paginationLimit: 10 }],
  ] as const)('is possible under conditions: %s', (_, conditions) => {
    const holder = holderOf(
      [stanza('kv/x', ['read']), stanza('kv/a', ['update', 'list'], conditions), stanza('kv/b', ['update'])],
      { server: 'openbao-2.7' },
    );
    for (const operation of ['update', 'list'] as const) {
      expect(allowed(holder, { path: 'kv/a', operations: [operation] })).toBeDefined();
      expect(denied(holder, { path: 'kv/a', operations: [operation] })).toBeUndefined();
    }
  });

  it('ends with the stanza', () => {
    const expiring = [stanza('kv/a', ['read'], { expiresAt: now })];
    const asked = { path: 'kv/a', operations: ['read'] } as const;
    expect(allowed(holderOf(expiring, { server: 'openbao-2.7', now: now - 1 }), asked)).toBe('read kv/a');
    expect(allowed(holderOf(expiring, { server: 'openbao-2.7', now: now + 1 }), asked)).toBeUndefined();
  });

  it.each([
    ['vault-1.21', 'sys/raw/x'],
    ['vault-2', 'sys/raw/x'],
    ['openbao-2.7', 'sys/raw/x'],
  ] as const)('on %s is denied where a path needs sudo, and allowed beside it', (server, path) => {
    const holder = holderOf([stanza('sys/*', ['read'])], { server });
    expect(denied(holder, { path: 'sys/*', operations: ['read'] })).toBeDefined();
    expect(denied(holder, { path: 'sys/raw/*', operations: ['read'] })).toBeDefined();
    expect(allowed(holder, { path, operations: ['read'] })).toBeUndefined();
    expect(allowed(holder, { path: 'sys/*', operations: ['read'] })).toBeDefined();
    expect(holder.patterns).toEqual([patternOf('sys/*')]);
  });
});

describe('a template of which the value is not known', () => {
  const name = '{{identity.entity.name}}';
  const of = (...stanzas: readonly Stanza[]): Holder => holderOf(stanzas);
  const read = (path: string) => ({ path, operations: ['read'] }) as const;

  it('is possible access to any segment, and certain access to none', () => {
    const holder = of(stanza(`kv/${name}/a`, ['read']), stanza('kv/own/b', ['read']));
    expect(allowed(holder, read('kv/other/a'))).toBe('read kv/other/a');
    expect(denied(holder, read('kv/other/a'))).toBe('read kv/other/a');
    expect(allowed(holder, read('kv/other/b'))).toBeUndefined();
    expect(denied(holder, read('kv/own/b'))).toBeUndefined();
    expect(holder.patterns).toEqual([patternOf('kv/own/b'), patternOf('kv/+/a')]);
  });

  it('does not count as a denial', () => {
    const holder = of(stanza('kv/*', ['read']), stanza(`kv/${name}`, ['deny']));
    expect(allowed(holder, read('kv/x'))).toBe('read kv/x');
    expect(holder.patterns).toEqual([patternOf('kv/*')]);
  });

  it('has its value, if the identity is known', () => {
    const entity = { id: '1', name: 'own', metadata: {}, aliases: {} };
    const holder = holderOf([stanza(`kv/${name}/a`, ['read'])], { identity: { entity } });
    expect(allowed(holder, read('kv/own/a'))).toBe('read kv/own/a');
    expect(denied(holder, read('kv/own/a'))).toBeUndefined();
    expect(allowed(holder, read('kv/other/a'))).toBeUndefined();
  });

  it('of one policy does not concern the others', () => {
    const templated = policy('t', [stanza(`kv/${name}`, ['read'])]);
    const holder = new Holder([policy('p', [stanza('kv/own', ['deny'])]), templated], { server: 'vault-2', now });
    expect(holder.patterns).toEqual([patternOf('kv/own'), patternOf('kv/+')]);
  });

  it.each([
    [`kv/${name}`, 'kv/+'],
    [`kv/x-${name}-y/z`, 'kv/+/z'],
    [`kv/${name}/*`, 'kv/+/*'],
    [`kv/a-${name}*`, 'kv/*'],
    [`kv/${name}*/x`, 'kv/+/x'],
    [`${name}/${name}`, '+/+'],
    ['kv/{{x', 'kv/{{x'],
    ['kv/x}}{{', 'kv/x}}{{'],
  ])('in %s makes it %s', (path, pattern) => {
    const values = { slashes: false, wildcards: false };
    expect(withoutTemplates(path, values)).toBe(pattern);
    expect(isTemplated({ path })).toBe(pattern !== path);
  });

  it('that can have slashes or wildcards makes all unknown that follows', () => {
    const path = `kv/a-${name}/x`;
    expect(withoutTemplates(path, { slashes: true, wildcards: false })).toBe('kv/a-*');
    expect(withoutTemplates(path, { slashes: false, wildcards: true })).toBe('kv/a-*');
    expect(withoutTemplates('kv/a', { slashes: true, wildcards: true })).toBe('kv/a');
  });
});
