import type { Gap, Mount, Owner, PrincipalKind, Source, TokenSettings } from './access-model';

interface Placed {
  readonly owner?: Owner;
  readonly source?: Source;
}

/** A policy as it is written to a server. */
export interface PolicyObject extends Placed {
  readonly name: string;
  readonly text: string;
}

/** A role, user, group or certificate of an auth method: something with policies that clients log in by. */
export interface LoginObject extends Placed {
  readonly kind: PrincipalKind;
  /** Path of the auth mount without `auth/`. */
  readonly mount: string;
  /** Name of the collection in the API: `role`, `users`, `groups` or `certs`. */
  readonly collection: string;
  readonly name: string;
  readonly policies: readonly string[];
  readonly noDefaultPolicy: boolean;
  /** @default - not known */
  readonly token?: TokenSettings;
  /** Names that the auth method gives the clients in identity; `*` stands for any text. */
  readonly aliasNames: readonly string[];
}

/** Policies of a token role: what tokens that are created by it may have. */
export interface TokenRoleObject extends Placed {
  readonly name: string;
  readonly allowedPolicies: readonly string[];
  /** `*` at the beginning or the end stands for any text. */
  readonly allowedPoliciesGlob: readonly string[];
  readonly disallowedPolicies: readonly string[];
  readonly disallowedPoliciesGlob: readonly string[];
  readonly noDefaultPolicy: boolean;
}

/** Settings of an auth method that concern all of its logins. */
export interface MethodSettings {
  readonly mount: string;
  readonly policies: readonly string[];
  readonly noDefaultPolicy: boolean;
}

/** A token that is not issued by a role, for example the one of an administrator. */
export interface TokenObject {
  readonly name: string;
  readonly policies: readonly string[];
}

export interface EntityObject extends Placed {
  /** The server's id, or a text that stands for it until the server generates it. */
  readonly id: string;
  readonly name: string;
  readonly policies: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Whether the server refuses requests of its tokens. */
  readonly disabled: boolean;
}

/** The name of a client at an auth method, and the entity that it belongs to. */
export interface AliasObject {
  /** The server's id, or a text that stands for it. */
  readonly id: string;
  readonly name: string;
  /** Path of the auth mount without `auth/`. */
  readonly mount: string;
  readonly accessor: string;
  readonly entityId: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly customMetadata: Readonly<Record<string, string>>;
}

export interface GroupObject extends Placed {
  readonly id: string;
  readonly name: string;
  readonly policies: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly memberEntityIds: readonly string[];
  /** Their members are members of this group as well. */
  readonly memberGroupIds: readonly string[];
}

/** What a server is configured with, wherever it was read from. Objects are added one by one. */
export class ServerObjects {
  public readonly policies: PolicyObject[] = [];
  public readonly logins: LoginObject[] = [];
  public readonly methods: MethodSettings[] = [];
  public readonly tokenRoles: TokenRoleObject[] = [];
  public readonly tokens: TokenObject[] = [];
  public readonly entities: EntityObject[] = [];
  public readonly aliases: AliasObject[] = [];
  public readonly groups: GroupObject[] = [];
  public readonly mounts: Mount[] = [];
  public readonly gaps: Gap[] = [];
}
