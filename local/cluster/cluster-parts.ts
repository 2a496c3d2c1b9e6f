import path from 'node:path';

import { ServerClient, type NodeHealth } from '../../client/server-client';
import { connectionBudget } from '../../constructs/server/connection-budget';
import type { CertificateRequest } from '../../files/certificates';
import { readIfThere } from '../../files/private-files';
import { PlatformError } from '../../model/errors';
import { connectionUrl, databaseName, type DatabaseAddress } from './database';
import type { ClusterLayout, ClusterSettings } from './layout';
import { Postgresql } from './postgresql';
import { databaseRoles } from './postgresql-settings';
import { waitUntil } from './processes';
import { nodeAddress, ServerNode } from './server-node';

const inService: readonly NodeHealth['state'][] = ['active', 'standby', 'performance-standby'];

/** The parts of a cluster with its settings, whether running or not. */
export class ClusterParts {
  public readonly database: DatabaseAddress;
  public readonly nodes: readonly ServerNode[];
  public readonly postgresql: Postgresql;

  constructor(
    private readonly layout: ClusterLayout,
    private readonly settings: ClusterSettings,
  ) {
    const budget = connectionBudget({ nodes: settings.nodes.length });
    const ca = readIfThere(layout.caFile) ?? '';
    this.database = { port: settings.postgresqlPort, certificates: layout.certificates };
    this.postgresql = new Postgresql({
      directory: layout.postgresql,
      logFile: layout.postgresqlLog,
      address: this.database,
      maxConnections: budget.maxConnections,
    });
    this.nodes = settings.nodes.map(
      (node) =>
        new ServerNode({
          dialect: settings.dialect,
          settings: node,
          layout: layout.node(node.name),
          certificates: layout.certificates,
          clusterName: path.basename(layout.directory),
          budget,
          connectionUrl: connectionUrl(this.database, settings.dialect),
          client: new ServerClient({ addresses: [nodeAddress(node)], ca }),
        }),
    );
  }

  /** A server's certificate is valid for its own name and for every name of this machine. */
  public certificateRequests(): CertificateRequest[] {
    const local = ['localhost', '127.0.0.1', '::1'];
    const client = (role: string): CertificateRequest => ({ name: role, commonName: role, usage: 'client' });
    return [
      ...['postgresql', ...this.settings.nodes.map(({ name }) => name)].map((name): CertificateRequest => ({
        name,
        commonName: name,
        hosts: [...local, name],
        usage: 'server',
      })),
      client(databaseRoles.operator),
      client(databaseName(this.settings.dialect)),
    ];
  }

  /** Writes every configuration. @returns whether any changed */
  public configure(...[program]: Parameters<Postgresql['configure']>): boolean {
    const changes = [this.postgresql.configure(program), ...this.nodes.map((node) => node.configure())];
    return changes.includes(true);
  }

  /** Waits for an active node, longer than a takeover takes. @throws PlatformError `cluster` when none appears */
  public async activeNode(): Promise<ServerNode> {
    let active: ServerNode | undefined;
    const found = await this.waitForHealth((health) => {
      active = this.nodes[health.indexOf('active')];
      return active !== undefined;
    });
    if (found && active !== undefined) return active;
    throw this.notServing('no node of the cluster is active');
  }

  /** Waits until one of these nodes is active and every other stands by. @throws PlatformError `cluster` when one does not */
  public async wholeCluster(nodes: readonly ServerNode[]): Promise<void> {
    const isWhole = await this.waitForHealth(
      (health) => health.includes('active') && health.every((state) => inService.includes(state)),
      nodes,
    );
    if (!isWhole) throw this.notServing('not every node of the cluster serves');
  }

  /** Servers that can be active without a command: they run and are unsealed. */
  public async inService(): Promise<ServerNode[]> {
    const health = await this.health();
    return this.nodes.filter((_, index) => inService.includes(health[index] ?? 'down'));
  }

  /**
   * Stops every process. The active node stops last: otherwise a standby that is about to stop would take over. Then
   * PostgreSQL, which they all need.
   * @returns whether any ran
   */
  public async stop(): Promise<boolean> {
    const health = await this.health();
    const active = this.nodes.filter((_, index) => health[index] === 'active');
    const standbys = this.nodes.filter((node) => !active.includes(node));
    const stopped = [
      ...(await Promise.all(standbys.map((node) => node.stop()))),
      ...(await Promise.all(active.map((node) => node.stop()))),
      await this.postgresql.stop(),
    ];
    return stopped.includes(true);
  }

  private async waitForHealth(
    isGood: (health: readonly NodeHealth['state'][]) => boolean,
    nodes = this.nodes,
  ): Promise<boolean> {
    return await waitUntil(async () => isGood(await this.health(nodes)), 45_000, 50);
  }

  private async health(nodes = this.nodes): Promise<NodeHealth['state'][]> {
    return await Promise.all(nodes.map(async (node) => (await node.client.health()).state));
  }

  private notServing(message: string): PlatformError {
    const files = this.nodes.map(({ name }) => this.layout.node(name).logFile);
    return new PlatformError('cluster', [
      { message, given: files.join(', '), fix: 'read these logs, and start it again: npm start' },
    ]);
  }
}
