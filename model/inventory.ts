/**
 * The inventory as the rest of the program sees it: checked, defaults filled in, references resolved. Nothing
 * here is optional, and every name in it is safe to stand in a path, a policy name and a Terraform address.
 */

/** The two server programs this project knows; what differs between them stands in `model/dialect.ts`. */
export type Dialect = 'openbao' | 'vault';

/** Where the Terraform state of a stack is kept. */
export type StateBackend =
  | { readonly backend: 'local' }
  | {
      readonly backend: 's3';
      /** Name of the bucket. */
      readonly bucket: string;
      /** AWS region of the bucket. */
      readonly region: string;
      /** Key or alias ARN that encrypts the state. @default - the bucket's own key */
      readonly kmsKeyId?: string;
    };

/** One highly available deployment. From `inventory/clusters/<name>.yaml`. */
export interface Cluster {
  readonly name: string;
  readonly description: string;
  readonly dialect: Dialect;
  /** URL that clients use, `https://host:port`, without a trailing slash. */
  readonly address: string;
  /** State of the cluster's own stacks. */
  readonly state: StateBackend;
}

/** How an AppRole hands out tokens. All times in seconds. @see https://openbao.org/api-docs/auth/approle/ */
export interface AppRoleSettings {
  readonly tokenTtlSeconds: number;
  readonly tokenMaxTtlSeconds: number;
  /** `batch` tokens cost no storage write, and can be neither renewed nor revoked one by one. */
  readonly tokenType: 'service' | 'batch';
  /** Networks a token may be used from; empty: anywhere. */
  readonly tokenBoundCidrs: readonly string[];
  readonly secretIdTtlSeconds: number;
  /** Logins one SecretID is good for; 0: any number until it expires. */
  readonly secretIdNumUses: number;
  /** Networks a login may come from; empty: anywhere. */
  readonly secretIdBoundCidrs: readonly string[];
}

/** A named slice of a cluster. From `inventory/environments/<name>.yaml`. */
export interface Environment {
  readonly name: string;
  readonly description: string;
  readonly cluster: Cluster;
  /** State of the environment's stacks. */
  readonly state: StateBackend;
  /** Versions that the key-value engine keeps of each document. */
  readonly kvMaxVersions: number;
  /** What a tenant's AppRoles get unless it says otherwise. */
  readonly appRole: AppRoleSettings;
}

/** What a grant on documents can allow, in the words of the key-value engine's API. */
export type DocumentCapability = 'create' | 'read' | 'update' | 'delete';

/** Access to documents below the tenant's own folder, `v1/<environment>/kv/data/<tenant>/<path>`. */
export interface DocumentGrant {
  readonly environment: Environment;
  /** Relative to the tenant's folder, for example `vault-integ-test/*`. */
  readonly path: string;
  readonly capabilities: readonly DocumentCapability[];
}

/** One more policy of a tenant, with an AppRole of its own named `<policy>-role`. */
export interface CustomPolicy {
  readonly name: string;
  readonly reason: string;
  readonly grants: readonly DocumentGrant[];
}

/** A tenant in one environment, everything resolved. */
export interface TenantEnvironment {
  readonly environment: Environment;
  readonly appRole: AppRoleSettings;
  /** `create`: Terraform writes the first version once. `existing`: the document is there already and is left alone. */
  readonly keySet: 'create' | 'existing';
  /** The custom policies that exist in this environment. */
  readonly policies: readonly CustomPolicy[];
}

/** A project of a team. From `inventory/tenants/<team>/<name>.yaml`. */
export interface Tenant {
  readonly name: string;
  readonly team: string;
  readonly description: string;
  /** In the order the file names them; never empty. */
  readonly environments: readonly TenantEnvironment[];
}

/** All of `inventory/`, sorted by name. */
export interface Inventory {
  readonly clusters: readonly Cluster[];
  readonly environments: readonly Environment[];
  readonly tenants: readonly Tenant[];
}
