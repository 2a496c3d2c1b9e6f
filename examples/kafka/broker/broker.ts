import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { lastLines, readIfThere, writePrivateFile } from '../../../files/private-files';
import { freePorts } from '../../../local/cluster/ports';
import { runningProcess, startDetached, stopProcess, waitUntil } from '../../../local/cluster/processes';
import { PlatformError } from '../../../model/errors';
import type { KafkaProgram } from '../program/kafka-program';
import { javaArguments, mainClass, refusalsIn, type Revocation } from './java';
import { brokerId, brokerProperties, clientProperties, keystoreSetting, propertiesText } from './properties';
import type { Keystores } from './properties';
import { firstCertificate, servedCertificate } from './tls';
import { runTool, toolCommand } from './tool';

export interface KafkaBrokerOptions extends Keystores {
  /** An existing private folder for data, log and settings. */
  readonly directory: string;
  /** File with the id of its process, which a guard can watch. @default - `pid` in the folder */
  readonly pidFile?: string;
  readonly program: KafkaProgram;
  /**
   * Common name of the broker's certificate, which must be valid for servers and clients: the broker connects to its own
   * controller, and is the administrator. A renewal must not change the subject or the host names.
   */
  readonly brokerName: string;
  readonly revocation: Revocation;
}

/**
 * One Kafka broker on 127.0.0.1 (KRaft: controller and broker in one process), with mutual TLS and access lists. It checks
 * whether the certificates of clients are revoked.
 */
export class KafkaBroker {
  /** Creates the settings and the data of a new broker. @throws PlatformError `cluster` */
  public static async create(options: KafkaBrokerOptions): Promise<KafkaBroker> {
    const [port = 0, controllerPort = 0] = await freePorts(2, []);
    const broker = new KafkaBroker(options, port);
    const settings = { ...options, port, controllerPort, dataDirectory: path.join(options.directory, 'data') };
    mkdirSync(settings.dataDirectory, { mode: 0o700 });
    writePrivateFile(broker.settingsFile, propertiesText(brokerProperties(settings)));
    writePrivateFile(broker.adminFile, propertiesText(clientProperties(options)));
    await runTool({
      ...broker.javaOptions,
      mainClass: 'kafka.tools.StorageTool',
      args: ['format', '--cluster-id', newId(), '--config', broker.settingsFile],
    });
    return broker;
  }

  /** Log of Kafka and Java. */
  public readonly logFile: string;
  private readonly settingsFile: string;
  private readonly adminFile: string;
  private readonly pidFile: string;

  private constructor(
    private readonly options: KafkaBrokerOptions,
    public readonly port: number,
  ) {
    const at = (name: string): string => path.join(options.directory, name);
    this.logFile = at('broker.log');
    this.settingsFile = at('server.properties');
    this.adminFile = at('admin.properties');
    this.pidFile = options.pidFile ?? at('pid');
  }

  /** Address for clients. */
  public get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /**
   * Command that makes a running broker reload its keystore. An agent runs it after each renewal. It must run before the
   * previous certificate expires, because it connects to the broker.
   *
   * @see https://kafka.apache.org/documentation/#dynamicbrokerconfigs
   */
  public get reloadCommand(): readonly [string, ...string[]] {
    const setting = `${keystoreSetting}=${this.options.keystoreFile}`;
    // Writing the setting again, even unchanged, reloads the file for all listeners and the broker's own connections.
    return toolCommand({
      ...this.javaOptions,
      mainClass: 'kafka.admin.ConfigCommand',
      args: this.admin('--alter', '--entity-type', 'brokers', '--entity-name', `${brokerId}`, '--add-config', setting),
    });
  }

  /** Starts it and waits until it serves. @throws PlatformError `cluster` with the end of its log */
  public async start(): Promise<void> {
    const { program, directory, revocation } = this.options;
    const since = Buffer.byteLength(readIfThere(this.logFile) ?? '');
    await startDetached({
      command: program.path,
      args: [...javaArguments({ heap: '256m', revocation }), ...mainClass(program, 'kafka.Kafka'), this.settingsFile],
      directory,
      environment: {},
      logFile: this.logFile,
      pidFile: this.pidFile,
    });
    const isUp = (): boolean => this.logSince(since).includes('Kafka Server started');
    await waitUntil(() => !this.isRunning || isUp(), 120_000, 100);
    if (this.isRunning && isUp()) return;
    await this.stop();
    throw new PlatformError('cluster', [
      {
        message: 'Kafka does not start',
        given: reasonIn(this.logSince(since)) ?? lastLines(this.logFile, since),
        fix: `see ${this.logFile}`,
      },
    ]);
  }

  /** Stops it; it can be started again. */
  public async stop(): Promise<void> {
    await stopProcess(this.pidFile, [
      ['SIGTERM', 20_000],
      ['SIGKILL', 5000],
    ]);
  }

  /** Reloads the renewed keystore, and waits until it serves the certificate. Connections stay open. @throws PlatformError `cluster` */
  public async reload(): Promise<void> {
    const [command, ...args] = this.reloadCommand;
    await runTool({ command, args });
    const wanted = firstCertificate(this.options.keystoreFile).fingerprint256;
    const isServed = async (): Promise<boolean> =>
      (await servedCertificate(this.port, this.options)).fingerprint256 === wanted;
    if (await waitUntil(isServed, 20_000, 200)) return;
    throw new PlatformError('cluster', [
      {
        message: 'Kafka does not accept its renewed certificate',
        given: this.options.keystoreFile,
        allowed: 'the subject and host names of the previous certificate',
        fix: `see ${this.logFile}, or restart the broker`,
      },
    ]);
  }

  public async createTopic(topic: string): Promise<void> {
    await this.administer(
      'TopicCommand',
      '--create',
      '--topic',
      topic,
      '--partitions',
      '1',
      '--replication-factor',
      '1',
    );
  }

  /** @param name - common name of the client's certificate */
  public async allowProducing(name: string, topic: string): Promise<void> {
    await this.administer('AclCommand', '--add', '--allow-principal', `User:${name}`, '--producer', '--topic', topic);
  }

  /** @param name - common name of the client's certificate */
  public async allowConsuming(name: string, topic: string, group: string): Promise<void> {
    const resource = ['--topic', topic, '--group', group];
    await this.administer('AclCommand', '--add', '--allow-principal', `User:${name}`, '--consumer', ...resource);
  }

  /** Reasons why it refused certificates, oldest first. */
  public get refusals(): string[] {
    return refusalsIn(readIfThere(this.logFile) ?? '');
  }

  private get isRunning(): boolean {
    return runningProcess(this.pidFile) !== undefined;
  }

  private get javaOptions(): { program: KafkaProgram; revocation: Revocation } {
    return { program: this.options.program, revocation: this.options.revocation };
  }

  private logSince(bytes: number): string {
    return Buffer.from(readIfThere(this.logFile) ?? '')
      .subarray(bytes)
      .toString();
  }

  private admin(...args: readonly string[]): string[] {
    return ['--bootstrap-server', this.address, '--command-config', this.adminFile, ...args];
  }

  private async administer(tool: string, ...args: readonly string[]): Promise<void> {
    const mainClass = `org.apache.kafka.tools.${tool}`;
    await runTool({ ...this.javaOptions, mainClass, args: this.admin(...args) });
  }
}

const reasonIn = (log: string): string | undefined =>
  /^.*(?:ERROR|FATAL).*$/m.exec(log) === null ? undefined : [...log.matchAll(/Caused by: (.*)/g)].at(-1)?.[1];

/** A random id like those of Kafka: 16 bytes that do not begin like an option. */
function newId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? newId() : id;
}
