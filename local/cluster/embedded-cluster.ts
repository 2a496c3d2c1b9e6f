import { readFileSync, rmSync } from 'node:fs';

import { ServerClient } from '../../client/server-client';
import { asPlatformErrors, makePrivateFolder, readIfThere } from '../../files/private-files';
import type { Dialect } from '../../model/dialect';
import { PlatformError } from '../../model/errors';
import type { StackKind } from '../../model/names';
import { withLock } from '../lock';
import { ClusterParts } from './cluster-parts';
import { ClusterStart, type ClusterShape, type ClusterStep, type EmbeddedClusterSetup } from './cluster-start';
import { ClusterLayout } from './layout';
import { withProvisionerToken } from './provisioner-token';
import { generateRootToken } from './root-token';
import { nodeAddress } from './server-node';
import { SingleServer } from './single-server';
import { clusterStatus, type ClusterStatus } from './status';

export interface EmbeddedClusterOptions extends ClusterShape {
  /** Folder of this cluster's state, absolute, for example `<home>/nonprod-openbao`; created if it is missing. */
  readonly directory: string;
}

/**
 * A highly available cluster on this machine: PostgreSQL and several servers with TLS, initialised, unsealed and
 * bootstrapped. Its processes outlive this one; its state is in one folder.
 */
export class EmbeddedCluster {
  private readonly layout: ClusterLayout;

  constructor(private readonly options: EmbeddedClusterOptions) {
    this.layout = new ClusterLayout(options.directory);
  }

  public get dialect(): Dialect {
    return this.options.dialect;
  }

  /** URLs of all nodes. */
  public get addresses(): readonly string[] {
    return this.layout.existingSettings().nodes.map(nodeAddress);
  }

  /** CA certificate of this cluster. */
  public get caFile(): string {
    return this.layout.caFile;
  }

  /** File with the administrator's token. */
  public get adminTokenFile(): string {
    return this.layout.adminTokenFile;
  }

  /** File with the unseal keys; show {@link sealKeysNote} with it. */
  public get keysFile(): string {
    return this.layout.keysFile;
  }

  /** Logs of the servers and of PostgreSQL, by name. */
  public get logFiles(): Readonly<Record<string, string>> {
    const nodes = this.layout.existingSettings().nodes.map(({ name }) => [name, this.layout.node(name).logFile]);
    return { ...Object.fromEntries(nodes), postgresql: this.layout.postgresqlLog } as Record<string, string>;
  }

  /** Audit logs by node; the active node at the time wrote them. */
  public get auditFiles(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      this.layout.existingSettings().nodes.map(({ name }) => [name, this.layout.node(name).auditFile]),
    );
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
    return new ClusterStart(this.layout, this.options, setup).steps();
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
    return new SingleServer(this.layout, this.layout.existingSettings(), name);
  }

  /** Names of the servers. */
  public get serverNames(): readonly string[] {
    return this.layout.existingSettings().nodes.map(({ name }) => name);
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
    return await clusterStatus(
      this.layout.existingSettings().dialect,
      nodes,
      postgresql,
      database,
      this.layout.keysFile,
    );
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

  /** Gives work a token of Terraform for one kind of stack, and revokes it afterwards. @throws PlatformError `cluster` if no start was completed */
  public async withProvisionerToken<T>(kind: StackKind, work: (token: string) => Promise<T>): Promise<T> {
    const admin = this.client(this.adminToken());
    try {
      return await withProvisionerToken(admin, kind, work);
    } finally {
      await admin.close();
    }
  }

  /** A token with the policy `admin`, not root. @throws PlatformError `cluster` if no start was completed */
  public adminToken(): string {
    const file = this.layout.adminTokenFile;
    const token = readIfThere(file)?.trim();
    if (token !== undefined && token !== '') return token;
    throw new PlatformError('cluster', [
      { message: 'the cluster has no admin token yet', file, fix: 'complete a start: npm start' },
    ]);
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

  private parts(): ClusterParts {
    return new ClusterParts(this.layout, this.layout.existingSettings());
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
