import fc from 'fast-check';

import type { Owner } from '../../../access/principals/access-model';
import { nameClasses } from '../../../access/proof/candidates';
import { OwnData, type Endpoint } from '../../../access/proof/own-data';
import { isSameOwner } from '../../../access/proof/owner';
import { matches, patternOf } from '../../../access/proof/pattern';
import { caseCount, seed } from '../../support/soak';
import { owner } from './small-model';

const own = owner('own');

/** The endpoint `kv/data` with names and their owners. */
function endpointOf(names: Readonly<Record<string, readonly Owner[]>>): Endpoint {
  const things = Object.entries(names).flatMap(([name, owners]) =>
    owners.map((each) => ({ owner: each, kind: 'documents', mount: 'kv', name }) as const),
  );
  const [endpoint] = new OwnData(things).endpointsOf(patternOf('kv/data/*'));
  if (endpoint === undefined) throw new Error('no endpoint');
  return endpoint;
}

const names = { app: [owner('app')], 'app-2': [owner('app')], b: [own], c: [own, owner('c')], d: [owner('d')] };
const classes = (...patterns: readonly string[]): readonly string[] =>
  nameClasses(endpointOf(names), patterns.map(patternOf), own).map(({ name, size }) => `${name} ${size}`);

describe('names of other tenants that patterns can match', () => {
  it.each([
    [['kv/data/app'], ['app 1']],
    [['kv/data/app/x', 'kv/data/app'], ['app 1']],
    [['kv/data/b'], []],
    [['kv/data/c'], ['c 1']],
    [['kv/data/none'], []],
    [['kv/data/app*'], ['app 2']],
    [['kv/data/app-*'], ['app-2 1']],
    [['kv/data/b*'], []],
    [['kv/data/*'], ['app 5']],
    [['kv/data/+'], ['app 5']],
    [['kv/*'], ['app 5']],
    [['kv/da*'], ['app 5']],
    [
      ['kv/data/d', 'kv/data/app-*'],
      ['d 1', 'app-2 1'],
    ],
    [
      ['kv/data/app', 'kv/data/app*'],
      ['app 1', 'app-2 1'],
    ],
    [
      ['kv/data/app*', 'kv/data/d*'],
      ['app 2', 'd 1'],
    ],
    [
      ['kv/data/*', 'kv/data/app-*'],
      ['app 1', 'app-2 1', 'c 2'],
    ],
    [[], []],
  ])('of %j are %j', (patterns, found) => {
    expect(classes(...patterns)).toEqual(found);
  });

  it('stand for all names, and are names of others that a pattern can match', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 3 });
    const owners = fc.subarray([own, owner('x'), owner('y')], { minLength: 1 });
    const pattern = fc.oneof(
      name,
      fc.constantFrom('+', '*', ...['a', 'b', 'c', 'ab', 'ba', 'bb'].map((text) => `${text}*`)),
    );
    fc.assert(
      fc.property(fc.dictionary(name, owners, { minKeys: 1 }), fc.array(pattern), (all, texts) => {
        const patterns = texts.map((text) => patternOf(`kv/data/${text}`));
        const matching = (each: string): string =>
          patterns.map((one) => Number(matches(one, ['kv', 'data', each]))).join('');
        const isForeign = (each: string): boolean => all[each]?.some((one) => !isSameOwner(one, own)) === true;
        const found = nameClasses(endpointOf(all), patterns, own);
        for (const each of found) {
          expect(isForeign(each.name)).toBe(true);
          expect(matching(each.name)).toContain('1');
        }
        const known = new Set(found.map((each) => matching(each.name)));
        const foreign = Object.keys(all).filter((each) => isForeign(each) && matching(each).includes('1'));
        for (const each of foreign) expect(known).toContain(matching(each));
        const sum = found.reduce((total, { size }) => total + size, 0);
        expect(sum).toBeGreaterThanOrEqual(foreign.length);
      }),
      { numRuns: caseCount({ usual: 100, inSoak: 10_000 }), seed },
    );
  });
});
