import { PlatformError } from '../../model/errors';
import { unknownName } from '../../model/unknown-name';
import type { Program } from '../toolbox/program';
import { ClusterParts } from './cluster-parts';
import type { ClusterLayout, ClusterSettings } from './layout';
import type { ServerNode } from './server-node';
import { unseal } from './unseal';

/** A server that was started. */
export interface StartedServer {
  /** Whether it was started or unsealed. */
  readonly changed: boolean;
  /** Name of the server that is active now. */
  readonly active: string;
}

/** A server that was stopped. */
export interface StoppedServer {
  /** Whether it ran. */
  readonly changed: boolean;
  /** Name of the server that is active now. @default - none: no other server runs and is unsealed */
  readonly active?: string;
}

/** One server of an embedded cluster that is started or stopped alone, while the others go on. */
export class SingleServer {
  private readonly parts: ClusterParts;
  private readonly node: ServerNode;

  /** @throws PlatformError `usage` if the cluster has no server of this name */
  constructor(
    private readonly layout: ClusterLayout,
    private readonly settings: ClusterSettings,
    name: string,
  ) {
    this.parts = new ClusterParts(layout, settings);
    const known = this.parts.nodes.map((node) => node.name);
    const node = this.parts.nodes[known.indexOf(name)];
    if (node === undefined) {
      throw new PlatformError('usage', [unknownName({ message: 'unknown server', given: name, known })]);
    }
    this.node = node;
  }

  /**
   * Starts and unseals it, unless it serves.
   *
   * @param program the one that the other servers run
   * @throws PlatformError `cluster` if the database does not run, the program is another version, or the server does not start and serve
   */
  public async start(program: Program): Promise<StartedServer> {
    this.checkStartable(program);
    const started = await this.node.start(program);
    const unsealed = await unseal(this.node.client, this.layout.keysFile);
    await this.parts.wholeCluster([this.node, ...(await this.parts.inService())]);
    return { changed: started || unsealed, active: (await this.parts.activeNode()).name };
  }

  /** Stops it, and waits until another one is active, if one can be. @throws PlatformError `cluster` if it survives, or none takes over */
  public async stop(): Promise<StoppedServer> {
    this.node.markStopped();
    const changed = await this.node.stop();
    const canServe = (await this.parts.inService()).length > 0;
    return { changed, ...(canServe && { active: (await this.parts.activeNode()).name }) };
  }

  /** {@link stop}, unless it cannot be started again, and {@link start}. @throws PlatformError `cluster` as these do */
  public async restart(program: Program): Promise<StartedServer> {
    this.checkStartable(program);
    await this.stop();
    return await this.start(program);
  }

  private checkStartable(program: Program): void {
    const fix = 'start the whole cluster: npm start';
    const { server = program.version } = this.settings.versions ?? {};
    if (this.parts.postgresql.running === undefined) {
      throw new PlatformError('cluster', [{ message: 'the database of this cluster does not run', fix }]);
    }
    if (server !== program.version) {
      throw new PlatformError('cluster', [
        {
          message: `the servers of this cluster run another version of ${program.name}`,
          given: program.version,
          allowed: server,
          fix: `use ${server}, or ${fix}, which restarts all of them`,
        },
      ]);
    }
  }
}
