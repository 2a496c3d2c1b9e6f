import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { PolicyText } from '../../../constructs/policy/policy-text';
import type { EmbeddedClusterSetup } from '../../../local/cluster/cluster-start';
import { EmbeddedCluster, type EmbeddedClusterOptions } from '../../../local/cluster/embedded-cluster';
import { Toolbox } from '../../../local/toolbox/toolbox';
import type { Dialect } from '../../../model/dialect';

/** An administrator who may do everything, so that tests need no policies of their own. */
export const testPolicies: readonly PolicyText[] = [
  {
    name: 'admin',
    rules: 'path "*" { capabilities = ["create", "read", "update", "delete", "list", "sudo"] }\n',
  },
];

/** A cluster of a test, in a folder that goes when the test does. */
export interface TestCluster {
  readonly options: EmbeddedClusterOptions;
  readonly setup: EmbeddedClusterSetup;
  /** As another process would see it: nothing but the folder is shared with earlier ones. */
  readonly open: (options?: Partial<EmbeddedClusterOptions>) => EmbeddedCluster;
  /** Takes it down and removes the folder. */
  readonly dispose: () => Promise<void>;
}

/** Finds the programs and prepares a folder; nothing is started, and whatever gets started surely ends. */
export async function prepareTestCluster(dialect: Dialect = 'openbao', nodes = 3): Promise<TestCluster> {
  const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
  const server = await toolbox.server(dialect, () => undefined);
  const postgresql = await toolbox.postgresql(() => undefined);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vault-platform-test-'));
  // PostgreSQL's user has to get through.
  chmodSync(folder, 0o711);
  const options = { directory: path.join(folder, 'cluster'), dialect, nodes };
  const guard = startGuard(options.directory);
  const open = (others: Partial<EmbeddedClusterOptions> = {}): EmbeddedCluster =>
    new EmbeddedCluster({ ...options, ...others });
  return {
    options,
    setup: { programs: { server, postgresql }, policies: testPolicies },
    open,
    dispose: async () => {
      await open().purge();
      rmSync(folder, { recursive: true, force: true });
      await guard();
    },
  };
}

/** Runs one cluster for a test file. @returns the cluster, from the first test on */
export function useTestCluster(dialect: Dialect = 'openbao', nodes = 3): () => TestCluster {
  let cluster: TestCluster | undefined;
  beforeAll(async () => {
    cluster = await prepareTestCluster(dialect, nodes);
    await cluster.open().start(cluster.setup);
  }, 300_000);
  afterAll(async () => {
    await cluster?.dispose();
  }, 60_000);
  return () => {
    if (cluster === undefined) throw new Error('the cluster of this test did not start');
    return cluster;
  };
}

/**
 * Watches over a cluster's folder and takes down what runs there once this process is gone, however it went. In a session of
 * its own, where neither Ctrl-C nor the end of this process reaches it. */
export function startGuard(directory: string): () => Promise<void> {
  const script = path.join('__tests__', 'support', 'vault', 'cluster-guard.ts');
  const child = spawn(process.execPath, [path.join('bin', 'run.mjs'), script, directory], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  return async () => {
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  };
}
