import type { AccessRequest, Operation } from '../../../access/decide/request';
import type { RuleConditions } from '../../../access/decide/rule';
import { implies, isImpossible, limitsOf } from '../../../access/sets/limits';
import { limitsInWords } from '../../../access/sets/limits-in-words';
import { satisfyingRequest } from '../../../access/sets/satisfying-request';
import { aclOf } from '../decide/stanzas';

const none: RuleConditions = {
  allowedParameters: new Map(),
  deniedParameters: new Map(),
  requiredParameters: [],
  minWrappingTtlSeconds: 0,
  maxWrappingTtlSeconds: 0,
  paginationLimit: 0,
};

type Values = Readonly<Record<string, readonly unknown[]>>;

/** Conditions in short. */
interface Short {
  readonly allowed?: Values;
  readonly denied?: Values;
  readonly required?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly page?: number;
}

const limits = (short: Short, operation: Operation = 'update') =>
  limitsOf(
    {
      conditions: {
        ...none,
        allowedParameters: new Map(Object.entries(short.allowed ?? {})),
        deniedParameters: new Map(Object.entries(short.denied ?? {})),
        requiredParameters: short.required ?? [],
        minWrappingTtlSeconds: short.min ?? 0,
        maxWrappingTtlSeconds: short.max ?? 0,
        paginationLimit: short.page ?? 0,
      },
    },
    operation,
  );

describe('limits', () => {
  it.each<[narrow: Short, wide: Short]>([
    [{ min: 10 }, {}],
    [{ min: 10 }, { min: 5 }],
    [{ max: 5 }, { max: 10 }],
    [{ max: 5 }, {}],
    [{ min: 5, max: 10 }, { max: 20 }],
    [{ min: 5, max: 10 }, { min: 1 }],
    [{ min: 5, max: 10 }, { min: 5 }],
    [{ min: 5, max: 10 }, { max: 10 }],
    [{ required: ['a', 'b'] }, { required: ['a'] }],
    [{ denied: { '*': [] } }, { denied: { a: [] } }],
    [{ denied: { '*': [] } }, { denied: { a: ['x'] } }],
    [{ denied: { a: [] } }, { denied: { a: ['x'] } }],
    [{ denied: { a: ['x', 'y'] } }, { denied: { a: ['x'] } }],
    [{ denied: { a: [], b: [] } }, { denied: { a: [] } }],
    [{ allowed: { a: [] } }, {}],
    [{ allowed: { a: [] } }, { allowed: { a: [], b: [] } }],
    [{ allowed: { a: ['x'] } }, { allowed: { a: [] } }],
    [{ allowed: { a: ['x'] } }, { allowed: { a: ['x', 'y'] } }],
    [{ allowed: { a: ['x'] } }, { allowed: { a: ['x'], '*': [] } }],
    [{ allowed: { b: [] } }, { allowed: { a: ['x'], '*': [] } }],
    [{ allowed: { a: ['x'], b: [], '*': [] } }, { allowed: { a: ['x', 'y'], '*': [] } }],
  ])('%j is narrower than %j', (narrow, wide) => {
    expect(implies(limits(narrow), limits(wide))).toBe(true);
    expect(implies(limits(wide), limits(narrow))).toBe(false);
  });

  it.each<[Short, Short]>([
    [{ required: ['a'] }, { required: ['b'] }],
    [{ denied: { a: [] } }, { denied: { b: [] } }],
    [{ denied: { a: ['x'] } }, { denied: { a: ['y'] } }],
    [{ allowed: { a: [] } }, { allowed: { b: [] } }],
    [{ allowed: { a: ['x'] } }, { allowed: { a: ['y'] } }],
    [{ allowed: { b: ['y'], '*': [] } }, { allowed: { a: ['x'] } }],
    [{ allowed: { a: ['x'], '*': [] } }, { allowed: { b: ['x'], '*': [] } }],
    [{ allowed: { a: ['x'], '*': [] } }, { allowed: { b: [] } }],
    [
      { min: 10, max: 20 },
      { min: 5, max: 10 },
    ],
    [{ min: 5 }, { max: 5 }],
    [{ required: ['a'], max: 10 }, { min: 1 }],
  ])('%j is not narrower than %j', (one, other) => {
    expect(implies(limits(one), limits(other))).toBe(false);
  });

  it('of pages are narrower with fewer entries', () => {
    const page = (entries: number) => limits({ page: entries }, 'list');
    expect(implies(page(5), page(10))).toBe(true);
    expect(implies(page(10), page(5))).toBe(false);
    expect(implies(page(0), page(10))).toBe(false);
    expect(implies(page(10), page(0))).toBe(true);
    expect(implies(limits({ page: 5, max: 5 }, 'list'), page(5))).toBe(true);
  });

  it.each<[Short, Short]>([
    [{ required: ['a', 'b'] }, { required: ['b', 'a', 'a'] }],
    [{ allowed: { a: ['x', 'y'], b: [] } }, { allowed: { b: [], a: ['y', 'x', 'x'] } }],
    [{ denied: { a: [], '*': ['x'] } }, { denied: { '*': [] } }],
    [{ allowed: { '*': ['x'] } }, {}],
    [{ page: 10 }, {}],
  ])('%j are the same as %j', (one, other) => {
    expect(limits(one).key).toBe(limits(other).key);
    expect(implies(limits(one), limits(other))).toBe(true);
  });

  it('have a key of their own if they differ', () => {
    const different: readonly Short[] = [
      { min: 5 },
      { max: 5 },
      { required: ['a'] },
      { allowed: { a: [] } },
      { denied: { a: [] } },
      { denied: { '*': [] } },
      { allowed: { a: ['x'] } },
      { allowed: { a: [1] } },
      { allowed: { a: ['1'] } },
    ];
    expect(new Set(different.map((short) => limits(short).key)).size).toBe(different.length);
    expect(limitsOf({}, 'update').key).toBe('');
    expect(limits({}).key).toBe('');
  });

  it.each<[operation: Operation, words: readonly string[]]>([
    ['update', ['only with the parameter a']],
    ['read', ['only with the parameter a']],
    ['recover', ['only with the parameter a']],
    ['delete', []],
    ['list', ['only pages of at most 10 entries, or without the parameter limit']],
    ['scan', ['only pages of at most 10 entries, or without the parameter limit']],
  ])('count for %s only where the servers check them: %j', (operation, words) => {
    expect(limitsInWords(limits({ required: ['a'], page: 10 }, operation))).toEqual(words);
  });

  it('of pages can require the parameter limit', () => {
    const { required, page } = limits({ required: ['limit', 'a'], page: 10 }, 'list');
    expect([required, page]).toEqual([['limit'], 10]);
    expect(limits({ required: ['limit'] }, 'list').required).toEqual([]);
  });

  it.each<[Short, boolean]>([
    [{ min: 20, max: 10 }, true],
    [{ min: 10, max: 10 }, false],
    [{ min: 20 }, false],
    [{ max: 10 }, false],
    [{ required: ['a'], denied: { a: [] } }, true],
    [{ required: ['a'], denied: { a: ['x'] } }, false],
    [{ required: ['a'], denied: { b: [] } }, false],
    [{ required: ['a'], denied: { '*': [] } }, true],
    [{ denied: { '*': [] } }, false],
    [{ required: ['a', 'b'], allowed: { a: [] } }, true],
    [{ required: ['a'], allowed: { a: [] } }, false],
    [{ required: ['a'], allowed: { b: ['x'], '*': [] } }, false],
    [{ required: ['a'] }, false],
  ])('%j are impossible: %s', (short, expected) => {
    expect(isImpossible(limits(short))).toBe(expected);
  });
});

describe('limits in words', () => {
  const proof = 'not proven, because servers compare values differently';

  it.each<[Short, readonly string[]]>([
    [{}, []],
    [{ min: 5 }, ['only wrapped, for at least 5 s']],
    [{ max: 5 }, ['only wrapped, for at most 5 s']],
    [{ min: 5, max: 10 }, ['only wrapped, for 5 to 10 s']],
    [{ required: ['a'] }, ['only with the parameter a']],
    [{ required: ['b', 'a'] }, ['only with the parameters a, b']],
    [{ denied: { '*': [] } }, ['without any parameter']],
    [{ denied: { a: [] } }, ['without the parameter a']],
    [{ denied: { b: [], a: [] } }, ['without the parameters a, b']],
    [{ denied: { a: ['x'] } }, [`not with a = "x" (${proof})`]],
    [{ denied: { a: ['y', 'x', 'x'], b: [] } }, ['without the parameter b', `not with a = "x" or "y" (${proof})`]],
    [{ allowed: { b: [], a: [] } }, ['with no other parameters than a, b']],
    [{ allowed: { a: ['x'], '*': [] } }, [`a only = "x" (${proof})`]],
    [{ allowed: { a: ['x'] } }, ['with no other parameters than a', `a only = "x" (${proof})`]],
    [{ allowed: { a: [], '*': [] } }, []],
    [{ allowed: { a: [], '*': ['y'] } }, []],
  ])('are, for %j: %j', (short, words) => {
    expect(limitsInWords(limits(short))).toEqual(words);
  });
});

describe('a request that satisfies the conditions', () => {
  const of = (attributes: string, operation: Operation, path = 'm/x'): AccessRequest =>
    satisfyingRequest(
      aclOf('openbao-2.7', [`path "m/*" {\n  capabilities = ["update", "list"]\n  ${attributes}\n}\n`]),
      operation,
      path,
    );

  it.each<[attributes: string, operation: Operation, rest: Partial<AccessRequest>]>([
    ['', 'update', {}],
    ['required_parameters = ["a"]', 'update', { parameters: { a: 'x' } }],
    [
      'required_parameters = ["a"]\n  allowed_parameters = { "a" = ["*one*", "two"] }',
      'update',
      { parameters: { a: 'one' } },
    ],
    ['required_parameters = ["a"]\n  allowed_parameters = { "a" = [true] }', 'update', { parameters: { a: true } }],
    ['required_parameters = ["a"]\n  allowed_parameters = { "a" = ["*b*c*"] }', 'update', { parameters: { a: 'b*c' } }],
    ['required_parameters = ["a"]\n  allowed_parameters = { "a" = ["*"] }', 'update', { parameters: { a: '*' } }],
    ['min_wrapping_ttl = "5s"', 'update', { wrapTtlSeconds: 5 }],
    ['max_wrapping_ttl = "9s"', 'update', { wrapTtlSeconds: 9 }],
    ['min_wrapping_ttl = "5s"\n  max_wrapping_ttl = "9s"', 'update', { wrapTtlSeconds: 9 }],
    ['pagination_limit = 7\n  required_parameters = ["limit"]', 'list', { parameters: { limit: 7 } }],
    ['required_parameters = ["limit"]', 'update', { parameters: { limit: 'x' } }],
    // It is not allowed anyway.
    ['required_parameters = ["a"]', 'delete', {}],
  ])('of a stanza with %s for %s has %j', (attributes, operation, rest) => {
    expect(of(attributes, operation)).toEqual({ operation, path: 'm/x', ...rest });
  });

  it('has no more than the stanza that decides demands', () => {
    const text = (path: string, list: string): string =>
      `path "${path}" {\n  capabilities = ["update"]\n  required_parameters = ${list}\n}\n`;
    const acl = aclOf('vault-2', [`${text('m/*', '["a", "b"]')}${text('m/x', '["b"]')}`]);
    expect(satisfyingRequest(acl, 'update', 'm/x')).toMatchObject({ parameters: { b: 'x' } });
    expect(satisfyingRequest(acl, 'update', 'm/x').parameters).not.toHaveProperty('a');
  });

  it('is the plain one for another path', () => {
    expect(of('required_parameters = ["a"]', 'update', 'other')).toEqual({ operation: 'update', path: 'other' });
  });

  it('satisfies the stanza that decides, also for a LIST of the path without its slash', () => {
    const acl = aclOf('vault-1.21', [
      'path "m/*" {\n  capabilities = ["update"]\n  required_parameters = ["a"]\n}\npath "m/x" {\n  capabilities = ["update", "list"]\n  required_parameters = ["b"]\n  max_wrapping_ttl = "9s"\n}',
    ]);
    expect(satisfyingRequest(acl, 'update', 'm/x')).toMatchObject({ parameters: { b: 'x' }, wrapTtlSeconds: 9 });
    expect(satisfyingRequest(acl, 'list', 'm/x')).toEqual({ operation: 'list', path: 'm/x', wrapTtlSeconds: 9 });
  });
});
