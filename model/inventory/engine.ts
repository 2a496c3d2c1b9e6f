import type { MountTuning } from './tuning';

/** The key-value engine of version 2 that every environment has. */
export interface KeyValueSettings {
  /** Versions kept of each document. */
  readonly maxVersions: number;
  /** Whether every write must say which version it replaces. */
  readonly casRequired: boolean;
  /** Age at which versions are deleted. @default - never */
  readonly deleteVersionAfterSeconds?: number;
}

/** Kinds of key that encrypt, sign or authenticate. @see https://openbao.org/api-docs/secret/transit/#create-key */
export type TransitKeyType =
  | 'aes256-gcm96'
  | 'chacha20-poly1305'
  | 'ed25519'
  | 'ecdsa-p256'
  | 'ecdsa-p384'
  | 'rsa-2048'
  | 'rsa-3072'
  | 'rsa-4096'
  | 'hmac';

/** A key of a tenant in the environment's transit engine, `<tenant>-<name>`; it never leaves the server. */
export interface TransitKey {
  readonly name: string;
  readonly keyName: string;
  readonly type: TransitKeyType;
  /** Age at which a new version is made. @default - never: by hand */
  readonly autoRotateSeconds?: number;
  /** Whether one plaintext always gives one ciphertext, which shows what is equal. */
  readonly convergent: boolean;
  /** Whether Terraform may destroy it, and with it everything that it encrypted. */
  readonly deletable: boolean;
}

export type DatabasePlugin = 'postgresql' | 'mysql';

/** A database that credentials are made in. The password of its account is handed over by an operator, never in state. */
export interface DatabaseConnection {
  readonly name: string;
  readonly plugin: DatabasePlugin;
  /** With `{{username}}` and `{{password}}` where they go. */
  readonly connectionUrl: string;
  /** Account that makes the others. */
  readonly username: string;
  readonly maxOpenConnections: number;
  /** PEM of the authority that the database's certificate is from. @default - those that the server's machine trusts */
  readonly caCertificate?: string;
}

/** A role by which a tenant gets credentials of a database; `<tenant>-<name>` in the environment's database engine. */
export type DatabaseRole = {
  readonly name: string;
  readonly roleName: string;
  readonly connection: DatabaseConnection;
} & (
  | {
      /** An account of its own for each request, gone when its lease ends. */
      readonly kind: 'dynamic';
      /** Roles of the database that the account is made a member of. */
      readonly memberOf: readonly string[];
      /** Instead of `memberOf`: statements that make the account. Empty: those that follow from `memberOf`. */
      readonly creationStatements: readonly string[];
      readonly defaultTtlSeconds: number;
      readonly maxTtlSeconds: number;
    }
  | {
      /** An account that is there already, whose password is changed regularly. */
      readonly kind: 'static';
      readonly username: string;
      readonly rotationPeriodSeconds: number;
    }
);

/** The AWS engine of an environment. Its own credential is the server's instance role, or handed over by an operator. */
export interface AwsEngineSettings {
  readonly region: string;
  readonly iamEndpoint?: string;
  readonly stsEndpoint?: string;
  readonly defaultTtlSeconds: number;
  readonly maxTtlSeconds: number;
}

/** A role by which a tenant gets credentials of AWS; `<tenant>-<name>` in the environment's AWS engine. */
export interface AwsRole {
  readonly name: string;
  readonly roleName: string;
  readonly kind: 'assumed-role' | 'federation-token' | 'iam-user';
  /** Roles to assume; for `assumed-role` only, and then at least one. */
  readonly roleArns: readonly string[];
  /** Managed policies; for the other two. */
  readonly policyArns: readonly string[];
  /** A policy in AWS's JSON. @default - none */
  readonly policyDocument?: string;
  readonly defaultTtlSeconds: number;
  readonly maxTtlSeconds: number;
}

/** A role by which a tenant gets its SSH keys signed; `<tenant>-<name>` in the environment's SSH engine. */
export interface SshRole {
  readonly name: string;
  readonly roleName: string;
  readonly certificateType: 'user' | 'host';
  /** Accounts, or for hosts domains, that certificates may be made out to; never empty. */
  readonly principals: readonly string[];
  readonly extensions: readonly string[];
  readonly ttlSeconds: number;
  readonly maxTtlSeconds: number;
}

/** The engines of an environment, besides the key-value engine and its certificate authorities. */
export interface EnvironmentEngines {
  readonly keyValue: KeyValueSettings;
  /** Whether there is a key-value engine of version 1, without versions. */
  readonly keyValue1: boolean;
  readonly transit: boolean;
  /** @default - no database engine */
  readonly database?: { readonly connections: readonly DatabaseConnection[] };
  /** @default - no AWS engine */
  readonly aws?: AwsEngineSettings;
  readonly ssh: boolean;
  /** How engines are mounted, by their name: `keyValue`, `transit`, … */
  readonly tuning: Readonly<
    Partial<Record<'keyValue' | 'keyValue1' | 'transit' | 'database' | 'aws' | 'ssh', MountTuning>>
  >;
}
