import type { Operation } from '../decide/request';
import type { AccessModel, PlacedPolicy, Principal, Source } from '../principals/access-model';
import type { PrincipalChange } from '../sets/path-class';
import type { Danger } from './danger-level';

/** What happens to an access: `changed` is allowed before and after, under other conditions; `held` is not compared. */
export type Direction = 'gained' | 'changed' | 'lost' | 'held';

/** One `path` block with its text and the place that it comes from. */
export interface PlacedStanza {
  readonly policy: string;
  /** Pattern of the block. */
  readonly path: string;
  /** Line of the block in the text of the policy, from 1. */
  readonly line: number;
  /** The block as it is written; empty for `root`, which has no text. */
  readonly text: string;
  /** Where the policy is declared. */
  readonly source?: Source;
}

/** Paths of one operation that one stanza decides. */
export interface Grant {
  readonly operation: Operation;
  readonly include: string;
  /** Further patterns that the paths match. Mostly empty. */
  readonly within: readonly string[];
  readonly except: readonly string[];
  /** A concrete path of the set. */
  readonly witness: string;
  readonly conditions: readonly string[];
  /** Conditions before, of what is `changed`. */
  readonly conditionsBefore?: readonly string[];
  readonly stanza: PlacedStanza;
}

/** A principal on one server, and whether it exists before and after. */
export interface Holder extends Omit<Principal, 'policies'> {
  readonly cluster?: string;
  readonly presence: PrincipalChange['presence'];
}

/** One line of a report: what one principal can do with one set of things, in the words of people. */
export interface Entry {
  readonly holder: Holder;
  readonly direction: Direction;
  /** Whether conditions that change allow nothing that was not allowed before. */
  readonly isNarrower: boolean;
  /** For example `read`, `list`, `encrypt with`. */
  readonly verbs: readonly string[];
  /** Pattern inside {@link where}, without the words of the engine's API, for example `ledger/*`. */
  readonly what: string;
  /** Secret engine without its trailing slash. Absent if {@link what} is a whole path. */
  readonly where?: string;
  /** Patterns like {@link what} that the paths also match. Mostly empty. */
  readonly within: readonly string[];
  /** Patterns like {@link what} that are not included. */
  readonly except: readonly string[];
  /** Secret engine, auth method or part of `sys/` that the paths belong to: a column of the map. */
  readonly area: string;
  /** In the order of the operations. */
  readonly grants: readonly Grant[];
  readonly danger: Danger;
}

/** Finds the lines of an inventory that access comes from, in place of those that a model has. */
export interface Places {
  ofStanza(policy: PlacedPolicy, path: string): Source | undefined;
  ofPrincipal(principal: Principal): Source | undefined;
}

/** A model and where it comes from. */
export interface PlacedModel {
  readonly model: AccessModel;
  /** @default - the sources in the model */
  readonly places?: Places;
}

/** One server before and after. A server that exists once has one model. */
export interface Comparison {
  readonly before?: PlacedModel;
  readonly after?: PlacedModel;
  readonly changes: readonly PrincipalChange[];
}

/** What a report is about. */
export interface Report {
  readonly kind: 'diff' | 'access';
  /** What was compared, for example `main`. Absent for the access itself. */
  readonly before?: string;
  readonly after: string;
  /** Principals that were examined. */
  readonly principals: number;
  /** What is not part of the answer, one sentence each without a full stop: nothing is proven about it. */
  readonly gaps: readonly string[];
  /** Most dangerous first. */
  readonly entries: readonly Entry[];
}
