import { createHash, randomInt } from 'node:crypto';

/** Whether every case runs: `npm run soak` sets `VAULT_PLATFORM_SOAK=1`. Otherwise long lists and repetitions are sampled. */
export const soak = process.env.VAULT_PLATFORM_SOAK === '1';

/** Whether few random cases suffice: `VAULT_PLATFORM_BRIEF=1`, as `npm run mutation` and the second version of Node.js in CI set it. */
const brief = process.env.VAULT_PLATFORM_BRIEF === '1';

/** Number of random cases of a property. */
export const caseCount = ({ usual, inSoak }: { readonly usual: number; readonly inSoak: number }): number => {
  if (soak) return inSoak;
  return brief ? Math.ceil(usual / 100) : usual;
};

/** All items of a long list, or every twentieth where few cases suffice; for what is slow and does not depend on the version of Node.js. */
export const fewWhereBrief = <T>(items: readonly T[]): readonly T[] =>
  brief ? items.filter((_, index) => index % 20 === 0) : items;

/** Seed of every sample in this test file: `VAULT_PLATFORM_SEED`, so that a run can be repeated, or a new one. */
export const seed = Number(process.env.VAULT_PLATFORM_SEED ?? randomInt(2 ** 31));
if (!Number.isInteger(seed))
  throw new Error(`VAULT_PLATFORM_SEED is not an integer: ${process.env.VAULT_PLATFORM_SEED}`);

/**
 * A sample of a list, in the list's order. The seed is printed, so that a failure can be repeated.
 *
 * @param count size of the sample
 * @returns the whole list if {@link soak} is true
 */
export function sampled<T>(items: readonly T[], count: number): readonly T[] {
  if (soak || items.length <= count) return items;
  process.stderr.write(`sampled ${count} of ${items.length} cases; repeat with VAULT_PLATFORM_SEED=${seed}\n`);
  const chosen = new Set(
    items
      .map((_, index) => ({ index, rank: createHash('sha256').update(`${seed}:${index}`).digest('hex') }))
      .sort((a, b) => (a.rank < b.rank ? -1 : 1))
      .slice(0, count)
      .map(({ index }) => index),
  );
  return items.filter((_, index) => chosen.has(index));
}
