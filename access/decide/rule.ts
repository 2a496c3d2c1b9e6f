import type { StanzaReference } from './request';

/** How a pattern matches: the whole path, its beginning, or segment by segment (`+` is one segment, a final `*` any rest). */
export type RuleKind = 'exact' | 'prefix' | 'segments';

/** What a request must satisfy besides the capability. */
export interface RuleConditions {
  readonly allowedParameters: ReadonlyMap<string, readonly unknown[]>;
  readonly deniedParameters: ReadonlyMap<string, readonly unknown[]>;
  readonly requiredParameters: readonly string[];
  /** Seconds; 0 is no limit. */
  readonly minWrappingTtlSeconds: number;
  /** Seconds; 0 is no limit. */
  readonly maxWrappingTtlSeconds: number;
  readonly paginationLimit: number;
}

/** All stanzas with one pattern and kind, merged as the server merges them. */
export interface Rule {
  readonly kind: RuleKind;
  /** Pattern without the final `*` of a prefix; with `+` and `*` for segments. */
  readonly text: string;
  /** Pattern as written, for messages. */
  readonly path: string;
  /** Bit set of {@link capabilityBit}; only `deny` if a stanza denies. */
  readonly capabilities: number;
  readonly conditions?: RuleConditions;
  /** Stanzas that were merged, in the order of the policies. */
  readonly from: readonly StanzaReference[];
}
