import { shrinkPair, type InventoryPair } from './inventory-pairs';
import type { InventoryContents } from './optional-settings';

const noise = (count: number): Record<string, unknown> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, { a: index, b: ['x', 'y'] }]));

const pair: InventoryPair = {
  before: {
    'clusters/lab.yaml': {
      description: 'A cluster',
      auth: { ci: { type: 'jwt', tuning: { ttl: '1h' } } },
      ...noise(8),
    },
    'tenants/shop/basket.yaml': noise(8),
  },
  after: {
    'clusters/lab.yaml': { description: 'A cluster', auth: { ci: { type: 'jwt' } }, ...noise(8) },
    'tenants/shop/basket.yaml': noise(8),
  },
};

/** A server that keeps a lifetime that was set before, as long as the method is there. */
function keepsLifetime({ before, after }: InventoryPair): boolean {
  const ci = (files: InventoryContents): { tuning?: { ttl?: string } } | undefined =>
    (files['clusters/lab.yaml']?.auth as { ci?: object } | undefined)?.ci;
  return ci(before)?.tuning?.ttl !== undefined && ci(after) !== undefined && ci(after)?.tuning === undefined;
}

/** Inventories need a cluster with a description. */
const isValid = (files: InventoryContents): boolean => files['clusters/lab.yaml']?.description !== undefined;

async function shrink(tries: number): Promise<{ found: InventoryPair; tried: number }> {
  let tried = 0;
  const fails = (candidate: InventoryPair): Promise<boolean> => {
    tried++;
    expect([isValid(candidate.before), isValid(candidate.after)]).toEqual([true, true]);
    return Promise.resolve(keepsLifetime(candidate));
  };
  return { found: await shrinkPair(pair, { isValid, fails, tries }), tried };
}

describe('shrinking of a pair of inventories', () => {
  it('finds the smallest pair that fails, in far fewer tries than there are keys', async () => {
    const { found, tried } = await shrink(200);
    expect(found).toEqual({
      before: { 'clusters/lab.yaml': { description: 'A cluster', auth: { ci: { tuning: { ttl: '1h' } } } } },
      after: { 'clusters/lab.yaml': { description: 'A cluster', auth: { ci: {} } } },
    });
    expect(tried).toBeLessThan(100);
  });

  it('gives the same pair each time', async () => {
    expect(await shrink(30)).toEqual(await shrink(30));
  });

  it('stops after the number of tries, with a pair that fails', async () => {
    const { found, tried } = await shrink(5);
    expect(tried).toBe(5);
    expect(keepsLifetime(found)).toBe(true);
  });

  it('keeps a pair of which nothing can be removed', async () => {
    const fails = (): Promise<boolean> => Promise.resolve(false);
    expect(await shrinkPair(pair, { isValid, fails, tries: 1000 })).toBe(pair);
  });
});
