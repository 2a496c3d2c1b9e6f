import type { Acl } from '../decide/acl';
import { operations, type Operation, type StanzaReference } from '../decide/request';
import { isListing } from '../decide/requirements';
import type { Bits } from './bits';
import { compare, type Comparison, type Verdict } from './comparison';
import { describe, fromGeneral } from './describe';
import { implies } from './limits';
import { limitsInWords } from './limits-in-words';
import type { ConditionsChange, OperationChange, PathClass, PrincipalChange } from './path-class';
import type { Term } from './term';

/**
 * Operations that a change is described for. Left out are `help`, which is always allowed, and those that no request has: `revoke`,
 * `renew` and `rollback` need the same as `update`.
 */
export const comparedOperations = operations.filter(
  (operation) => !['revoke', 'renew', 'rollback', 'help'].includes(operation),
);

/**
 * What a principal gains and loses, operation by operation. Exact: the sets contain all paths that are decided differently, and no
 * others. Identity templates count as {@link Acl.compile} filled them.
 *
 * @param before undefined if the principal did not exist
 * @param after undefined if it no longer exists
 * @param principal id, for the result
 * @throws TooManyPatternsError
 */
export const diffPrincipal = (before: Acl | undefined, after: Acl | undefined, principal: string): PrincipalChange => ({
  principal,
  presence: before === undefined ? 'added' : after === undefined ? 'removed' : 'both',
  operations: diffOperations(before, after, comparedOperations),
});

/** See {@link diffPrincipal}. Operations of which nothing changes are left out. */
export const diffOperations = (
  before: Acl | undefined,
  after: Acl | undefined,
  wanted: readonly Operation[],
): readonly OperationChange[] => {
  const comparisonOf = compare({ before, after });
  return wanted.flatMap((operation) => {
    const comparison = comparisonOf(isListing(operation));
    if (!comparison.isPossible(operation)) return [];
    const verdicts = comparison.columns.cuts.map((_, index) => comparison.verdict(index, operation));
    const sets = (pick: (verdict: Verdict) => string | undefined): readonly (readonly [Bits, Verdict])[] =>
      grouped(comparison, verdicts, pick);
    const classesOf =
      (acl: Acl | undefined, side: keyof Verdict) =>
      ([target, verdict]: readonly [Bits, Verdict]) =>
        pathClasses(comparison, target, { acl, operation, conditions: inWords(verdict[side]) });

    const gained = sets((one) => (one.before === undefined ? one.after?.key : undefined)).flatMap(
      classesOf(after, 'after'),
    );
    const lost = sets((one) => (one.after === undefined ? one.before?.key : undefined)).flatMap(
      classesOf(before, 'before'),
    );
    const conditionsChanged = sets(changeOfLimits).flatMap((set): ConditionsChange[] =>
      classesOf(
        after,
        'after',
      )(set).map((one) => ({
        ...one,
        before: inWords(set[1].before),
        isNarrower: isNarrower(set[1]),
      })),
    );
    return gained.length + lost.length + conditionsChanged.length === 0
      ? []
      : [{ operation, gained, lost, conditionsChanged }];
  });
};

const inWords = (limits: Verdict['before']): string[] => (limits === undefined ? [] : limitsInWords(limits));

const changeOfLimits = ({ before, after }: Verdict): string | undefined =>
  before === undefined || after === undefined || before.key === after.key ? undefined : `${before.key} ${after.key}`;

const isNarrower = ({ before, after }: Verdict): boolean =>
  before !== undefined && after !== undefined && implies(after, before);

/** Sets of classes with equal keys, with the verdict that they share; those without a key are left out. */
const grouped = (
  { columns }: Comparison,
  verdicts: readonly Verdict[],
  keyOf: (verdict: Verdict) => string | undefined,
): readonly (readonly [Bits, Verdict])[] => {
  const keys = verdicts.map(keyOf);
  const first = new Map<string, Verdict>();
  for (const [index, verdict] of verdicts.entries()) {
    const key = keys[index];
    if (key !== undefined && !first.has(key)) first.set(key, verdict);
  }
  return [...first].map(([key, verdict]) => [columns.where((index) => keys[index] === key), verdict]);
};

interface Described {
  /** Side that allows the paths. */
  readonly acl: Acl | undefined;
  readonly operation: Operation;
  readonly conditions: readonly string[];
}

const pathClasses = (
  { columns, isAnchor }: Comparison,
  target: Bits,
  { acl, operation, conditions }: Described,
): PathClass[] => {
  const toClass = ({ include: [include, ...within], except, classes }: Term): PathClass => {
    const [general = 0] = fromGeneral(columns, classes);
    const witness = columns.cut(general).path;
    return {
      include: include?.text ?? '*',
      within: within.map(({ text }) => text),
      except: except.map(({ text }) => text),
      witness,
      by: acl?.decide({ operation, path: witness }).by ?? root,
      conditions,
    };
  };
  return describe(columns, target, isAnchor)
    .map(toClass)
    .sort((a, b) => (a.include < b.include ? -1 : a.include > b.include ? 1 : 0));
};

/** The policy root has no text. */
const root: StanzaReference = { policy: 'root', path: '*', position: { line: 1, column: 1 } };
