/** Settings of a Kafka program, by their names in the documentation of Kafka. */
export type Properties = Readonly<Record<string, string | number | boolean>>;

/** The text of a Java properties file, in the order given. */
export function propertiesText(properties: Properties): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${escape(String(value))}\n`)
    .join('');
}

/** Escapes backslashes, line ends, leading spaces, and characters outside of ASCII, because Java reads these files as Latin-1. */
const escape = (value: string): string =>
  value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replace(/^ /, '\\ ')
    .replaceAll(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The files that an agent writes for one program. */
export interface Keystores {
  /**
   * Private key (PKCS #8, not encrypted), its certificate, and the intermediate authorities that the peer may lack, all PEM,
   * in one file, so that they are replaced atomically. Mode 0600.
   */
  readonly keystoreFile: string;
  /** Certificates of the authorities that are trusted, PEM: the root. */
  readonly truststoreFile: string;
}

/** Mutual TLS 1.3, with files in PEM. */
export const tlsProperties = ({ keystoreFile, truststoreFile }: Keystores): Properties => ({
  'ssl.enabled.protocols': 'TLSv1.3',
  'ssl.keystore.type': 'PEM',
  'ssl.keystore.location': keystoreFile,
  'ssl.truststore.type': 'PEM',
  'ssl.truststore.location': truststoreFile,
});

/** Settings of a client: a producer, a consumer, or an administrator. */
export const clientProperties = (keystores: Keystores): Properties => ({
  'security.protocol': 'SSL',
  ...tlsProperties(keystores),
});

export interface BrokerSettings extends Keystores {
  /** Common name of the broker's certificate. */
  readonly brokerName: string;
  /** Port for clients, on 127.0.0.1. */
  readonly port: number;
  /** Port of its controller, on 127.0.0.1. */
  readonly controllerPort: number;
  readonly dataDirectory: string;
}

/**
 * A broker and its controller in one process (KRaft). Every client presents a certificate. Its principal is the common name if
 * the subject has no other part. Except for the broker itself, a client can do only what was granted.
 *
 * @see https://kafka.apache.org/documentation/#security
 */
export function brokerProperties(settings: BrokerSettings): Properties {
  const { brokerName, port, controllerPort, dataDirectory } = settings;
  return {
    'node.id': brokerId,
    'process.roles': 'broker,controller',
    'controller.quorum.voters': `${brokerId}@127.0.0.1:${controllerPort}`,
    listeners: `CLIENTS://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `CLIENTS://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'CLIENTS:SSL,CONTROLLER:SSL',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'CLIENTS',
    'log.dirs': dataDirectory,
    ...tlsProperties(settings),
    'ssl.client.auth': 'required',
    // Any other subject is not changed, and matches no grant.
    'ssl.principal.mapping.rules': 'RULE:^CN=([a-z0-9.-]+)$/$1/,DEFAULT',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found': false,
    'super.users': `User:${brokerName}`,
    'auto.create.topics.enable': false,
    // There is only one broker to store replicas.
    'offsets.topic.num.partitions': 1,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'group.initial.rebalance.delay.ms': 0,
  };
}

/** Id of the only broker. */
export const brokerId = 1;
/** Kafka's dynamic setting that reloads the keystore of the listener. */
export const keystoreSetting = 'listener.name.clients.ssl.keystore.location';
