import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

import type { ClusterStep } from '../../../local/cluster/cluster-start';
import type { PostgresqlProgram, Program } from '../../../local/toolbox/program';
import { PlatformError } from '../../../model/errors';
import { prepareTestCluster, type TestCluster } from '../../support/vault/embedded-cluster';

/** What somebody sees whose start fails, and that it is told as something to fix. */
async function failure(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PlatformError);
  return (error as PlatformError).message;
}

describe('a start of an embedded cluster that fails', () => {
  let test: TestCluster;
  const inFolder = (...names: string[]): string => path.join(test.options.directory, ...names);

  beforeEach(async () => {
    test = // One server fails like three, and sooner.
      test = await prepareTestCluster('openbao', 1);
  });

  afterEach(async () => {
    await test.dispose();
  });

  /** A start that ends before a step, as if its process had been killed there. */
  async function startUntil(name: ClusterStep['name']): Promise<void> {
    const cluster = test.open();
    await cluster.exclusively(async () => {
      for (const step of cluster.steps(test.setup)) {
        if (step.name === name) return;
        await step.run();
      }
    });
  }

  const withServer = (server: Partial<Program>): Promise<boolean> =>
    test.open().start({
      ...test.setup,
      programs: { ...test.setup.programs, server: { ...test.setup.programs.server, ...server } },
    });
  const withPostgresql = (postgresql: Partial<PostgresqlProgram>): Promise<boolean> =>
    test.open().start({
      ...test.setup,
      programs: { ...test.setup.programs, postgresql: { ...test.setup.programs.postgresql, ...postgresql } },
    });

  it.each([
    ['postgresql', 'PostgreSQL', (port: number) => ({ postgresql: port })],
    ['api', 'node-1', (port: number) => ({ api: [port] })],
    ['cluster', 'node-1', (port: number) => ({ cluster: [port] })],
  ])('reports the port in use (%s)', async (_, whose, portsWith) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    try {
      const cluster = test.open({ ports: portsWith(port) });
      const message = await failure(cluster.start(test.setup));
      expect(message).toContain(`the port of ${whose} is in use`);
      expect(message).toContain(`127.0.0.1:${port}`);
    } finally {
      taken.close();
    }
  });

  it('reports the end of the log of a server that exits at once', async () => {
    const broken = path.join(path.dirname(test.options.directory), 'broken');
    writeFileSync(broken, '#!/bin/sh\necho "no such option" >&2\nexit 1\n');
    chmodSync(broken, 0o755);
    const message = await failure(withServer({ path: broken }));
    expect(message).toMatch(/the server node-\d exited during its start/);
    expect(message).toContain('no such option');
  });

  it('reports the end of the log of a PostgreSQL that does not start, and starts after the fix', async () => {
    await startUntil('servers');
    await test.open().stop();
    const file = inFolder('postgresql', 'data', 'global', 'pg_control');
    renameSync(file, `${file}.aside`);
    expect(await failure(test.open().start(test.setup))).toContain('global/pg_control');
    renameSync(`${file}.aside`, file);
    expect(await test.open().start(test.setup)).toBe(true);
  });

  it('refuses data of another version of PostgreSQL', async () => {
    await startUntil('servers');
    await test.open().stop();
    const message = await failure(withPostgresql({ version: '19.1' }));
    expect(message).toContain('created by another version');
    expect(message).toContain('PostgreSQL 18');
  });

  it('reports the folder that PostgreSQL cannot enter', async () => {
    const { runAs = { uid: 65_534, gid: 65_534, name: 'nobody' } } = test.setup.programs.postgresql;
    const parent = path.dirname(test.options.directory);
    chmodSync(parent, 0o700);
    const message = await failure(withPostgresql({ runAs }));
    expect(message).toContain(`${parent}: not open to ${runAs.name}`);
    expect(message).toContain('VAULT_PLATFORM_HOME');
    chmodSync(parent, 0o711);
  });

  it('reports that the state cannot be written to its folder', async () => {
    const file = path.join(path.dirname(test.options.directory), 'file');
    writeFileSync(file, '');
    const cluster = test.open({ directory: path.join(file, 'cluster') });
    expect(await failure(cluster.start(test.setup))).toContain('VAULT_PLATFORM_HOME');
  });

  it('continues a start that was killed before bootstrapping', async () => {
    await startUntil('bootstrap');
    expect(existsSync(inFolder('tokens', 'admin'))).toBe(false);
    expect(await failure(Promise.resolve().then(() => test.open().adminToken()))).toContain('no admin token yet');
    expect(await test.open().start(test.setup)).toBe(true);
    const cluster = test.open();
    const client = cluster.client(cluster.adminToken());
    const accessors = await client.list('auth/token/accessors');
    const tokens = await Promise.all(
      accessors.map((accessor) => client.write('auth/token/lookup-accessor', { accessor })),
    );
    // The first root token, which nobody holds any more, is gone too.
    expect(tokens.map(({ data }) => data?.policies).sort()).toEqual([['admin']]);
    await client.close();
  });

  it('continues a start that was killed before unsealing', async () => {
    await startUntil('unseal');
    expect(await test.open().start(test.setup)).toBe(true);
    expect(await test.open().start(test.setup)).toBe(false);
  });

  it('reports unseal keys that are missing, damaged or of another cluster, with a fix', async () => {
    await startUntil('bootstrap');
    const cluster = test.open();
    await cluster.stop();
    const good = readFileSync(cluster.keysFile, 'utf8');

    rmSync(cluster.keysFile);
    expect(await failure(cluster.start(test.setup))).toContain('the file with its unseal keys is missing');
    writeFileSync(cluster.keysFile, good.slice(0, 200));
    expect(await failure(cluster.start(test.setup))).toContain('damaged');
    const { keys } = JSON.parse(good) as { keys: string[] };
    const foreign = keys.map((key) => Buffer.from(key, 'base64').reverse().toString('base64'));
    writeFileSync(cluster.keysFile, JSON.stringify({ ...(JSON.parse(good) as object), keys: foreign }));
    const message = await failure(cluster.start(test.setup));
    expect(message).toContain('the unseal keys do not unseal this cluster');
    for (const key of [...keys, ...foreign]) expect(message).not.toContain(key);

    writeFileSync(cluster.keysFile, good);
    expect(await cluster.start(test.setup)).toBe(true);
  });

  it.each([
    ['are moved away', (): void => undefined],
    ['are not mounted, and an empty folder is in their place', (data: string): void => void mkdirSync(data)],
  ])('initialises no second time where the data of PostgreSQL %s, and starts when they are back', async (_, leave) => {
    await startUntil('bootstrap');
    const cluster = test.open();
    await cluster.stop();
    const keys = readFileSync(cluster.keysFile, 'utf8');
    const data = inFolder('postgresql', 'data');
    renameSync(data, `${data}.aside`);
    leave(data);
    const message = await failure(cluster.start(test.setup));
    expect(message).toContain('the cluster was initialised before, but its data is gone');
    expect(message).toContain(`no data in ${inFolder('postgresql')}`);
    expect(readFileSync(cluster.keysFile, 'utf8')).toBe(keys);

    rmSync(data, { recursive: true, force: true });
    renameSync(`${data}.aside`, data);
    expect(await cluster.start(test.setup)).toBe(true);
  });

  it('initialises no second time where the storage is empty, and keeps the unseal keys', async () => {
    await startUntil('bootstrap');
    const cluster = test.open();
    await cluster.stop();
    const keys = readFileSync(cluster.keysFile, 'utf8');
    // An empty database of the same version, as from a backup of the wrong moment.
    rmSync(cluster.keysFile);
    rmSync(inFolder('postgresql', 'data'), { recursive: true });
    await startUntil('initialise');
    writeFileSync(cluster.keysFile, keys);
    expect(await failure(cluster.start(test.setup))).toContain('because their storage is empty');
    expect(readFileSync(cluster.keysFile, 'utf8')).toBe(keys);
  });

  it('runs two concurrent starts one after the other', async () => {
    const results = await Promise.allSettled([test.open().start(test.setup), test.open().start(test.setup)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { message: expect.stringContaining('another command is working on this cluster') as string },
    });
  });
});
