import { loadInventory } from '../../../model/load';
import { seededRandom } from '../../../rehearsal/seeded-random';
import { encode } from './inventory-pairs';
import { randomInventory } from './random-inventory';

describe.each(['openbao', 'vault'] as const)('random inventories of %s', (dialect) => {
  it.each(['stay', 'deletable'] as const)('load, where keys %s', (keys) => {
    const random = seededRandom(1);
    for (let index = 0; index < 40; index++) {
      const files = randomInventory(dialect, random, keys);
      expect(() => loadInventory(encode(files))).not.toThrow();
    }
  });
});
