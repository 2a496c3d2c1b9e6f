import type { Bits } from './bits';
import type { Columns } from './columns';
import { asPattern, intersect } from './intersect';
import type { Pattern } from './pattern';
import { costOf, limitedTo, type Term } from './term';

/**
 * Describes classes by few, short terms whose union is exactly these.
 *
 * @param isAnchor whether a pattern can begin a term: all that it matches must be among the classes of `columns`
 */
export const describe = (columns: Columns, target: Bits, isAnchor: (number: number) => boolean): readonly Term[] => {
  const terms: Term[] = [];
  let open = target;
  for (const around of fromGeneral(columns, target)) {
    if (!open.has(around)) continue;
    let chosen: { readonly term: Term; readonly value: number } | undefined;
    for (const start of starts(columns, around, isAnchor)) {
      const term = limitedTo(columns, start, { target, wanted: open, around });
      const value = term.classes.common(open) / costOf(term);
      if (chosen === undefined || value > chosen.value) chosen = { term, value };
    }
    if (chosen === undefined) throw new RangeError('A class matches no pattern that can begin a term.');
    terms.push(chosen.term);
    open = open.without(chosen.term.classes);
  }
  return withoutRedundant(terms, target);
};

/** Classes of a set, those that few patterns match first. */
export const fromGeneral = (columns: Columns, classes: Bits): readonly number[] =>
  [...classes.numbers()].sort(
    (a, b) =>
      columns.cut(a).matched.length - columns.cut(b).matched.length ||
      columns.cut(a).path.length - columns.cut(b).path.length,
  );

/** Patterns that a term around a class can begin with: anchors, and what they have in common with other patterns. */
const starts = function* (
  columns: Columns,
  around: number,
  isAnchor: (number: number) => boolean,
): Iterable<{ readonly pattern: Pattern; readonly classes: Bits }> {
  const { matched } = columns.cut(around);
  const anchors = matched.filter(isAnchor);
  const seen = new Set<string>();
  for (const number of anchors) {
    seen.add(columns.pattern(number).text);
    yield { pattern: columns.pattern(number), classes: columns.of(number) };
  }
  for (const number of anchors) {
    for (const other of matched) {
      const both = intersect(columns.pattern(number), columns.pattern(other));
      const pattern = both && asPattern(both);
      if (pattern === undefined || seen.has(pattern.text)) continue;
      seen.add(pattern.text);
      yield { pattern, classes: columns.of(number).and(columns.of(other)) };
    }
  }
};

const withoutRedundant = (terms: readonly Term[], target: Bits): readonly Term[] => {
  let kept = terms;
  for (const term of terms) {
    const others = kept.filter((other) => other !== term);
    if (others.reduce((rest, other) => rest.without(other.classes), target).isEmpty) kept = others;
  }
  return kept;
};
