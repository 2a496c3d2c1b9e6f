import fc from 'fast-check';

import { PlatformError } from '../../model/errors';
import type { Problem } from '../../model/errors';
import { loadInventory } from '../../model/load';
import type { InventoryFile } from '../../model/load';
import { caseCount, seed } from '../support/soak';
import { brokenInventory, intactInventories } from './broken-inventory';

/** What the loader has to say, or nothing when it accepts; everything but a rejection of the inventory is a defect. */
function rejection(files: readonly InventoryFile[]): readonly Problem[] {
  try {
    loadInventory(files);
    return [];
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'inventory') return error.problems;
    throw error;
  }
}

/** Has a place, something to say and a way out, in text that is short and cannot move a terminal's cursor. */
function isComplete({
  file = '',
  line = 0,
  column = 0,
  message,
  given = '',
  allowed = '',
  fix = '',
}: Problem): boolean {
  const texts = [file, message, given, allowed, fix];
  return (
    file.startsWith('inventory') &&
    line >= 1 &&
    column >= 1 &&
    message !== '' &&
    fix !== '' &&
    texts.every((text) => text.length <= 400 && !/[\u0000-\u001f\u007f-\u009f]/.test(text))
  );
}

/** Another sample in each run; a failure prints its seed. */
const runs = caseCount({ usual: 1_000, inSoak: 10_000 });

describe(`the loader with ${runs} broken inventories`, () => {
  let accepted = 0;
  let rejected = 0;

  it.each(Object.entries(intactInventories))('breaks the %s one, which is valid', (_, files) => {
    expect(rejection(files)).toEqual([]);
  });

  it('fails only with problems that have a place and a fix', () => {
    fc.assert(
      fc.property(brokenInventory, (files) => {
        const problems = rejection(files);
        if (problems.length === 0) accepted += 1;
        else rejected += 1;
        expect(problems.filter((problem) => !isComplete(problem))).toEqual([]);
      }),
      { numRuns: runs, seed },
    );
  }, 180_000);

  it('covered valid and invalid inventories', () => {
    expect(accepted).toBeGreaterThanOrEqual(Math.floor(runs / 50));
    expect(rejected).toBeGreaterThan(runs / 10);
  });
});
