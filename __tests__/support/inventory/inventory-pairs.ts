import type { InventoryFiles } from '../../../model/load';
import type { InventoryContents } from './optional-settings';
import { withOwners } from './with-owners';

/** Two inventories, of which the second is applied after the first. */
export interface InventoryPair {
  readonly before: InventoryContents;
  readonly after: InventoryContents;
}

/** The files as if they were read from a folder, with owners of all that tenants use. YAML contains JSON. */
export const encode = (files: InventoryContents): InventoryFiles =>
  withOwners(Object.entries(files).map(([path, content]) => ({ path, bytes: Buffer.from(JSON.stringify(content)) })));

export interface ShrinkOptions {
  /** Whether an inventory can be loaded; not counted as a try. */
  readonly isValid: (files: InventoryContents) => boolean;
  /** Whether a smaller pair fails as the first one did. */
  readonly fails: (pair: InventoryPair) => Promise<boolean>;
  /** Largest number of calls of `fails`. */
  readonly tries: number;
}

/**
 * The smallest pair that still fails: delta debugging over the files, keys and list elements of both inventories. It tries to remove halves of
 * them, then quarters, and so on to single ones, and begins anew with what becomes removable. The result is the same for the same
 * answers.
 *
 * @param pair fails
 * @returns a pair that fails; the smallest one, unless the tries are used up
 * @see https://www.st.cs.uni-saarland.de/papers/tse2002/
 */
export async function shrinkPair(
  pair: InventoryPair,
  { isValid, fails, tries }: ShrinkOptions,
): Promise<InventoryPair> {
  let current = pair;
  let left = tries;
  const isSound = ({ before, after }: InventoryPair): boolean => isValid(before) && isValid(after);
  const smaller = async (size: number, units: readonly string[]): Promise<InventoryPair | undefined> => {
    for (let start = 0; start < units.length && left > 0; start += size) {
      const candidate = without(current, new Set(units.slice(start, start + size)));
      if (!isSound(candidate)) continue;
      left--;
      if (await fails(candidate)) return candidate;
    }
    return undefined;
  };
  for (let size = Infinity; left > 0;) {
    const units = unitsOf(current).filter((unit) => isSound(without(current, new Set([unit]))));
    if (units.length === 0) break;
    size = Math.min(size, Math.ceil(units.length / 2));
    const found = await smaller(size, units);
    if (found !== undefined) current = found;
    else if (size === 1) break;
    else size = Math.ceil(size / 2);
  }
  return current;
}

/** Every file, key and list element, as a path. */
const unitsOf = (pair: InventoryPair): string[] =>
  Object.entries(pair).flatMap(([side, files]) => childrenOf(side, files));

const childrenOf = (path: string, value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) => [`${path} ${key}`, ...childrenOf(`${path} ${key}`, child)])
    : [];

function without(pair: InventoryPair, units: ReadonlySet<string>): InventoryPair {
  const copy = (path: string, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(([key]) => !units.has(`${path} ${key}`));
    const copies = kept.map(([key, child]) => [key, copy(`${path} ${key}`, child)] as const);
    return Array.isArray(value) ? copies.map(([, child]) => child) : Object.fromEntries(copies);
  };
  return { before: copy('before', pair.before), after: copy('after', pair.after) } as InventoryPair;
}
