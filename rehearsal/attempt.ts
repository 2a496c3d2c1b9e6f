import type { Operation } from '../access/decide/request';
import type { Principal, Source } from '../access/principals/access-model';

/** Why something is tried: an entry of `expect`, a path that a change adds or removes, or another tenant's data. */
export type AttemptReason = 'expectation' | 'witness' | 'isolation';

/** A request that a principal makes on the throwaway cluster. */
export interface Attempt {
  readonly reason: AttemptReason;
  readonly principal: Principal;
  readonly operation: Operation;
  /** Without `/v1/`. */
  readonly path: string;
  /** Entry of the inventory that it comes from. */
  readonly place?: Source;
}

/** What became of an {@link Attempt}. */
export type Outcome =
  /** The server decided as computed. */
  | 'as-computed'
  /** The server decided otherwise: a defect of the analysis, or a cluster that is not the computed one. */
  | 'differs'
  /** Not sent, or the answer does not show what the policies decide. */
  | 'not-tried';

export interface AttemptResult {
  readonly attempt: Attempt;
  readonly outcome: Outcome;
  /** What was computed. Absent if it was not tried. */
  readonly computed?: boolean;
  /** HTTP status for the principal. */
  readonly status?: number;
  /** Why it was not tried. */
  readonly note?: string;
}
