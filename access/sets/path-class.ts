import type { Operation, StanzaReference } from '../decide/request';

/**
 * A set of paths: everything that `include` matches and each of `within`, without what one of `except` matches. Never empty. Patterns
 * have the syntax of policies. Of a LIST and a SCAN the set contains only paths that end in `/`.
 */
export interface PathClass {
  /** For example `v1/devel/kv/data/ledger/*`. */
  readonly include: string;
  /** Empty, unless one pattern cannot express the set: `a/b*` and `a/+/c` have `a/bx/c` in common, for which policies have no syntax. */
  readonly within: readonly string[];
  /** As few as possible. */
  readonly except: readonly string[];
  /** A path of the set. */
  readonly witness: string;
  /** Stanza that decides about the witness, in favour of it. Others can decide about other paths of the set, under the same conditions. */
  readonly by: StanzaReference;
  /** Parameter constraints and wrapping TTLs that limit the access, in words; values of parameters make it "not proven". */
  readonly conditions: readonly string[];
}

/** Paths that stay allowed under other conditions. */
export interface ConditionsChange extends PathClass {
  /** Conditions of before; `conditions` are those of after. */
  readonly before: readonly string[];
  /** Whether every request that satisfies the new conditions satisfied the old ones. False also where that is not proven. */
  readonly isNarrower: boolean;
}

/** Paths of one operation that a principal gains and loses. Exact: all are empty only if nothing changes. */
export interface OperationChange {
  readonly operation: Operation;
  /** The union of these sets. */
  readonly gained: readonly PathClass[];
  /** The union of these sets. `by` is the stanza that allowed the witness. */
  readonly lost: readonly PathClass[];
  readonly conditionsChanged: readonly ConditionsChange[];
}

export interface PrincipalChange {
  /** Id of the principal. */
  readonly principal: string;
  /** Whether it exists in only one of the two. */
  readonly presence: 'both' | 'added' | 'removed';
  /** Operations of which something changes. */
  readonly operations: readonly OperationChange[];
}
