import type { Operation, StanzaReference } from '../decide/request';

/** A set of paths that one stanza decides: everything that `include` matches, without what one of `except` matches. Never empty. */
export interface PathClass {
  /** Pattern in the syntax of policies, for example `v1/devel/kv/data/ledger/*`. */
  readonly include: string;
  /** Patterns in the syntax of policies, as few as possible. */
  readonly except: readonly string[];
  /** A path of the set. */
  readonly witness: string;
  /** Stanza that decides in favour of the paths. */
  readonly by: StanzaReference;
  /** Parameter constraints and wrapping TTLs that limit the access, in words; values of parameters make it "not proven". */
  readonly conditions: readonly string[];
}

/** Paths of one operation that a principal gains and loses. Exact: both are empty only if nothing changes. */
export interface OperationChange {
  readonly operation: Operation;
  readonly gained: readonly PathClass[];
  readonly lost: readonly PathClass[];
  /** Paths that stay allowed under other conditions (parameters, wrapping TTLs). */
  readonly conditionsChanged: readonly PathClass[];
}

export interface PrincipalChange {
  /** Id of the principal. */
  readonly principal: string;
  /** Whether it exists in only one of the two. */
  readonly presence: 'both' | 'added' | 'removed';
  readonly operations: readonly OperationChange[];
}
