/** The two server programs that this project knows. */
export type Dialect = 'openbao' | 'vault';

/** What differs between the two servers, as far as this project meets it. */
export interface DialectTraits {
  /** Name for people. */
  readonly title: string;
  /** Name of the program, for the server and for its command line. */
  readonly binary: string;
  /** Begins the names of environment variables: `<prefix>_ADDR`, `<prefix>_TOKEN`. */
  readonly envPrefix: string;
  /** Table that the PostgreSQL storage keeps data in, and the one for its lock. */
  readonly storageTable: string;
  readonly lockTable: string;
  /** Whether the server creates those tables itself. */
  readonly createsTables: boolean;
  /** Begins the labels that the server puts on its pods: `<prefix>-active`. */
  readonly labelPrefix: string;
  /** Capabilities that only this server has. */
  readonly extraCapabilities: readonly string[];
  /** Where audit devices are declared: in the server's configuration, or by its API (and so by Terraform). */
  readonly audit: 'configuration' | 'api';
  /** Whether the AWS engine and the AWS auth method are built in. */
  readonly aws: boolean;
  /** Whether the LDAP auth method is built in. */
  readonly ldap: boolean;
  /** Whether the database engine takes the CA of a PostgreSQL; where not, it ignores it without a word. */
  readonly postgresqlCa: boolean;
  /** Whether the server can limit the number of leases. Vault can in its Enterprise edition, which nobody here has. */
  readonly leaseCountQuotas: boolean;
  /** Whether the seals of clouds are built in: OpenBao 2.7 has them as plugins alone. */
  readonly cloudSeals: boolean;
  /** Whether the server can store its data in DynamoDB. */
  readonly dynamoDb: boolean;
  /** Setting that keeps standbys from serving reads; undefined where they never do. */
  readonly standbyReadsSetting: string | undefined;
  /** Setting of the listener that keeps unseal keys from making a root token; undefined where none does. */
  readonly generateRootSetting: string | undefined;
  /** Setting of a listener that serves nothing but metrics; undefined where none does. */
  readonly metricsOnlySetting: string | undefined;
  /** Setting that lets the server run without locking its memory; undefined where it does not know one. */
  readonly mlockSetting: string | undefined;
  /** Setting of the agent for the share of a certificate's life after which it is renewed; undefined where that is always 9/10. */
  readonly renewalThresholdSetting: string | undefined;
  /** Container image of the program, which the agent is a part of. */
  readonly image: string;
}

/** The one table of differences. @see https://openbao.org/docs/ @see https://developer.hashicorp.com/vault/docs */
export const dialects: Readonly<Record<Dialect, DialectTraits>> = {
  openbao: {
    title: 'OpenBao',
    binary: 'bao',
    envPrefix: 'BAO',
    storageTable: 'openbao_kv_store',
    lockTable: 'openbao_ha_locks',
    createsTables: true,
    labelPrefix: 'openbao',
    extraCapabilities: ['scan'],
    audit: 'configuration',
    aws: false,
    ldap: false,
    postgresqlCa: false,
    leaseCountQuotas: false,
    cloudSeals: false,
    dynamoDb: false,
    standbyReadsSetting: 'disable_standby_reads',
    generateRootSetting: 'disable_unauthed_generate_root_endpoints',
    metricsOnlySetting: 'metrics_only',
    mlockSetting: undefined,
    renewalThresholdSetting: undefined,
    image: 'openbao/openbao:2.7.2',
  },
  vault: {
    title: 'Vault',
    binary: 'vault',
    envPrefix: 'VAULT',
    storageTable: 'vault_kv_store',
    lockTable: 'vault_ha_locks',
    createsTables: false,
    labelPrefix: 'vault',
    extraCapabilities: ['recover'],
    audit: 'api',
    aws: true,
    ldap: true,
    postgresqlCa: true,
    leaseCountQuotas: false,
    cloudSeals: true,
    dynamoDb: true,
    standbyReadsSetting: undefined,
    generateRootSetting: undefined,
    metricsOnlySetting: undefined,
    mlockSetting: 'disable_mlock',
    renewalThresholdSetting: 'lease_renewal_threshold',
    image: 'hashicorp/vault:1.21.1',
  },
};
