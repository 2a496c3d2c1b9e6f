import type { Environment } from '../inventory';
import type { CertificateRole } from './authority';
import type { AwsRole, DatabaseRole, SshRole, TransitKey } from './engine';
import type { Grant } from './grant';
import type { AppRoleSettings, Login } from './login';

/** One more policy of a tenant, and who gets it. */
export interface CustomPolicy {
  readonly name: string;
  readonly reason: string;
  readonly grants: readonly Grant[];
  /** Ways to log in with it, one of each type; never empty. */
  readonly logins: readonly Login[];
}

/** One identity over all ways in which the tenant's programs log in. */
export interface TenantIdentity {
  /** What templates in policies can use, besides `tenant`, `team` and `environment`; keys and values hold no `/`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Limits that keep a tenant from using up a cluster. */
export interface Quotas {
  /** Requests a second to what the quota is for. @default - no limit */
  readonly requestsPerSecond?: number;
  /** Logins a second of each of the tenant's roles. @default - no limit */
  readonly loginsPerSecond?: number;
  /** Leases at a time. Vault Enterprise only. @default - no limit */
  readonly maxLeases?: number;
}

/** A file that an agent writes. */
export type AgentFile =
  | {
      readonly type: 'certificate';
      readonly role: CertificateRole;
      readonly commonName: string;
      readonly altNames: readonly string[];
      readonly ipAddresses: readonly string[];
      /** How long each certificate is good for; renewed when two thirds of that are over, by OpenBao's agent nine tenths. */
      readonly ttlSeconds: number;
      /**
       * Key, certificate and issuer are one `<name>.pem`, since two files cannot be replaced at once; what others are verified
       * with is `<name>.ca.pem`. `pem`: up to the root, as OpenSSL wants it. `java`: the authority alone, as Kafka takes it.
       */
      readonly format: 'pem' | 'java';
      /** Names the files. */
      readonly name: string;
    }
  | {
      readonly type: 'document';
      /** Relative to the tenant's folder. */
      readonly path: string;
      /** Name of the file. */
      readonly name: string;
    };

/** What an agent on a host or in a pod does for a program. */
export interface Agent {
  readonly name: string;
  readonly policy: CustomPolicy;
  readonly files: readonly AgentFile[];
  /** Folder that the files go to, absolute. */
  readonly directory: string;
  /** Run after files have changed, without a shell. @default - nothing */
  readonly command?: readonly string[];
}

/** A tenant in one environment, everything resolved. */
export interface TenantEnvironment {
  readonly environment: Environment;
  readonly appRole: AppRoleSettings;
  /** `create`: Terraform writes the first version once. `existing`: it is there already. `none`: the tenant has none. */
  readonly keySet: 'create' | 'existing' | 'none';
  readonly certificates: readonly CertificateRole[];
  readonly keys: readonly TransitKey[];
  readonly databaseRoles: readonly DatabaseRole[];
  readonly awsRoles: readonly AwsRole[];
  readonly sshRoles: readonly SshRole[];
  /** The custom policies that exist in this environment. */
  readonly policies: readonly CustomPolicy[];
  /** @default - the server makes an identity for each login */
  readonly identity?: TenantIdentity;
  readonly quotas: Quotas;
  readonly agents: readonly Agent[];
}

/** A project of a team. From `inventory/tenants/<team>/<name>.yaml`. */
export interface Tenant {
  readonly name: string;
  readonly team: string;
  readonly description: string;
  /** In the order the file names them; never empty. */
  readonly environments: readonly TenantEnvironment[];
}
