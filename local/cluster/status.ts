import { existsSync } from 'node:fs';

import type { Dialect } from '../../model/dialect';
import type { HealthState } from '../../model/health';
import { connectionUse, type DatabaseAddress } from './database';
import type { Postgresql } from './postgresql';
import type { ServerNode } from './server-node';

export interface NodeStatus {
  readonly name: string;
  readonly address: string;
  /** @default - it does not run */
  readonly pid?: number;
  /** `stopped`: by a command; `down`: it should run and does not answer. */
  readonly health: HealthState | 'down' | 'stopped';
  /** @default - it does not answer */
  readonly version?: string;
}

export interface StorageStatus {
  readonly type: 'postgresql';
  /** `host:port`. */
  readonly address: string;
  /** @default - it does not run */
  readonly pid?: number;
  /** Open client connections and their limit. @default - it accepts no connections */
  readonly connections?: { readonly used: number; readonly max: number };
}

export interface ClusterStatus {
  readonly dialect: Dialect;
  readonly nodes: readonly NodeStatus[];
  /** Name of the active node. @default - there is none */
  readonly active?: string;
  readonly storage: StorageStatus;
  /** Whether the file with the unseal keys does not exist. */
  readonly keysMissing: boolean;
  /** Type of seal, threshold and number of shares. @default - no node answers */
  readonly seal?: { readonly type: string; readonly threshold: number; readonly shares: number };
}

/** Queries every part of a cluster concurrently. */
export async function clusterStatus(
  dialect: Dialect,
  nodes: readonly ServerNode[],
  postgresql: Postgresql,
  database: DatabaseAddress,
  keysFile: string,
): Promise<ClusterStatus> {
  const [nodeStates, storage] = await Promise.all([
    Promise.all(nodes.map(nodeStatus)),
    storageStatus(postgresql, database),
  ]);
  const active = nodeStates.find(({ health }) => health === 'active')?.name;
  const answering = nodes.find((_, index) => !['down', 'stopped'].includes(nodeStates[index]?.health ?? 'down'));
  const seal = await answering?.client.sealStatus();
  return {
    dialect,
    nodes: nodeStates,
    ...(active === undefined ? {} : { active }),
    storage,
    keysMissing: !existsSync(keysFile),
    ...(seal === undefined ? {} : { seal: { type: seal.type, threshold: seal.threshold, shares: seal.shares } }),
  };
}

async function nodeStatus(node: ServerNode): Promise<NodeStatus> {
  const { state, version } = await node.client.health();
  const pid = node.running?.pid;
  return {
    name: node.name,
    address: node.address,
    ...(pid === undefined ? {} : { pid }),
    health: node.isStopped ? 'stopped' : state,
    ...(version === undefined ? {} : { version }),
  };
}

async function storageStatus(postgresql: Postgresql, database: DatabaseAddress): Promise<StorageStatus> {
  const pid = postgresql.running?.pid;
  const connections = pid === undefined ? undefined : await connectionUse(database).catch(() => undefined);
  return {
    type: 'postgresql',
    address: `127.0.0.1:${database.port}`,
    ...(pid === undefined ? {} : { pid }),
    ...(connections === undefined ? {} : { connections }),
  };
}
