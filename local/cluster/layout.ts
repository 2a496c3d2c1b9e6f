import { existsSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { readIfThere, writePrivateFile } from '../../files/private-files';
import type { Dialect } from '../../model/dialect';
import { PlatformError } from '../../model/errors';
import { freePorts } from './ports';

const port = z.number().int().min(1).max(65_535);

/** Settings of a cluster, without secrets; stored in `cluster.json` from its first start on. */
const clusterSettings = z.strictObject({
  dialect: z.enum(['openbao', 'vault']),
  postgresqlPort: port,
  nodes: z.array(z.strictObject({ name: z.string(), apiPort: port, clusterPort: port })).min(1),
  /** Versions of the programs that ran last. */
  versions: z.strictObject({ server: z.string(), postgresql: z.string() }).optional(),
});

export type ClusterSettings = z.infer<typeof clusterSettings>;
export type NodeSettings = ClusterSettings['nodes'][number];

/** Ports to use instead of free ones. */
export interface ClusterPorts {
  readonly postgresql?: number;
  /** One per node, for clients. */
  readonly api?: readonly number[];
  /** One per node, for the other nodes. */
  readonly cluster?: readonly number[];
}

/** Paths in the state folder of a cluster. */
export class ClusterLayout {
  public readonly settingsFile: string;
  public readonly keysFile: string;
  public readonly lockFile: string;
  public readonly certificates: string;
  public readonly tokens: string;
  public readonly postgresql: string;
  public readonly postgresqlLog: string;
  public readonly caFile: string;

  constructor(public readonly directory: string) {
    this.settingsFile = path.join(directory, 'cluster.json');
    this.keysFile = path.join(directory, 'keys.json');
    this.lockFile = path.join(directory, 'lock');
    this.certificates = path.join(directory, 'certificates');
    this.tokens = path.join(directory, 'tokens');
    this.postgresql = path.join(directory, 'postgresql');
    this.postgresqlLog = path.join(this.postgresql, 'postgresql.log');
    this.caFile = path.join(this.certificates, 'ca.crt');
  }

  public node(name: string): NodeLayout {
    const directory = path.join(this.directory, 'nodes', name);
    return {
      directory,
      configFile: path.join(directory, 'config.json'),
      logFile: path.join(directory, 'server.log'),
      auditFile: path.join(directory, 'audit.log'),
      pidFile: path.join(directory, 'pid'),
      stoppedFile: path.join(directory, 'stopped'),
    };
  }

  /** File of the administrator's token. */
  public get adminTokenFile(): string {
    return path.join(this.tokens, 'admin');
  }

  /** File of the token that Terraform had in former versions. */
  public get formerTokenFile(): string {
    return path.join(this.tokens, 'provisioner');
  }

  /** The settings of a cluster; undefined before its first start. @throws PlatformError `cluster` when they cannot be read */
  public settings(): ClusterSettings | undefined {
    const text = readIfThere(this.settingsFile);
    if (text === undefined) return undefined;
    try {
      return clusterSettings.parse(JSON.parse(text));
    } catch (error) {
      throw new PlatformError('cluster', [
        {
          message: 'the settings of this cluster cannot be read',
          file: this.settingsFile,
          given: error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message,
          fix: 'restore the file, or delete the folder and start again: its data is then lost',
        },
      ]);
    }
  }

  /** The settings of a cluster that was started before. @throws PlatformError `cluster` when there is none, or they cannot be read */
  public existingSettings(): ClusterSettings {
    const settings = this.settings();
    if (settings !== undefined) return settings;
    throw new PlatformError('cluster', [
      { message: 'no cluster exists in this folder', given: this.directory, fix: 'start one: npm start' },
    ]);
  }

  public writeSettings(settings: ClusterSettings): void {
    writePrivateFile(this.settingsFile, `${JSON.stringify(settings, null, 2)}\n`);
  }

  /** Settings for a start: the previous ones, with new ports if given; free ports at the first start. */
  public async prepareSettings(dialect: Dialect, nodes: number, ports: ClusterPorts): Promise<ClusterSettings> {
    const before = this.settings();
    checkSame(this.settingsFile, before, dialect, nodes);
    checkPorts(ports, nodes);
    const given = [ports.postgresql ?? [], ports.api ?? [], ports.cluster ?? []].flat();
    const free = before === undefined ? await freePorts(2 * nodes + 1, given) : [];
    const settings: ClusterSettings = {
      dialect,
      postgresqlPort: ports.postgresql ?? before?.postgresqlPort ?? free.pop() ?? 0,
      nodes: Array.from({ length: nodes }, (_, index) => ({
        name: `node-${index + 1}`,
        apiPort: ports.api?.[index] ?? before?.nodes[index]?.apiPort ?? free.pop() ?? 0,
        clusterPort: ports.cluster?.[index] ?? before?.nodes[index]?.clusterPort ?? free.pop() ?? 0,
      })),
      ...(before?.versions === undefined ? {} : { versions: before.versions }),
    };
    return settings;
  }

  public exists(): boolean {
    return existsSync(this.settingsFile);
  }
}

/** Files of one server. */
export interface NodeLayout {
  readonly directory: string;
  readonly configFile: string;
  readonly logFile: string;
  readonly auditFile: string;
  readonly pidFile: string;
  /** Exists while the server is stopped by a command. */
  readonly stoppedFile: string;
}

function checkSame(file: string, before: ClusterSettings | undefined, dialect: Dialect, nodes: number): void {
  if (before === undefined) return;
  const fix = 'start it as it was, or purge it first: npm stop -- --purge';
  if (before.dialect !== dialect) {
    throw new PlatformError('cluster', [
      {
        message: 'this folder contains a cluster of the other dialect',
        file,
        given: dialect,
        allowed: before.dialect,
        fix,
      },
    ]);
  }
  if (before.nodes.length !== nodes) {
    const message = 'this folder holds a cluster of another size';
    throw new PlatformError('cluster', [
      { message, file, given: `${nodes} nodes`, allowed: `${before.nodes.length} nodes`, fix },
    ]);
  }
}

function checkPorts(ports: ClusterPorts, nodes: number): void {
  const all = [ports.postgresql ?? [], ports.api ?? [], ports.cluster ?? []].flat();
  const lists = [ports.api, ports.cluster].filter((list) => list !== undefined);
  if (lists.some((list) => list.length !== nodes)) {
    throw new PlatformError('usage', [
      {
        message: 'each node needs its own ports',
        given: lists.map((list) => list.join(', ')).join('; '),
        allowed: `${nodes} ports`,
      },
    ]);
  }
  if (new Set(all).size !== all.length || all.some((value) => !port.safeParse(value).success)) {
    throw new PlatformError('usage', [
      { message: 'these ports cannot be used', given: all.join(', '), allowed: 'different numbers from 1 to 65535' },
    ]);
  }
}
