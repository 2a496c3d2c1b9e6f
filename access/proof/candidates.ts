import type { Owner } from '../principals/access-model';
import type { Endpoint } from './own-data';
import { isSameOwner } from './owner';
import type { Pattern } from './pattern';

/** Names of an endpoint that no pattern distinguishes, and that belong to other tenants. */
export interface NameClass {
  /** One of the names. */
  readonly name: string;
  /** Number of names. */
  readonly size: number;
}

/**
 * The names of other tenants that patterns can match, grouped so that each pattern matches all names of a group or none. Few, however many
 * names there are.
 *
 * @param patterns all of them have paths in the endpoint
 */
export function nameClasses({ prefix, collection }: Endpoint, patterns: readonly Pattern[], own: Owner): NameClass[] {
  const literals = new Set<string>();
  const beginnings = new Set<string>();
  for (const { segments, rest } of patterns) {
    const literal = segments[prefix.length];
    if (literal !== undefined) literals.add(literal);
    else beginnings.add(segments.length === prefix.length ? (rest ?? '') : '');
  }
  const { names, sorted } = collection;
  const isForeign = (name: string): boolean => names.get(name)?.some((owner) => !isSameOwner(owner, own)) === true;
  const single = [...literals].filter(isForeign).map((name) => ({ name, size: 1 }));
  if (beginnings.size === 0) return single;
  const list = sorted();
  const ranges = [...beginnings].map((text) => [firstFrom(list, text), firstFrom(list, `${text}\uffff`)] as const);
  const cuts = [...new Set(ranges.flat())].sort((a, b) => a - b);
  const groups = cuts.slice(1).flatMap((end, index) => {
    const start = cuts[index] ?? 0;
    if (!ranges.some(([from, to]) => from <= start && end <= to)) return [];
    for (let at = start; at < end; at += 1) {
      const name = list[at] ?? '';
      if (!literals.has(name) && isForeign(name)) return [{ name, size: end - at }];
    }
    return [];
  });
  return [...single, ...groups];
}

/** Index of the first text that is not before the given one. */
function firstFrom(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
