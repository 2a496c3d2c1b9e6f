/** Settings of a Kafka program, by their names in Kafka's documentation. */
export type Properties = Readonly<Record<string, string | number | boolean>>;

/** The text of a Java properties file, in the order given. */
export function propertiesText(properties: Properties): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${escape(String(value))}\n`)
    .join('');
}

/** Backslashes and line ends mean something else there, leading spaces are dropped, and other files are read as Latin-1. */
const escape = (value: string): string =>
  value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replace(/^ /, '\\ ')
    .replaceAll(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The files that an agent writes for one program. */
export interface Keystores {
  /**
   * Private key (PKCS #8, not encrypted), then its certificate, then the intermediate authorities that the other side may
   * lack, all PEM, in one file, so that it can be replaced at once. Mode 0600.
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

/** What a client is told: a producer, a consumer, or an administrator. */
export const clientProperties = (keystores: Keystores): Properties => ({
  'security.protocol': 'SSL',
  ...tlsProperties(keystores),
});

export interface BrokerSettings extends Keystores {
  /** Common name of the broker's certificate. */
  readonly brokerName: string;
  /** For clients, on 127.0.0.1. */
  readonly port: number;
  /** For itself: its controller listens there, on 127.0.0.1. */
  readonly controllerPort: number;
  readonly dataDirectory: string;
}

/**
 * A broker and its controller in one process (KRaft). Everybody shows a certificate, and is known by its common name if that is
 * all that its subject consists of; nobody but the broker may do anything that was not granted.
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
    // Any other subject stays as it is, which no grant names.
    'ssl.principal.mapping.rules': 'RULE:^CN=([a-z0-9.-]+)$/$1/,DEFAULT',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found': false,
    'super.users': `User:${brokerName}`,
    'auto.create.topics.enable': false,
    // There is one broker to keep copies.
    'offsets.topic.num.partitions': 1,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'group.initial.rebalance.delay.ms': 0,
  };
}

/** The one broker's number. */
export const brokerId = 1;
/** The listener whose keystore is read again, in the words of Kafka's dynamic settings. */
export const keystoreSetting = 'listener.name.clients.ssl.keystore.location';
