import type { Operation } from '../decide/request';
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
  /** @param index of a class */
  readonly verdict: (index: number, operation: Operation) => Verdict;
}

/**
 * Compares two sides. Paths that no differing rule matches are left out, because both sides decide alike about them.
 *
 * @param listing whether LIST and SCAN are compared, or all other operations
 * @throws TooManyPatternsError
 */
export const compare = ({ before, after }: Sides, listing: boolean): Comparison => {
  const differs = differing(before, after);
  const rules = { before: before ? rulesOf(before) : [], after: after ? rulesOf(after) : [] };
  const all = [...rules.before, ...rules.after];
  const different = all.filter(differs);
  const counts = different.length === all.length ? () => true : isNear(different, listing);
  const vocabulary = new Vocabulary();
  const sides = {
    before: before && new Side(before, rules.before.filter(counts), listing, vocabulary),
    after: after && new Side(after, rules.after.filter(counts), listing, vocabulary),
  };
  const anchors = new Set([sides.before, sides.after].flatMap((side) => side?.patternsOf(differs) ?? []));
  const relevant = [...anchors].map((number) => vocabulary.pattern(number));
  for (const server of new Set([before?.server, after?.server])) {
    if (server !== undefined) addSudoPaths(vocabulary, server, relevant, listing);
  }

  const isAnchor = (number: number): boolean => anchors.has(number);
  const cuts =
    anchors.size === 0 ? [] : cutOf(vocabulary.patterns, { listing, isRelevant: isAnchor }, all.filter(counts));
  const winners = cuts.map((one) => ({ before: sides.before?.winner(one), after: sides.after?.winner(one) }));
  return {
    columns: new Columns(cuts, vocabulary.patterns),
    isAnchor,
    verdict: (index, operation) => {
      const { path } = cuts[index] ?? missing(index);
      return {
        before: sides.before?.limits(winners[index]?.before, operation, path),
        after: sides.after?.limits(winners[index]?.after, operation, path),
      };
    },
  };
};

const cutOf = (patterns: readonly Pattern[], options: CutOptions, rules: readonly Rule[]): readonly Cut[] => {
  try {
    return cut(patterns, options);
  } catch (error) {
    if (!(error instanceof TooManyClassesError)) throw error;
    const policies = new Set(rules.flatMap(({ from }) => from.map(({ policy }) => policy)));
    throw new TooManyPatternsError([...policies].sort(), { cause: error });
  }
};

const missing = (index: number): Cut => {
  throw new RangeError(`There is no class ${index}.`);
};

/** Whether a rule is on one side only. Servers that differ decide differently by equal rules. */
const differing = (before: Rules | undefined, after: Rules | undefined): ((rule: Rule) => boolean) => {
  if (before?.server !== after?.server) return () => true;
  const keysOf = (side: Rules | undefined): ReadonlySet<string> => new Set(side && rulesOf(side).map(keyOf));
  const keys = { before: keysOf(before), after: keysOf(after) };
  return (rule) => {
    const key = keyOf(rule);
    return !keys.before.has(key) || !keys.after.has(key);
  };
};

/** Whether a rule can match a path that one of some rules matches. */
const isNear = (rules: readonly Rule[], listing: boolean): ((rule: Rule) => boolean) => {
  const forms = rules.flatMap((rule) => formsOf(rule, listing));
  return (rule) => formsOf(rule, listing).some((form) => forms.some((other) => meets(form, other)));
};

const formsOf = (rule: Rule, listing: boolean): readonly Pattern[] => {
  const pattern = patternOfRule(rule);
  if (!listing) return [pattern];
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
