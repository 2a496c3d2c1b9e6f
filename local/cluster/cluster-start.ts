import { chmodSync } from 'node:fs';

import type { PolicyText } from '../../constructs/policy/policy-text';
import { prepareCertificates } from '../../files/certificates';
import { makePrivateFolder } from '../../files/private-files';
import type { Dialect } from '../../model/dialect';
import type { PostgresqlProgram, Program } from '../toolbox/program';
import { bootstrap } from './bootstrap';
import { ClusterParts } from './cluster-parts';
import { prepareDatabase } from './database';
import type { ClusterLayout, ClusterPorts } from './layout';
import { waitUntil } from './processes';
import { generateRootToken } from './root-token';
import { refuseIfKeysExist } from './seal-keys';
import { auditFileName, type ServerNode } from './server-node';
import { StartFailures } from './start-failures';
import { initialise, unseal } from './unseal';

/** What a cluster consists of. */
export interface ClusterShape {
  readonly dialect: Dialect;
  /** Servers. @default 3 */
  readonly nodes?: number;
  /** @default - the ports of the last start; at the first start, free ports */
  readonly ports?: ClusterPorts;
}

/** Input of a start. */
export interface EmbeddedClusterSetup {
  readonly programs: { readonly server: Program; readonly postgresql: PostgresqlProgram };
  /** Texts of the policies of administrators and of Terraform, and of any others every cluster has. */
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

const defaultNodes = 3;

/** One start of an embedded cluster, from any state: an interrupted one is completed. */
export class ClusterStart {
  /** Set only from initialisation to the end of bootstrapping, and only in memory. */
  private rootToken: string | undefined;
  private readonly failures = new StartFailures();

  constructor(
    private readonly layout: ClusterLayout,
    private readonly shape: ClusterShape,
    private readonly setup: EmbeddedClusterSetup,
  ) {}

  /** In order. Each throws PlatformError `cluster`. */
  public steps(): readonly ClusterStep[] {
    const { server, postgresql } = this.setup.programs;
    const { nodes = defaultNodes } = this.shape;
    return [
      { name: 'certificates', title: 'Certificates and configuration', run: () => this.prepare() },
      { name: 'postgresql', title: `PostgreSQL ${postgresql.version}`, run: () => this.startPostgresql() },
      { name: 'servers', title: `${server.name} ${server.version}, ${nodes} servers`, run: () => this.startServers() },
      { name: 'initialise', title: 'Initialise', run: () => this.initialise() },
      { name: 'unseal', title: 'Unseal', run: () => this.unseal() },
      { name: 'bootstrap', title: 'Audit, policies and tokens', run: () => this.bootstrap() },
    ];
  }

  private parts(): ClusterParts {
    return new ClusterParts(this.layout, this.layout.existingSettings());
  }

  /** Writes settings, certificates and configuration, and stops processes that run with older ones. */
  private async prepare(): Promise<boolean> {
    const { dialect, ports = {}, nodes = defaultNodes } = this.shape;
    const { programs } = this.setup;
    const before = this.layout.settings();
    const versions = { server: programs.server.version, postgresql: programs.postgresql.version };
    const settings = { ...(await this.layout.prepareSettings(dialect, nodes, ports)), versions };
    const parts = new ClusterParts(this.layout, settings);
    // The user of PostgreSQL must be able to pass through to its data, but not list or read folders above it.
    chmodSync(this.layout.directory, programs.postgresql.runAs === undefined ? 0o700 : 0o711);
    makePrivateFolder(this.layout.tokens);
    makePrivateFolder(this.layout.postgresql);
    const certificates = await prepareCertificates(this.layout.certificates, parts.certificateRequests());
    const configured = parts.configure(programs.postgresql);
    this.layout.writeSettings(settings);
    const changed = certificates.length > 0 || configured || before?.versions?.server !== versions.server;
    if (changed) await parts.stop();
    return changed;
  }

  private async startPostgresql(): Promise<boolean> {
    const { postgresql, database } = this.parts();
    if (!postgresql.hasData) refuseIfKeysExist(this.layout.keysFile, `no data in ${this.layout.postgresql}`);
    const started = await postgresql.start(this.setup.programs.postgresql);
    const made = await prepareDatabase(database, this.shape.dialect);
    return started || made;
  }

  /** A server that does not start, or hangs, keeps no other from being started: {@link unseal} reports it. */
  private async startServers(): Promise<boolean> {
    const [first, ...others] = this.parts().nodes;
    this.failures.clear();
    const start = (node: ServerNode): Promise<boolean> =>
      this.failures.collect(node, () => node.start(this.setup.programs.server));
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

  private async bootstrap(): Promise<boolean> {
    const { client } = await this.parts().activeNode();
    const done = await bootstrap({
      dialect: this.shape.dialect,
      client,
      policies: this.setup.policies,
      adminTokenFile: this.layout.adminTokenFile,
      formerTokenFile: this.layout.formerTokenFile,
      auditFile: auditFileName,
      rootToken: async () => this.rootToken ?? (await generateRootToken(client, this.layout.keysFile)),
    });
    this.rootToken = undefined;
    return done;
  }
}
