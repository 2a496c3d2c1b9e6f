import type { Operation } from '../decide/request';
import { neededBit } from '../decide/requirements';
import type { Rule } from '../decide/rule';
import { sudoPaths } from '../decide/sudo-paths';
import type { Server } from '../servers';
import { Columns } from './columns';
import { cut, TooManyClassesError, type Cut, type CutOptions } from './cut';
import { meets } from './intersect';
import type { Limits } from './limits';
import { fullForm, trimmedForm } from './list-form';
import { patternOf, patternOfRule, type Pattern } from './pattern';
import { rulesOf, Side, type Rules } from './side';
import { TooManyPatternsError } from './too-many-patterns-error';
import { Vocabulary } from './vocabulary';

/** Two principals, or one at two times. */
export interface Sides {
  /** Absent if it did not exist. */
  readonly before: Rules | undefined;
  /** Absent if it no longer exists. */
  readonly after: Rules | undefined;
}

/** What both sides demand for the paths of a class; undefined if a side allows none. */
export interface Verdict {
  readonly before: Limits | undefined;
  readonly after: Limits | undefined;
}

/** The classes of paths about which two sides can decide differently, and how they decide. */
export interface Comparison {
  readonly columns: Columns;
  /** Whether everything that a pattern matches is in one of the classes. */
  readonly isAnchor: (number: number) => boolean;
  /** Whether a side can allow the operation for paths of the classes: where it cannot, both sides decide alike. Fast. */
  readonly isPossible: (operation: Operation) => boolean;
  /** @param index of a class */
  readonly verdict: (index: number, operation: Operation) => Verdict;
}

/**
 * Compares two sides. Paths that no differing rule matches are left out, because both sides decide alike about them.
 *
 * @returns a function with a parameter: whether LIST and SCAN are compared, or all other operations. What it returns throws
 * TooManyPatternsError when its classes are first used
 */
export const compare = ({ before, after }: Sides): ((listing: boolean) => Comparison) => {
  const rules = { before: before ? rulesOf(before) : [], after: after ? rulesOf(after) : [] };
  const all = [...rules.before, ...rules.after];
  const differing = before?.server === after?.server ? differences(rules.before, rules.after) : new Set(all);
  const patterns = new Map(all.map((rule) => [rule, patternOfRule(rule)]));

  const compareOf = (listing: boolean): Comparison => {
    const near = differing.size === all.length ? differing : nearTo(differing, patterns, listing);
    const capabilities = [...near].reduce((bits, rule) => bits | rule.capabilities, 0);
    const classes = lazy(() => {
      const vocabulary = new Vocabulary();
      const sideOf = (acl: Rules | undefined, own: readonly Rule[]): Side | undefined =>
        acl &&
        new Side(
          acl,
          own.filter((rule) => near.has(rule)),
          listing,
          vocabulary,
        );
      const sides = { before: sideOf(before, rules.before), after: sideOf(after, rules.after) };
      const anchors = new Set(
        [sides.before, sides.after].flatMap((side) => side?.patternsOf((rule) => differing.has(rule)) ?? []),
      );
      const relevant = [...anchors].map((number) => vocabulary.pattern(number));
      for (const server of new Set([before?.server, after?.server])) {
        if (server !== undefined) addSudoPaths(vocabulary, server, relevant, listing);
      }
      const isAnchor = (number: number): boolean => anchors.has(number);
      const cuts = anchors.size === 0 ? [] : cutOf(vocabulary.patterns, { listing, isRelevant: isAnchor }, near);
      const winners = cuts.map((one) => ({ before: sides.before?.winner(one), after: sides.after?.winner(one) }));
      return { columns: new Columns(cuts, vocabulary.patterns), isAnchor, sides, winners };
    });
    return {
      get columns() {
        return classes().columns;
      },
      isAnchor: (number) => classes().isAnchor(number),
      isPossible: (operation) => (capabilities & neededBit[operation]) !== 0,
      verdict: (index, operation) => {
        const { columns, sides, winners } = classes();
        const { path } = columns.cut(index);
        return {
          before: sides.before?.limits(winners[index]?.before, operation, path),
          after: sides.after?.limits(winners[index]?.after, operation, path),
        };
      },
    };
  };
  const [listings, others] = [lazy(() => compareOf(true)), lazy(() => compareOf(false))];
  return (listing) => (listing ? listings() : others());
};

const cutOf = (patterns: readonly Pattern[], options: CutOptions, rules: ReadonlySet<Rule>): readonly Cut[] => {
  try {
    return cut(patterns, options);
  } catch (error) {
    if (!(error instanceof TooManyClassesError)) throw error;
    const policies = new Set([...rules].flatMap(({ from }) => from.map(({ policy }) => policy)));
    throw new TooManyPatternsError([...policies].sort(), { cause: error });
  }
};

const lazy = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** Rules that are on one side only. */
const differences = (before: readonly Rule[], after: readonly Rule[]): ReadonlySet<Rule> => {
  const byKey = (rules: readonly Rule[]) => new Map(rules.map((rule) => [keyOf(rule), rule]));
  const sides = { before: byKey(before), after: byKey(after) };
  const found = new Set<Rule>();
  for (const [key, rule] of sides.before) if (!sides.after.has(key)) found.add(rule);
  for (const [key, rule] of sides.after) if (!sides.before.has(key)) found.add(rule);
  return found;
};

/** Rules that can match a path that one of some rules matches. */
const nearTo = (some: ReadonlySet<Rule>, patterns: ReadonlyMap<Rule, Pattern>, listing: boolean): ReadonlySet<Rule> => {
  const forms = [...patterns].map(([rule, pattern]) => ({ rule, own: listing ? listForms(pattern) : [pattern] }));
  const others = forms.flatMap(({ rule, own }) => (some.has(rule) ? own : []));
  const isNear = (own: readonly Pattern[]): boolean => own.some((form) => others.some((other) => meets(form, other)));
  return new Set(forms.flatMap(({ rule, own }) => (some.has(rule) || isNear(own) ? [rule] : [])));
};

const listForms = (pattern: Pattern): readonly Pattern[] => {
  const full = fullForm(pattern);
  return [...(full === undefined ? [] : [full]), trimmedForm(pattern).pattern];
};

/** Equal for rules that decide alike. */
const keyOf = ({ kind, text, capabilities, conditions }: Rule): string => {
  const start = `${kind} ${text} ${capabilities}`;
  if (conditions === undefined) return start;
  const { allowedParameters, deniedParameters, requiredParameters, ...others } = conditions;
  const { minWrappingTtlSeconds, maxWrappingTtlSeconds, paginationLimit } = others;
  const parts = [[...allowedParameters], [...deniedParameters], requiredParameters];
  return JSON.stringify([start, minWrappingTtlSeconds, maxWrappingTtlSeconds, paginationLimit, ...parts]);
};

/** Whether a path needs `sudo` divides classes too, if rules match such paths. */
const addSudoPaths = (vocabulary: Vocabulary, server: Server, relevant: readonly Pattern[], listing: boolean): void => {
  if (!relevant.some(canMatchSystem)) return;
  for (const path of sudoPaths[server]) {
    const pattern = listing ? fullForm(patternOf(path)) : patternOf(path);
    if (pattern !== undefined && relevant.some((other) => meets(pattern, other))) vocabulary.number(pattern);
  }
};

/** Whether a pattern can match a path of the mounts that every server has. */
const canMatchSystem = ({ pieces: [first = ''], pieces: { length }, open }: Pattern): boolean =>
  ['sys', 'auth', '+'].includes(first) ||
  (open && length === 1 && ['sys', 'auth'].some((name) => name.startsWith(first)));
