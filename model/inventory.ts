/**
 * The inventory as the rest of the program sees it: checked, defaults filled in, references resolved. What is optional
 * here is absent on purpose, and every name in it is safe to stand in a path, a policy name and a Terraform address.
 */
import type { AuthMethod } from './inventory/auth-method';
import type { Authority } from './inventory/authority';
import type { EnvironmentEngines } from './inventory/engine';
import type { AppRoleSettings } from './inventory/login';
import type { KubernetesServer } from './inventory/server';
import type { Quotas, Tenant } from './inventory/tenant';

export type * from './inventory/auth-method';
export type * from './inventory/authority';
export type * from './inventory/engine';
export type * from './inventory/grant';
export type * from './inventory/login';
export type * from './inventory/server';
export type * from './inventory/tenant';
export type * from './inventory/tuning';

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
  /** Auth methods besides AppRole and tokens, by name, in the order of the file. */
  readonly authMethods: readonly AuthMethod[];
  /** Headers of requests that the audit log shows, hashed. */
  readonly auditedHeaders: readonly string[];
  /** The servers themselves, where this project deploys them. @default - they run elsewhere (`platform: external`) */
  readonly server?: KubernetesServer;
}

/** A cluster whose servers this project deploys. */
export type DeployedCluster = Cluster & { readonly server: KubernetesServer };

/** A named slice of a cluster. From `inventory/environments/<name>.yaml`. */
export interface Environment {
  readonly name: string;
  readonly description: string;
  readonly cluster: Cluster;
  /** State of the environment's stacks. */
  readonly state: StateBackend;
  readonly engines: EnvironmentEngines;
  /** Certificate authorities, those that sign others before those that are signed. */
  readonly authorities: readonly Authority[];
  /** Mount of the AppRole method that the environment uses: the cluster's own, or one of its own. */
  readonly appRoleMount: string;
  /** Auth methods of the cluster that tenants of the environment may log in by. */
  readonly trusts: readonly AuthMethod[];
  /** What a tenant's AppRoles get unless it says otherwise. */
  readonly appRole: AppRoleSettings;
  /** Limits on the environment's key-value engine as a whole. */
  readonly quotas: Quotas;
}

/** All of `inventory/`, sorted by name. */
export interface Inventory {
  readonly clusters: readonly Cluster[];
  readonly environments: readonly Environment[];
  readonly tenants: readonly Tenant[];
}
