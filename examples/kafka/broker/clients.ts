import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { lastLinesOf, writePrivateFile } from '../../../files/private-files';
import { identify, sendSignal, waitUntil, writeIdentity } from '../../../local/cluster/processes';
import type { KafkaProgram } from '../program/kafka-program';
import { refusalsIn, type Revocation } from './java';
import { clientProperties, type Keystores, propertiesText } from './properties';
import { toolCommand } from './tool';

export interface KafkaClientOptions extends Keystores {
  readonly program: KafkaProgram;
  readonly revocation: Revocation;
  /** An existing private folder. */
  readonly directory: string;
  /** File with the id of its process, for a guard. */
  readonly pidFile: string;
  /** Address of the broker. */
  readonly address: string;
  readonly topic: string;
}

/** The used fields of the lines that Kafka's verifiable clients write. */
interface Line {
  readonly name?: string;
  readonly value?: string;
  readonly message?: string;
  readonly exception?: string;
}

/**
 * A client in its own Java process, which runs until it is stopped. Java clients read their keystore only at startup, so it
 * must be restarted after each renewal.
 */
abstract class KafkaClient {
  /** Errors, oldest first, without those that a retry resolved. */
  public readonly errors: string[] = [];
  private child: ChildProcess | undefined;
  private runs = 0;
  private said: string[] = [];

  protected constructor(protected readonly options: KafkaClientOptions) {
    writePrivateFile(this.propertiesFile, propertiesText({ ...clientProperties(options), ...this.settings() }));
  }

  /** Number of starts. */
  public get starts(): number {
    return this.runs;
  }

  /** Reasons why it refused the broker's certificate since its last start, oldest first. */
  public get refusals(): string[] {
    return refusalsIn(this.said.join('\n'));
  }

  /** Starts it and waits until it is ready; the broker may still refuse it later. */
  public async start(): Promise<void> {
    this.runs += 1;
    this.said = [];
    const { program, revocation, pidFile, directory } = this.options;
    const [command, ...args] = toolCommand({ program, revocation, ...this.tool(this.runs) });
    const child = spawn(command, args, { cwd: directory, env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    await once(child, 'spawn');
    writeIdentity(pidFile, identify(child.pid ?? 0) ?? { pid: child.pid ?? 0, started: 'never' });
    createInterface(child.stderr).on('line', (line) => this.said.push(line));
    const lines = createInterface(child.stdout);
    await new Promise<void>((resolve, reject) => {
      lines.on('line', (text) => {
        const line = parse(text);
        if (line === undefined) return;
        if (line.name === 'startup_complete') resolve();
        this.take(line);
      });
      child.once('exit', () => reject(new Error(`a Kafka client exited:\n${lastLinesOf(this.said.join('\n'))}`)));
    });
  }

  /** Stops it after it has finished its pending work. */
  public async stop(): Promise<void> {
    const { child } = this;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    const identity = identify(child.pid ?? 0);
    if (identity !== undefined) {
      sendSignal(identity, 'SIGTERM');
      const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
      if (!(await waitUntil(ended, 30_000))) sendSignal(identity, 'SIGKILL');
    }
    await closed;
  }

  public async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Waits until a condition holds. @returns whether it did in time */
  public async until(condition: () => boolean, milliseconds: number): Promise<boolean> {
    return await waitUntil(condition, milliseconds);
  }

  protected get propertiesFile(): string {
    return path.join(this.options.directory, 'client.properties');
  }

  /** Settings in addition to those of TLS. */
  protected abstract settings(): Readonly<Record<string, string | number>>;
  /** The tool to run. @param run number of the start, from 1 */
  protected abstract tool(run: number): { readonly mainClass: string; readonly args: readonly string[] };
  protected abstract take(line: Line): void;
}

export interface KafkaProducerOptions extends KafkaClientOptions {
  /** @default 10 */
  readonly messagesPerSecond?: number;
}

/** Sends `1.0`, `1.1`, `1.2`, …; after a restart `2.0`, `2.1`, …. */
export class KafkaProducer extends KafkaClient {
  /** Messages that the broker confirmed. */
  public readonly acknowledged: string[] = [];

  constructor(protected override readonly options: KafkaProducerOptions) {
    super(options);
  }

  protected settings(): Readonly<Record<string, string | number>> {
    return { acks: 'all', 'max.block.ms': 20_000, 'delivery.timeout.ms': 30_000, 'request.timeout.ms': 10_000 };
  }

  protected tool(run: number): { mainClass: string; args: string[] } {
    const { address, topic, messagesPerSecond = 10 } = this.options;
    return {
      mainClass: 'org.apache.kafka.tools.VerifiableProducer',
      args: [
        ...['--bootstrap-server', address, '--topic', topic, '--producer.config', this.propertiesFile],
        ...['--throughput', `${messagesPerSecond}`, '--value-prefix', `${run}`],
      ],
    };
  }

  protected take(line: Line): void {
    if (line.name === 'producer_send_success') this.acknowledged.push(line.value ?? '');
    if (line.name === 'producer_send_error') this.errors.push(reasonOf(line));
  }
}

export interface KafkaConsumerOptions extends KafkaClientOptions {
  readonly group: string;
}

/** Receives a topic from the beginning, or from the position of its group. */
export class KafkaConsumer extends KafkaClient {
  /** Messages in the order of their arrival, including duplicates. */
  public readonly received: string[] = [];

  constructor(protected override readonly options: KafkaConsumerOptions) {
    super(options);
  }

  protected settings(): Readonly<Record<string, string | number>> {
    return {};
  }

  protected tool(): { mainClass: string; args: string[] } {
    const { address, topic, group } = this.options;
    return {
      mainClass: 'org.apache.kafka.tools.VerifiableConsumer',
      args: [
        ...['--bootstrap-server', address, '--topic', topic, '--consumer.config', this.propertiesFile],
        ...['--group-id', group, '--reset-policy', 'earliest', '--verbose'],
      ],
    };
  }

  protected take(line: Line): void {
    if (line.name === 'record_data') this.received.push(line.value ?? '');
    if (line.name === 'offsets_committed' && line.message !== undefined) this.errors.push(reasonOf(line));
  }
}

const reasonOf = ({ exception = '', message = '' }: Line): string =>
  `${/[^.]*$/.exec(exception)?.[0] ?? exception}: ${message}`;

function parse(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
