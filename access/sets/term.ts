import type { Bits } from './bits';
import type { Columns } from './columns';
import { asPattern, intersect } from './intersect';
import type { Pattern } from './pattern';

/** A set of paths in patterns: in all of `include`, in none of `except`. */
export interface Term {
  /** At least one. */
  readonly include: readonly Pattern[];
  readonly except: readonly Pattern[];
  /** Classes of the set. */
  readonly classes: Bits;
}

/** How hard a term is to read. An intersection is much harder than an exception. */
export const costOf = ({ include, except }: Term): number => 1 + 3 * (include.length - 1) + except.length;

/**
 * Limits a pattern by exceptions, and where these do not suffice by further patterns, until it contains nothing but the target.
 *
 * @param around class that the term must contain, in the target
 * @param wanted classes of the target that no exception should remove
 */
export const limitedTo = (
  columns: Columns,
  start: { readonly pattern: Pattern; readonly classes: Bits },
  { target, wanted, around }: { readonly target: Bits; readonly wanted: Bits; readonly around: number },
): Term => {
  const inside = new Set(columns.cut(around).matched);
  let { classes } = start;
  let include: readonly Pattern[] = [start.pattern];
  for (;;) {
    const bad = classes.without(target);
    const { except, left } = exceptionsFor(columns, bad, inside, classes.and(wanted));
    if (left.isEmpty) {
      const kept = except.reduce((rest, number) => rest.without(columns.of(number)), classes);
      return { include, except: except.map((number) => columns.pattern(number)), classes: kept };
    }
    // What is left matches nothing that `around` does not match, so that only a further pattern of `around` tells them apart.
    const further = best([...inside], (number) => left.size - left.common(columns.of(number)));
    if (further === undefined) throw new RangeError('Two classes match the same patterns.');
    classes = classes.and(columns.of(further));
    include = narrowed(include, columns.pattern(further));
  }
};

/** One pattern instead of two, wherever the syntax of policies has one. */
const narrowed = (include: readonly Pattern[], further: Pattern): readonly Pattern[] => {
  for (const [index, one] of include.entries()) {
    const both = intersect(one, further);
    const pattern = both && asPattern(both);
    if (pattern !== undefined) return include.with(index, pattern);
  }
  return [...include, further];
};

/** Patterns that remove classes: first those that remove nothing wanted, then others, but never one that matches `inside`. */
const exceptionsFor = (
  columns: Columns,
  bad: Bits,
  inside: ReadonlySet<number>,
  wanted: Bits,
): { readonly except: readonly number[]; readonly left: Bits } => {
  const candidates = new Set<number>();
  for (const index of bad.numbers())
    for (const number of columns.cut(index).matched) if (!inside.has(number)) candidates.add(number);
  const harmless = [...candidates].filter((number) => columns.of(number).common(wanted) === 0);

  const chosen: number[] = [];
  let left = bad;
  for (const list of [harmless, [...candidates]]) {
    while (!left.isEmpty) {
      const next = best(list, (number) => left.common(columns.of(number)));
      if (next === undefined) break;
      chosen.push(next);
      left = left.without(columns.of(next));
    }
  }
  return { except: withoutRedundant(columns, bad.without(left), chosen), left };
};

/** Leaves out, one after the other, what the rest removes as well. */
const withoutRedundant = (columns: Columns, bad: Bits, chosen: readonly number[]): readonly number[] => {
  const removed = chosen.map((number) => [...columns.of(number).and(bad).numbers()]);
  const times = new Map<number, number>();
  const add = (index: number, count: number): void => void times.set(index, (times.get(index) ?? 0) + count);
  for (const index of removed.flat()) add(index, 1);
  return chosen.filter((_, position) => {
    const indexes = removed[position] ?? [];
    if (!indexes.every((index) => (times.get(index) ?? 0) > 1)) return true;
    for (const index of indexes) add(index, -1);
    return false;
  });
};

/** The one with the highest value, the first of equals. @returns undefined if none has a value above zero */
const best = (numbers: readonly number[], valueOf: (number: number) => number): number | undefined => {
  let found: number | undefined;
  let highest = 0;
  for (const number of numbers) {
    const value = valueOf(number);
    if (value > highest) [found, highest] = [number, value];
  }
  return found;
};
