import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { runPhases } from '../../../cli/phases';
import type { ServerClient } from '../../../client/server-client';
import { waitUntil } from '../../../local/cluster/processes';
import { GuardedFolder } from '../../../local/guard/guarded-folder';
import { withAddress, withDialect } from '../../../local/replica/adapt';
import { Replica } from '../../../local/replica/replica';
import { replicaScope } from '../../../local/replica/scope';
import type { ReplicaScope, ReplicaTenant } from '../../../local/replica/scope';
import { contextOf } from '../../../local/toolbox/context';
import type { Progress } from '../../../local/toolbox/program';
import { Toolbox } from '../../../local/toolbox/toolbox';
import type { Dialect } from '../../../model/dialect';
import { readInventory } from '../../../model/read';
import { KafkaBroker } from '../broker/broker';
import { KafkaConsumer, KafkaProducer } from '../broker/clients';
import type { KafkaClientOptions } from '../broker/clients';
import { pinCertificates } from '../broker/java';
import type { Revocation } from '../broker/java';
import { firstCertificate, servedCertificate, serverCertificates } from '../broker/tls';
import { findKafka } from '../program/find-kafka';
import type { KafkaProgram } from '../program/kafka-program';
import { HostAgent } from './host-agent';

export interface DemonstrationOptions {
  /** The root of this project. */
  readonly projectDirectory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The server program. */
  readonly dialect: Dialect;
  /** Prints progress. */
  readonly say: Progress;
}

/** The programs of the example; each has its own agent. */
export const programs = ['kafka', 'order-producer', 'order-consumer'] as const;
export type ProgramName = (typeof programs)[number];

const environmentName = 'demo';
const [topic, group] = ['orders', 'billing'];

/**
 * The Kafka example on this machine, without mocks: Terraform applies the inventory of `examples/kafka` to an embedded
 * cluster; an agent for each program, a broker, a producer and a consumer run.
 */
export class Demonstration {
  /** Starts everything. @throws PlatformError with a fix, after removing everything */
  public static async start(options: DemonstrationOptions): Promise<Demonstration> {
    const folder = GuardedFolder.create('kafka');
    try {
      // The user of PostgreSQL must be able to reach its data.
      chmodSync(folder.directory, 0o711);
      const demonstration = new Demonstration(options, folder);
      await demonstration.prepare();
      return demonstration;
    } catch (error) {
      await folder.dispose();
      throw error;
    }
  }

  public broker!: KafkaBroker;
  public producer!: KafkaProducer;
  public consumer!: KafkaConsumer;
  /** Client of the server with the administrator's token. */
  public admin!: ServerClient;
  private readonly toolbox: Toolbox;
  private readonly agents = new Map<ProgramName, HostAgent>();
  private replica!: Replica;
  private scope!: ReplicaScope;
  private kafka!: KafkaProgram;
  private revocation!: Revocation;
  private clients = 0;

  private constructor(
    private readonly options: DemonstrationOptions,
    private readonly folder: GuardedFolder,
  ) {
    this.toolbox = new Toolbox(options);
  }

  public agent(name: ProgramName): HostAgent {
    return this.agents.get(name)!;
  }

  /** The tenant of a program in the inventory. */
  public tenant(name: ProgramName): ReplicaTenant {
    return this.scope.tenants.find(({ tenant }) => tenant.name === name)!;
  }

  /** Mount of the authority that issues all certificates. */
  public get authorityMount(): string {
    return this.tenant('kafka').settings.certificates[0]!.authority.mountPath;
  }

  /** A client of the server without a token. */
  public anonymous(): ServerClient {
    return this.replica.cluster.client();
  }

  /**
   * Exchanges messages until the certificate of each program was replaced several times. The agent of the broker reloads it,
   * as on a host. This method restarts the clients, in place of systemd.
   */
  public async exchange(renewals: number): Promise<void> {
    const { say } = this.options;
    await this.consumer.start();
    await this.producer.start();
    const seen = new Map<ProgramName, string[]>();
    for (const name of programs) seen.set(name, [await this.usedSerialNumber(name)]);
    const isDone = async (): Promise<boolean> => {
      for (const name of programs) {
        const serials = seen.get(name)!;
        const serial = await this.usedSerialNumber(name);
        if (serials.includes(serial)) continue;
        if (name !== 'kafka') await this.client(name).restart();
        serials.push(serial);
        const { length: messages } = this.consumer.received;
        say(`${name} has certificate ${serials.length}, ${shortened(serial)}; ${messages} messages so far`);
      }
      return [...seen.values()].every((serials) => serials.length > renewals);
    };
    if (!(await waitUntil(isDone, 30 * 60_000, 500))) throw new Error('certificates are not renewed');
    // The program that was renewed last must work with its new certificate.
    const { length } = this.producer.acknowledged;
    await waitUntil(() => this.producer.acknowledged.length > length + 20, 60_000);
    await this.producer.stop();
    await waitUntil(() => this.lost().length === 0, 60_000);
    await this.consumer.stop();
  }

  /** Messages that the broker confirmed and the consumer did not receive. */
  public lost(): string[] {
    const received = new Set(this.consumer.received);
    return this.producer.acknowledged.filter((message) => !received.has(message));
  }

  /** A broker that presents the certificate of a client. */
  public async impostor(): Promise<KafkaBroker> {
    return await this.newBroker('impostor', this.agent('order-producer'));
  }

  /** Tries to send with the certificate of the producer. @returns why the broker refused it, or undefined */
  public async refusal(): Promise<string | undefined> {
    const before = this.broker.refusals.length;
    const producer = new KafkaProducer(this.clientOptions('order-producer'));
    await producer.start();
    await waitUntil(() => producer.acknowledged.length + producer.errors.length > 0, 60_000);
    await producer.stop();
    return producer.acknowledged.length > 0 ? undefined : this.broker.refusals.slice(before).at(-1);
  }

  /** Stops and removes everything. */
  public async dispose(): Promise<void> {
    try {
      await this.admin.close();
      await Promise.all([this.producer.stop(), this.consumer.stop()]);
      await this.broker.stop();
      await this.replica.cluster.purge();
    } finally {
      // Also stops the agents and any process that is still running.
      await this.folder.dispose();
    }
  }

  private async prepare(): Promise<void> {
    const { say, projectDirectory, environment, dialect } = this.options;
    const written = readInventory(path.join(projectDirectory, 'examples', 'kafka', 'inventory'));
    const { cluster } = replicaScope(written, [environmentName]);
    const inventory = withDialect(written, cluster.name, dialect);
    const scope = replicaScope(inventory, [environmentName]);
    const { toolbox } = this;
    this.kafka = await findKafka(contextOf(this.options, say));
    const home = this.folder.folder('replica');
    chmodSync(home, 0o711);
    this.replica = new Replica({ inventory, scope, dialect, home, toolbox, environment });
    await this.replica.cluster.exclusively(() => runPhases(this.replica.phases()));
    const { cluster: server } = this.replica;
    this.admin = server.client(server.adminToken());
    const [address = ''] = server.addresses;
    this.scope = replicaScope(withAddress(inventory, cluster.name, address), [environmentName]);

    const pinnedServersFile = path.join(this.folder.directory, 'pinned.p12');
    const certificates = await serverCertificates(server.addresses, readFileSync(server.caFile, 'utf8'));
    await pinCertificates(this.kafka, pinnedServersFile, certificates);
    this.revocation = { pinnedServersFile };
    await this.startBroker();
    for (const name of ['order-producer', 'order-consumer'] as const) await this.startAgent(name);
    await this.broker.createTopic(topic);
    await this.broker.allowProducing(this.commonName('order-producer'), topic);
    await this.broker.allowConsuming(this.commonName('order-consumer'), topic, group);
    this.producer = new KafkaProducer(this.clientOptions('order-producer'));
    this.consumer = new KafkaConsumer({ ...this.clientOptions('order-consumer'), group });
    say(`Kafka ${this.kafka.version} serves ${this.broker.address}`);
  }

  /** The broker reads the files that its agent writes; the agent runs the reload command of the broker after renewals. */
  private async startBroker(): Promise<void> {
    const files = this.newAgent('kafka');
    this.broker = await this.newBroker('broker', files);
    await this.startAgent('kafka', this.broker.reloadCommand);
    await this.broker.start();
  }

  private async startAgent(name: ProgramName, command?: readonly string[]): Promise<void> {
    const agent = this.newAgent(name, command);
    await agent.start();
    this.agents.set(name, agent);
    const { serialNumber, validTo } = firstCertificate(agent.keystoreFile);
    this.options.say(
      `the agent of ${name} has written certificate 1, ${shortened(serialNumber)}, valid until ${validTo}`,
    );
  }

  private newAgent(name: ProgramName, command?: readonly string[]): HostAgent {
    const { cluster } = this.replica;
    const [address = ''] = cluster.addresses;
    return new HostAgent({
      folder: this.folder,
      server: {
        program: this.replica.server.path,
        address,
        caFile: cluster.caFile,
        adminToken: cluster.adminToken(),
      },
      tenant: this.tenant(name),
      ...(command !== undefined && { command }),
    });
  }

  private async newBroker(name: string, { keystoreFile, truststoreFile }: HostAgent): Promise<KafkaBroker> {
    return await KafkaBroker.create({
      directory: this.folder.folder(name),
      pidFile: this.folder.pidFile(name),
      program: this.kafka,
      brokerName: this.commonName('kafka'),
      keystoreFile,
      truststoreFile,
      revocation: this.revocation,
    });
  }

  private clientOptions(name: Exclude<ProgramName, 'kafka'>): KafkaClientOptions {
    const { keystoreFile, truststoreFile } = this.agent(name);
    const unique = `${name}-${++this.clients}`;
    return {
      directory: this.folder.folder(unique),
      pidFile: this.folder.pidFile(unique),
      program: this.kafka,
      revocation: this.revocation,
      address: this.broker.address,
      topic,
      keystoreFile,
      truststoreFile,
    };
  }

  private client(name: Exclude<ProgramName, 'kafka'>): KafkaProducer | KafkaConsumer {
    return name === 'order-producer' ? this.producer : this.consumer;
  }

  private commonName(name: ProgramName): string {
    const [file] = this.tenant(name).settings.agents[0]?.files ?? [];
    if (file?.type !== 'certificate') throw new Error(`${name} has no certificate`);
    return file.commonName;
  }

  /** Serial number of the certificate that the broker serves, or that the agent of a client wrote. */
  private async usedSerialNumber(name: ProgramName): Promise<string> {
    if (name !== 'kafka') return this.agent(name).serialNumber;
    return (await servedCertificate(this.broker.port, this.agent('kafka'))).serialNumber;
  }
}

const shortened = (serial: string): string => `${serial.slice(0, 8)}…`;
