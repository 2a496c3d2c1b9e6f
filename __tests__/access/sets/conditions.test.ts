import { Acl } from '../../../access/decide/acl';
import type { AccessRequest } from '../../../access/decide/request';
import type { Stanza } from '../../../access/policy/policy';
import { diffPrincipal } from '../../../access/sets/diff';
import { equal } from '../../../access/sets/equal';
import { reach } from '../../../access/sets/reach';
import { satisfyingRequest } from '../../../access/sets/satisfying-request';
import { widens } from '../../../access/sets/widens';
import { caseCount, seed } from '../../support/soak';
import { policy, stanza } from '../hand-made';
import { oneOf, randomOf, type Random } from './random-policies';

type Conditions = Partial<Stanza>;

const withConditions = (conditions: Conditions, path = 'kv/*'): Acl =>
  Acl.compile([policy('policy', [stanza(path, ['update', 'list'], conditions)])], { server: 'openbao-2.7' });

const changed = (before: Conditions, after: Conditions) => {
  const { operations } = diffPrincipal(withConditions(before), withConditions(after), 'someone');
  return operations.find(({ operation }) => operation === 'update')?.conditionsChanged;
};

describe('conditions', () => {
  it('are named in words beside the set', () => {
    const [update] = reach(
      withConditions({
        minWrappingTtlSeconds: 60,
        maxWrappingTtlSeconds: 300,
        requiredParameters: ['name', 'ttl'],
        deniedParameters: new Map([['policies', []]]),
        allowedParameters: new Map([
          ['name', []],
          ['ttl', ['1h', '2h']],
        ]),
      }),
      'update',
    );
    expect(update?.conditions).toEqual([
      'only wrapped, for 60 to 300 s',
      'only with the parameters name, ttl',
      'without the parameter policies',
      'with no other parameters than name, ttl',
      'ttl only = "1h" or "2h" (not proven, because servers compare values differently)',
    ]);
  });

  it('count only for the operations for which the server checks them', () => {
    const acl = withConditions({ requiredParameters: ['name'], paginationLimit: 10 });
    expect(reach(acl, 'list')[0]?.conditions).toEqual([
      'only pages of at most 10 entries, or without the parameter limit',
    ]);
    expect(reach(acl, 'renew')[0]?.conditions).toEqual([]);
  });

  it.each([
    ['wrapping TTLs', { minWrappingTtlSeconds: 20, maxWrappingTtlSeconds: 10 }],
    ['a required parameter that is denied', { requiredParameters: ['a'], deniedParameters: new Map([['a', []]]) }],
    ['a required parameter when all are denied', { requiredParameters: ['a'], deniedParameters: new Map([['*', []]]) }],
    [
      'a required parameter that is not allowed',
      { requiredParameters: ['a'], allowedParameters: new Map([['b', []]]) },
    ],
  ])('that nothing satisfies allow no path: %s', (_, conditions) => {
    expect(reach(withConditions(conditions), 'update')).toEqual([]);
  });

  it('that become narrower are reported, and are no widening', () => {
    expect(changed({}, { requiredParameters: ['name'] })).toMatchObject([
      { include: 'kv/*', before: [], conditions: ['only with the parameter name'], isNarrower: true },
    ]);
    expect(changed({ requiredParameters: ['name'] }, {})).toMatchObject([{ isNarrower: false }]);
  });

  it.each<[before: Conditions, after: Conditions]>([
    [{ requiredParameters: ['a'] }, { requiredParameters: ['b'] }],
    [{ allowedParameters: new Map([['a', []]]) }, { allowedParameters: new Map([['b', []]]) }],
    [{ allowedParameters: new Map([['a', ['x']]]) }, { allowedParameters: new Map([['a', ['y']]]) }],
    [{ deniedParameters: new Map([['a', []]]) }, { deniedParameters: new Map([['b', []]]) }],
    [{ minWrappingTtlSeconds: 5 }, { minWrappingTtlSeconds: 4 }],
    [{ maxWrappingTtlSeconds: 5 }, { maxWrappingTtlSeconds: 6 }],
  ])('that differ are reported: %j and %j', (before, after) => {
    const found = changed(before, after);
    expect(found).toMatchObject([{ include: 'kv/*', isNarrower: false }]);
    expect(found?.[0]?.before).not.toEqual(found?.[0]?.conditions);
    expect(equal(withConditions(before), withConditions(after))).toBe(false);
  });

  it('of pages are reported for LIST only', () => {
    const change = diffPrincipal(withConditions({ paginationLimit: 5 }), withConditions({ paginationLimit: 6 }), 'x');
    expect(change.operations.map(({ operation }) => operation)).toEqual(['list']);
  });

  it('divide sets in which they differ', () => {
    const acl = Acl.compile(
      [
        policy('policy', [
          stanza('kv/*', ['update']),
          stanza('kv/app/*', ['update'], { requiredParameters: ['name'] }),
        ]),
      ],
      { server: 'vault-2' },
    );
    expect(reach(acl, 'update')).toMatchObject([
      { include: 'kv/*', except: ['kv/app/*'], conditions: [] },
      { include: 'kv/app/*', conditions: ['only with the parameter name'] },
    ]);
  });

  it('are not compared by the order in which they are written', () => {
    const one = { allowedParameters: new Map([['a', ['1', '2']], ['b', []]]) }; // prettier-ignore
    const other = { allowedParameters: new Map([['b', []], ['a', ['2', '1']]]) }; // prettier-ignore
    expect(equal(withConditions(one), withConditions(other))).toBe(true);
  });
});

describe('random conditions', () => {
  const random = randomOf(seed);
  process.stderr.write(`repeat with VAULT_PLATFORM_SEED=${seed}\n`);

  const values = [undefined, 'x', 'xy', 'y'] as const;
  const requests: readonly AccessRequest[] = values.flatMap((a) =>
    values.flatMap((b) =>
      [undefined, 5, 10, 20].map((wrapTtlSeconds) => ({
        operation: 'update' as const,
        path: 'kv/a',
        parameters: { ...(a !== undefined && { a }), ...(b !== undefined && { b }) },
        wrapTtlSeconds: wrapTtlSeconds ?? null,
      })),
    ),
  );
  const parameterRules = (): Stanza['allowedParameters'] =>
    new Map(
      ['a', 'b', '*']
        .filter(() => random() < 0.4)
        .map((name) => [name, name === '*' ? [] : oneOf(random, [[], ['x'], ['x*'], ['x', 'y']])]),
    );
  const randomConditions = (of: Random): Conditions => ({
    minWrappingTtlSeconds: oneOf(of, [0, 0, 5, 10]),
    maxWrappingTtlSeconds: oneOf(of, [0, 0, 10, 20]),
    requiredParameters: ['a', 'b'].filter(() => of() < 0.3),
    allowedParameters: of() < 0.5 ? new Map() : parameterRules(),
    deniedParameters: of() < 0.5 ? new Map() : parameterRules(),
  });

  it('are narrower only if no request is allowed that was not allowed before', () => {
    for (let count = 0; count < caseCount({ usual: 2000, inSoak: 100_000 }); count += 1) {
      const [first, second] = [randomConditions(random), randomConditions(random)];
      const [before, after] = [
        withConditions(first),
        withConditions(random() < 0.3 ? { ...first, ...second } : second),
      ];
      const allowsMore = requests.some((request) => after.allows(request) && !before.allows(request));
      const isWider = widens(diffPrincipal(before, after, 'someone'));
      // The opposite is not proven for values.
      if (allowsMore && !isWider) throw new Error(JSON.stringify([first, second], mapsAsLists));
    }
  });

  it('are satisfied by a request, unless the path is not reached or values decide', () => {
    for (let count = 0; count < caseCount({ usual: 2000, inSoak: 100_000 }); count += 1) {
      const conditions = randomConditions(random);
      const acl = withConditions(conditions);
      const isReached = reach(acl, 'update').length > 0;
      const isSatisfied = acl.allows(satisfyingRequest(acl, 'update', 'kv/a'));
      const hasValues = [...(conditions.deniedParameters ?? new Map<string, unknown[]>()).values()].some(
        (list) => list.length > 0,
      );
      if (isSatisfied ? !isReached : isReached && !hasValues) throw new Error(JSON.stringify(conditions, mapsAsLists));
    }
  });
});

const mapsAsLists = (_: string, value: unknown): unknown => (value instanceof Map ? [...value] : value);
