/** The two server programs that this project knows. */
export type Dialect = 'openbao' | 'vault';

/** What differs between the two servers, as far as this project meets it: that of OpenBao. */
const openbao = {
  /** Name for people. */
  title: 'OpenBao',
  /** Name of the program, for the server and for its command line. */
  binary: 'bao',
  /** Begins the names of environment variables: `<prefix>_ADDR`, `<prefix>_TOKEN`. */
  envPrefix: 'BAO',
  /** Table that the PostgreSQL storage keeps data in, and the one for its lock. */
  storageTable: 'openbao_kv_store',
  lockTable: 'openbao_ha_locks',
  /** Whether the server creates those tables itself. */
  createsTables: true,
  /** Begins the labels that the server puts on its pods: `<prefix>-active`. */
  labelPrefix: 'openbao',
  /** Capabilities that only this server has. */
  extraCapabilities: ['scan'],
  /** Where audit devices are declared: in the server's configuration, or by its API (and so by Terraform). */
  audit: 'configuration' as 'configuration' | 'api',
  /** Whether the AWS engine and the AWS auth method are built in. */
  aws: false,
  /** Whether the LDAP auth method is built in. */
  ldap: false,
  /** Whether the database engine takes the CA of a PostgreSQL; where not, it ignores it silently. */
  postgresqlCa: false,
  /** Whether the server can limit the number of leases. Only Vault Enterprise can, which this project does not support. */
  leaseCountQuotas: false,
  /** Whether the seals of clouds are built in: OpenBao 2.7 has them as plugins alone. */
  cloudSeals: false,
  /** Whether the server can store its data in DynamoDB. */
  dynamoDb: false,
  /** Setting that keeps standbys from serving reads; undefined where they never do. */
  standbyReadsSetting: 'disable_standby_reads' as string | undefined,
  /** Setting of the listener that keeps unseal keys from making a root token; undefined where none does. */
  generateRootSetting: 'disable_unauthed_generate_root_endpoints' as string | undefined,
  /** Setting of a listener that serves nothing but metrics; undefined where none does. */
  metricsOnlySetting: 'metrics_only' as string | undefined,
  /** Setting that lets the server run without locking its memory; undefined where it has none. */
  mlockSetting: undefined as string | undefined,
  /** Setting of the agent for the share of a certificate's life after which it is renewed; undefined where that is always 9/10. */
  renewalThresholdSetting: undefined as string | undefined,
  /** Container image of the program, which the agent is a part of; by the digest of its index for all architectures. */
  image: 'openbao/openbao:2.7.1@sha256:6d2b93856e3fcf7b18ad855a0b51eaba474dc8b79cf554379ea32034797d2acf',
};

type DialectTraits = Readonly<typeof openbao>;

const vault: DialectTraits = {
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
  image: 'hashicorp/vault:1.21.4@sha256:4e33b126a59c0c333b76fb4e894722462659a6bec7c48c9ee8cea56fccfd2569',
};

/** The one table of differences. @see https://openbao.org/docs/ @see https://developer.hashicorp.com/vault/docs */
export const dialects: Readonly<Record<Dialect, DialectTraits>> = { openbao, vault };
