import { chmodSync, readFileSync, rmSync } from 'node:fs';

import { ServerClient } from '../../client/server-client';
import type { PolicyText } from '../../constructs/policy/policy-text';
import { prepareCertificates } from '../../files/certificates';
import { asPlatformErrors, makePrivateFolder, readIfThere } from '../../files/private-files';
import type { Dialect } from '../../model/dialect';
import { PlatformError } from '../../model/errors';
import { withLock } from '../lock';
import type { PostgresqlProgram, Program } from '../toolbox/program';
import { bootstrap, type TokenName } from './bootstrap';
import { ClusterParts } from './cluster-parts';
import { prepareDatabase } from './database';
import { ClusterLayout, type ClusterPorts, type ClusterSettings } from './layout';
import { waitUntil } from './processes';
import { generateRootToken } from './root-token';
import { refuseIfKeysExist } from './seal-keys';
import { auditFileName, nodeAddress, type ServerNode } from './server-node';
import { SingleServer } from './single-server';
import { StartFailures } from './start-failures';
import { clusterStatus, type ClusterStatus } from './status';
import { initialise, unseal } from './unseal';

export interface EmbeddedClusterOptions {
  /** Folder of this cluster's state, absolute, for example `<home>/nonprod-openbao`; created if it is missing. */
  readonly directory: string;
  readonly dialect: Dialect;
  /** Servers. @default 3 */
  readonly nodes?: number;
  /** @default - the ports of the last start; at the first start, free ports */
  readonly ports?: ClusterPorts;
}

/** Input of a start. */
export interface EmbeddedClusterSetup {
  readonly programs: { readonly server: Program; readonly postgresql: PostgresqlProgram };
  /** Texts of the policies `admin` and `provisioner`, and of any others every cluster has. */
  readonly policies: readonly PolicyText[];
}

/** An idempotent step of a start. */
export interface ClusterStep {
  readonly name: 'bootstrap' | 'certificates' | 'initialise' | 'postgresql' | 'servers' | 'unseal';
  /** Title, for example `Start PostgreSQL`. */
  readonly title: string;
  /** @returns whether anything was done */
  readonly run: () => Promise<boolean>;
}

/**
 * A highly available cluster on this machine: PostgreSQL and several servers with TLS, initialised, unsealed and
 * bootstrapped. Its processes outlive this one; its state is in one folder.
 */
export class EmbeddedCluster {
  private readonly layout: ClusterLayout;
  /** Set only from initialisation to the end of bootstrapping, and only in memory. */
  private rootToken: string | undefined;
  private readonly failures = new StartFailures();

  constructor(private readonly options: EmbeddedClusterOptions) {
    this.layout = new ClusterLayout(options.directory);
  }

  public get dialect(): Dialect {
    return this.options.dialect;
  }

  /** URLs of all nodes. */
  public get addresses(): readonly string[] {
    return this.settings().nodes.map(nodeAddress);
  }

  /** CA certificate of this cluster. */
  public get caFile(): string {
    return this.layout.caFile;
  }

  /** File with the administrator's token. */
  public get adminTokenFile(): string {
    return this.layout.tokenFile('admin');
  }

  /** File with the unseal keys; show {@link sealKeysNote} with it. */
  public get keysFile(): string {
    return this.layout.keysFile;
  }

  /** Logs of the servers and of PostgreSQL, by name. */
  public get logFiles(): Readonly<Record<string, string>> {
    const nodes = this.settings().nodes.map(({ name }) => [name, this.layout.node(name).logFile]);
    return { ...Object.fromEntries(nodes), postgresql: this.layout.postgresqlLog } as Record<string, string>;
  }

  /** Audit logs by node; the active node at the time wrote them. */
  public get auditFiles(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.settings().nodes.map(({ name }) => [name, this.layout.node(name).auditFile]));
  }

  /** Whether the cluster was started before and not purged. */
  public exists(): boolean {
    return this.layout.exists();
  }

  /**
   * Starts everything from any state: reuses running processes, restarts the others, and completes an interrupted
   * start.
   * @returns whether anything was done
   * @throws PlatformError `cluster`
   */
  public async start(setup: EmbeddedClusterSetup): Promise<boolean> {
    return await this.exclusively(async () => {
      let done = false;
      for (const step of this.steps(setup)) done = (await step.run()) || done;
      return done;
    });
  }

  /** Runs work, such as the steps of a start, while no other process works on this cluster. */
  public async exclusively<T>(work: () => Promise<T>): Promise<T> {
    return await asPlatformErrors(this.options.directory, async () => {
      makePrivateFolder(this.options.directory);
      const lock = this.layout.lockFile;
      return await withLock(lock, (holder) => refuse(lock, holder), work);
    });
  }

  /** The parts of a start, in order; run them inside {@link exclusively}. */
  public steps(setup: EmbeddedClusterSetup): readonly ClusterStep[] {
    const { server, postgresql } = setup.programs;
    return [
      { name: 'certificates', title: 'Certificates and configuration', run: () => this.prepare(setup) },
      { name: 'postgresql', title: `PostgreSQL ${postgresql.version}`, run: () => this.startPostgresql(postgresql) },
      {
        name: 'servers',
        title: `${server.name} ${server.version}, ${this.size} servers`,
        run: () => this.startServers(server),
      },
      { name: 'initialise', title: 'Initialise', run: () => this.initialise() },
      { name: 'unseal', title: 'Unseal', run: () => this.unseal() },
      { name: 'bootstrap', title: 'Audit, policies and tokens', run: () => this.bootstrap(setup.policies) },
    ];
  }

  /** Stops every process and waits until it has exited; the data is kept. @returns whether any ran */
  public async stop(): Promise<boolean> {
    if (!this.exists()) return false;
    return await this.exclusively(async () => {
      const parts = this.parts();
      for (const node of parts.nodes) node.markStopped();
      return await parts.stop();
    });
  }

  /** One of the servers, to start or stop it alone, inside {@link exclusively}. @throws PlatformError `usage` if there is none of this name */
  public server(name: string): SingleServer {
    return new SingleServer(this.layout, this.settings(), name);
  }

  /** Names of the servers. */
  public get serverNames(): readonly string[] {
    return this.settings().nodes.map(({ name }) => name);
  }

  /** Stops every process and deletes the state folder. @returns whether there was one */
  public async purge(): Promise<boolean> {
    if (!this.exists()) return false;
    await this.exclusively(() => this.parts().stop());
    rmSync(this.options.directory, { recursive: true, force: true });
    return true;
  }

  public async status(): Promise<ClusterStatus> {
    const { nodes, postgresql, database } = this.parts();
    return await clusterStatus(this.settings().dialect, nodes, postgresql, database, this.layout.keysFile);
  }

  /** URL of the active node. @throws PlatformError `cluster` if there is none within the time of a takeover */
  public async activeAddress(): Promise<string> {
    return (await this.parts().activeNode()).address;
  }

  /** A client of all nodes. The caller closes it. @default token - requests without a token */
  public client(token?: string): ServerClient {
    const ca = readFileSync(this.caFile, 'utf8');
    return new ServerClient({ addresses: this.addresses, ca, ...(token === undefined ? {} : { token }) });
  }

  /** The token for Terraform. @throws PlatformError `cluster` if no start was completed */
  public provisionerToken(): string {
    return this.token('provisioner');
  }

  /** A token with the policy `admin`, not root. @throws PlatformError `cluster` if no start was completed */
  public adminToken(): string {
    return this.token('admin');
  }

  /** Gives work a client with a root token, which is made from the unseal keys and revoked afterwards. */
  public async withRootToken<T>(work: (root: ServerClient) => Promise<T>): Promise<T> {
    const { client } = await this.parts().activeNode();
    const root = this.client(await generateRootToken(client, this.layout.keysFile));
    try {
      return await work(root);
    } finally {
      await root.write('auth/token/revoke-self');
      await root.close();
    }
  }

  private get size(): number {
    return this.options.nodes ?? 3;
  }

  private settings(): ClusterSettings {
    const settings = this.layout.settings();
    if (settings !== undefined) return settings;
    throw new PlatformError('cluster', [
      { message: 'no cluster exists in this folder', given: this.options.directory, fix: 'start one: npm start' },
    ]);
  }

  private parts(): ClusterParts {
    return new ClusterParts(this.layout, this.settings());
  }

  private token(name: TokenName): string {
    const file = this.layout.tokenFile(name);
    const token = readIfThere(file)?.trim();
    if (token !== undefined && token !== '') return token;
    throw new PlatformError('cluster', [
      { message: `the cluster has no ${name} token yet`, file, fix: 'complete a start: npm start' },
    ]);
  }

  /** Writes settings, certificates and configuration, and stops processes that run with older ones. */
  private async prepare({ programs }: EmbeddedClusterSetup): Promise<boolean> {
    const { dialect, ports = {}, directory } = this.options;
    const before = this.layout.settings();
    const versions = { server: programs.server.version, postgresql: programs.postgresql.version };
    const settings = { ...(await this.layout.prepareSettings(dialect, this.size, ports)), versions };
    const parts = new ClusterParts(this.layout, settings);
    // The user of PostgreSQL must be able to pass through to its data, but not list or read folders above it.
    chmodSync(directory, programs.postgresql.runAs === undefined ? 0o700 : 0o711);
    makePrivateFolder(this.layout.tokens);
    makePrivateFolder(this.layout.postgresql);
    const certificates = await prepareCertificates(this.layout.certificates, parts.certificateRequests());
    const configured = parts.configure(programs.postgresql);
    this.layout.writeSettings(settings);
    const changed = certificates.length > 0 || configured || before?.versions?.server !== versions.server;
    if (changed) await parts.stop();
    return changed;
  }

  private async startPostgresql(program: PostgresqlProgram): Promise<boolean> {
    const { postgresql, database } = this.parts();
    if (!postgresql.hasData) refuseIfKeysExist(this.layout.keysFile, `no data in ${this.layout.postgresql}`);
    const started = await postgresql.start(program);
    const made = await prepareDatabase(database, this.options.dialect);
    return started || made;
  }

  /** A server that does not start, or hangs, keeps no other from being started: {@link unseal} reports it. */
  private async startServers(program: Program): Promise<boolean> {
    const [first, ...others] = this.parts().nodes;
    this.failures.clear();
    const start = (node: ServerNode): Promise<boolean> => this.failures.collect(node, () => node.start(program));
    // Start the first node alone: OpenBao creates its tables at the start, and two nodes doing so at once conflict.
    const started = [first !== undefined && (await start(first)), ...(await Promise.all(others.map(start)))];
    if (this.failures.others(this.parts().nodes).length === 0) this.failures.report();
    return started.includes(true);
  }

  private async initialise(): Promise<boolean> {
    const [first] = this.failures.others(this.parts().nodes);
    if (first === undefined) return false;
    this.rootToken = await initialise(first.client, this.layout.keysFile);
    return this.rootToken !== undefined;
  }

  private async unseal(): Promise<boolean> {
    const parts = this.parts();
    const nodes = this.failures.others(parts.nodes);
    const unsealed: boolean[] = [];
    for (const node of nodes) {
      // Nodes poll the storage: one may not yet have observed that the first is initialised.
      await waitUntil(async () => (await node.client.sealStatus()).initialized, 15_000);
      unsealed.push(await unseal(node.client, this.layout.keysFile));
    }
    await parts.wholeCluster(nodes);
    this.failures.report('; the other servers run and are unsealed');
    return unsealed.includes(true);
  }

  private async bootstrap(policies: readonly PolicyText[]): Promise<boolean> {
    const { client } = await this.parts().activeNode();
    const done = await bootstrap({
      dialect: this.options.dialect,
      client,
      policies,
      tokenFile: (name) => this.layout.tokenFile(name),
      auditFile: auditFileName,
      rootToken: async () => this.rootToken ?? (await generateRootToken(client, this.layout.keysFile)),
    });
    this.rootToken = undefined;
    return done;
  }
}

function refuse(lock: string, holder: number | undefined): never {
  throw new PlatformError('cluster', [
    {
      message: 'another command is working on this cluster',
      given: `process ${holder ?? 'unknown'}, which holds ${lock}`,
      fix: 'wait until it has ended, or stop it',
    },
  ]);
}
