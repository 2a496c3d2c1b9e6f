import type { Identity } from '../decide/identity';
import type { Policy } from '../policy/policy';
import type { Server } from '../servers';

export const principalKinds = [
  'approle',
  'kubernetes',
  'jwt',
  'oidc',
  'ldap-group',
  'ldap-user',
  'userpass',
  'cert',
  'aws',
  'token-role',
  'token',
  'entity',
  'group',
] as const;

export type PrincipalKind = (typeof principalKinds)[number];

/** Where something is written: a Terraform address in a stack, a line of the inventory, or a path on a server. */
export interface Source {
  /** For example `devel-data: vault_policy.event-pipeline_ro`. */
  readonly address?: string;
  /** Relative to the working directory. */
  readonly file?: string;
  /** From 1. @default - the file is the text of the policy, so that its stanzas have their own lines */
  readonly line?: number;
}

/** Tenant that something belongs to. Absent for what the platform itself owns. */
export interface Owner {
  readonly team: string;
  readonly tenant: string;
  readonly environment: string;
}

/** Something that a login yields: everybody who logs in by it gets its policies. */
export interface Principal {
  /** Unique and stable: kind, mount and name, for example `approle:approle/role/ledger-devel-ro-role`. */
  readonly id: string;
  readonly kind: PrincipalKind;
  /** Path of the auth mount without `auth/`; `identity` for entities and groups, `token` for token roles. */
  readonly mount: string;
  readonly name: string;
  /** Names of all policies of the resulting token, sorted, without duplicates, `default` included where the server adds it. */
  readonly policies: readonly string[];
  /** How its tokens live. @default - not known */
  readonly token?: TokenSettings;
  /** Entity that clients have, for templates in policies. @default - not known before the login, or several with the same policies */
  readonly identity?: Identity;
  readonly owner?: Owner;
  readonly source?: Source;
}

/** Settings of the tokens that a login issues, in seconds; 0 is the default of the mount or the server. */
export interface TokenSettings {
  readonly type: 'service' | 'batch' | 'default';
  readonly ttlSeconds: number;
  readonly maxTtlSeconds: number;
  /** A token with a period is renewed for ever, unless it has an explicit maximum. */
  readonly periodSeconds: number;
  readonly explicitMaxTtlSeconds: number;
}

/** A policy with the place that it comes from. */
export interface PlacedPolicy {
  readonly policy: Policy;
  readonly text: string;
  readonly owner?: Owner;
  readonly source?: Source;
}

/** A secret engine: paths below it are read by the words of its kind. */
export interface Mount {
  /** With a trailing slash, for example `v1/devel/kv/`. */
  readonly path: string;
  /** `kv` (version 1), `kv-v2`, `pki`, `transit`, `database`, `ssh`, `aws`, …. */
  readonly type: string;
}

/** Something that the model lacks because it could not be determined, for example a reference to an unknown resource. */
export interface Gap {
  /** One sentence without a full stop. */
  readonly message: string;
  readonly source?: Source;
}

/** Everything about one server that access is computed from. */
export interface AccessModel {
  readonly server: Server;
  /** Name of the cluster, if it is known. */
  readonly cluster?: string;
  readonly policies: ReadonlyMap<string, PlacedPolicy>;
  /** Sorted by id. */
  readonly principals: readonly Principal[];
  /** Sorted by path. */
  readonly mounts: readonly Mount[];
  /** What the model lacks: answers that concern it can be wrong. @default - the model is complete */
  readonly gaps?: readonly Gap[];
}
