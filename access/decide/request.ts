import type { ParameterValue, Position } from '../policy/policy';

/** What is done with a path. POST and PUT are `create` or `update`, by whether the item exists. */
export const operations = [
  'read',
  'list',
  'scan',
  'create',
  'update',
  'delete',
  'patch',
  'recover',
  'revoke',
  'renew',
  'rollback',
  'help',
] as const;

export type Operation = (typeof operations)[number];

/** A request, reduced to what a policy decides by. */
export interface AccessRequest {
  readonly operation: Operation;
  /** Without `/v1/`, for example `secret/data/app`. A LIST and a SCAN get their trailing slash if it is missing, as from the server. */
  readonly path: string;
  /** Body, or the query of a read, list or delete. @default - none */
  readonly parameters?: Readonly<Record<string, ParameterValue>> | null;
  /** Seconds. @default - no wrapping */
  readonly wrapTtlSeconds?: number | null;
  /** Whether the item exists: a `create` of something that exists is an `update`, and the reverse. @default - as `operation` says */
  readonly exists?: boolean | null;
}

/** A stanza of a named policy. */
export interface StanzaReference {
  readonly policy: string;
  /** Pattern of the stanza. */
  readonly path: string;
  readonly position: Position;
}

export interface Decision {
  readonly allowed: boolean;
  /** Stanza that decided. With identical patterns in several policies the first one that contributes. Absent if none matches. */
  readonly by?: StanzaReference;
  /** One sentence for people: which stanza decided and why it wins over others, or what is missing. */
  readonly reason: string;
}
