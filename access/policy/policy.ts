/** Place in a policy text. Both count from 1; columns count characters. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Capabilities in the order in which they are printed. */
export const capabilities = [
  'create',
  'read',
  'update',
  'patch',
  'delete',
  'list',
  'scan',
  'sudo',
  'recover',
  'subscribe',
  'deny',
] as const;

export type Capability = (typeof capabilities)[number];

/** Value of a parameter in a policy or a request, as in JSON. */
export type ParameterValue =
  string | number | boolean | null | readonly ParameterValue[] | { readonly [key: string]: ParameterValue };

/** Values by parameter, in lower case; an empty list means any value. `*` is any other parameter. */
export type ParameterRules = ReadonlyMap<string, readonly ParameterValue[]>;

/** One `path` block of a policy. */
export interface Stanza {
  /** Pattern without the leading slash that the server drops, for example `secret/data/+/app-*`. */
  readonly path: string;
  /** Place of the block. */
  readonly position: Position;
  /** In the order of {@link capabilities}, each once. `deny` stands alone. */
  readonly capabilities: readonly Capability[];
  readonly allowedParameters: ParameterRules;
  readonly deniedParameters: ParameterRules;
  /** In lower case. */
  readonly requiredParameters: readonly string[];
  /** Seconds; 0 is no limit. */
  readonly minWrappingTtlSeconds: number;
  /** Seconds; 0 is no limit. */
  readonly maxWrappingTtlSeconds: number;
  /** OpenBao: largest page of a LIST; 0 is no limit. */
  readonly paginationLimit: number;
  /** OpenBao: milliseconds since 1970, after which the stanza does not count. */
  readonly expiresAt?: number;
  /** Text of the attribute `comment`. */
  readonly comment?: string;
  /** OpenBao: template of the path that a key of a LIST must be readable at to be listed. */
  readonly listFilterPath?: string;
  /** Vault: event types that `subscribe` is limited to. */
  readonly subscribeEventTypes: readonly string[];
  /** Names of the MFA methods that a request must pass. */
  readonly mfaMethods: readonly string[];
  /** Approvals that a request needs. */
  readonly controlGroup?: ControlGroup;
}

/** Approvals that a request needs besides its capability. */
export interface ControlGroup {
  /** Seconds that a request waits for approvals; 0 is the default of the server. */
  readonly ttlSeconds: number;
  /** OpenBao: whether the person who requests may approve. */
  readonly selfApproval: boolean;
  readonly factors: readonly ControlGroupFactor[];
}

/** One kind of approval. */
export interface ControlGroupFactor {
  readonly name: string;
  /** Capabilities that need the approval; all if empty (Vault only). */
  readonly capabilities: readonly string[];
  readonly groupNames: readonly string[];
  /** Vault only. */
  readonly groupIds: readonly string[];
  readonly approvals: number;
}

/** A policy as a server stores it. */
export interface Policy {
  readonly name: string;
  /** In the order of the text. */
  readonly stanzas: readonly Stanza[];
  /** The policy `root`, which allows everything and has no text. */
  readonly isRoot: boolean;
  /** OpenBao: what values of identity templates may contain. The server stores it beside the text. */
  readonly templateValues: { readonly wildcards: boolean; readonly slashes: boolean };
}

/** A reason for which a server refuses a policy text, or for which this parser does. */
export class PolicyError extends Error {
  constructor(
    message: string,
    /** Absent if the server gives none and it cannot be determined. */
    public readonly position?: Position,
  ) {
    super(message);
    this.name = 'PolicyError';
  }
}
