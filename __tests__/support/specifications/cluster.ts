import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

import type { ServerClient } from '../../../client/server-client';
import { isFree } from '../../../local/cluster/ports';
import { identify } from '../../../local/cluster/processes';
import { generateRootToken } from '../../../local/cluster/root-token';
import type { ClusterStatus } from '../../../local/cluster/status';
import type { Dialect } from '../../../model/dialect';
import { shakeHands } from '../tls/tls-probe';
import { useTestCluster } from '../vault/embedded-cluster';

/** What an embedded cluster does, whichever of the two programs serves. */
export function specifyCluster(dialect: Dialect): void {
  const test = useTestCluster(dialect);
  const clients: ServerClient[] = [];
  const client = (token?: string): ServerClient => {
    const one = test().open().client(token);
    clients.push(one);
    return one;
  };
  const admin = (): ServerClient => client(test().open().adminToken());
  const pids = ({ nodes, storage }: ClusterStatus): number[] =>
    [...nodes.map(({ pid }) => pid), storage.pid].filter((pid) => pid !== undefined);
  const settings = (): { postgresqlPort: number; nodes: { name: string; apiPort: number; clusterPort: number }[] } =>
    JSON.parse(readFileSync(path.join(test().options.directory, 'cluster.json'), 'utf8')) as never;

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((one) => one.close()));
  });

  it('runs three unsealed nodes, one of them active, over one PostgreSQL', async () => {
    const status = await test().open().status();
    expect(status.nodes.map(({ health }) => health).sort()).toEqual(['active', 'standby', 'standby']);
    expect(status.nodes.map(({ version }) => version)).toEqual(Array(3).fill(test().setup.programs.server.version));
    expect(status.active).toBe(status.nodes.find(({ health }) => health === 'active')?.name);
    expect(status.seal).toEqual({ type: 'shamir', threshold: 3, shares: 5 });
    expect(status.storage).toMatchObject({ type: 'postgresql', connections: { max: 208 } });
    expect(pids(status)).toHaveLength(4);
  });

  it('changes nothing when it is started again', async () => {
    const before = pids(await test().open().status());
    expect(await test().open().start(test().setup)).toBe(false);
    expect(pids(await test().open().status())).toEqual(before);
  });

  it('makes secret files readable by their owner only', () => {
    const { directory } = test().options;
    const mode = (...names: string[]): number => statSync(path.join(directory, ...names)).mode & 0o777;
    for (const name of ['keys.json', 'cluster.json', 'tokens/admin', 'certificates/ca.key']) {
      expect([name, mode(name)]).toEqual([name, 0o600]);
    }
    for (const name of ['certificates', 'tokens', 'nodes/node-1']) expect([name, mode(name)]).toEqual([name, 0o700]);
    // Others may pass to PostgreSQL's data, if its user must; nobody may look around.
    expect(mode('.') & 0o066).toBe(0);
    expect(readFileSync(path.join(directory, 'keys.json'), 'utf8')).toContain('only its owner can read');
  });

  it('leaves no root token', async () => {
    const open = client();
    const token = await generateRootToken(open, test().open().keysFile);
    const root = open.with({ token });
    const own = (await root.read('auth/token/lookup-self')).data?.accessor;
    const others = (await root.list('auth/token/accessors')).filter((accessor) => accessor !== own);
    const tokens = await Promise.all(others.map((accessor) => root.write('auth/token/lookup-accessor', { accessor })));
    expect(tokens.map(({ data }) => data?.policies).sort()).toEqual([['admin']]);
    expect(tokens.map(({ data }) => data?.orphan)).toEqual([true]);
    await root.write('auth/token/revoke-self');
    await expect(root.read('auth/token/lookup-self')).rejects.toMatchObject({ status: 403 });
  });

  it('writes an audit log with every request, and no secret in any log, command line or environment', async () => {
    const token = test().open().adminToken();
    await client(token).write('sys/mounts/audited', { type: 'kv' });
    await client(token).write('audited/document', { value: 'canary-value' });
    const { directory } = test().options;
    const keys = JSON.parse(readFileSync(path.join(directory, 'keys.json'), 'utf8')) as { keys: string[] };
    const secrets = [token, 'canary-value', ...keys.keys];
    const { logFiles, auditFiles } = test().open();
    // A node that has never been active may have written none yet.
    const audit = Object.values(auditFiles).map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : ''));
    expect(audit.join('')).toContain('"path":"audited/document"');
    const processes = pids(await test().open().status()).flatMap((pid) =>
      ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'utf8')),
    );
    const texts = [...audit, ...Object.values(logFiles).map((file) => readFileSync(file, 'utf8')), ...processes];
    for (const text of texts) expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });

  it('writes a policy again when its text differs', async () => {
    const { setup, open } = test();
    const policies = [...setup.policies, { name: 'third', rules: 'path "a" { capabilities = ["read"] }\n' }];
    expect(await open().start({ ...setup, policies })).toBe(true);
    expect(await open().start({ ...setup, policies })).toBe(false);
    expect((await admin().read('sys/policies/acl/third')).data?.policy).toBe(policies.at(-1)?.rules);
  });

  it('accepts TLS 1.2 and 1.3 for every name of this machine, and no older version', async () => {
    const ca = readFileSync(test().open().caFile, 'utf8');
    const { nodes, postgresqlPort } = settings();
    const servers = [
      ...nodes.map(({ name, apiPort }) => ({ name, port: apiPort, postgresql: false })),
      { name: 'postgresql', port: postgresqlPort, postgresql: true },
    ];
    for (const { name, port, postgresql } of servers) {
      for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
        for (const host of ['localhost', name]) {
          expect(await shakeHands(port, version, ca, { host, postgresql })).toMatchObject({
            version,
            certificate: { subject: { CN: name } },
          });
        }
      }
      expect(await shakeHands(port, 'TLSv1.1', ca, { postgresql })).toEqual({
        failure: expect.stringMatching(/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|ECONNRESET/) as string,
      });
      expect(await shakeHands(port, 'TLSv1.3', ca, { host: 'elsewhere', postgresql })).toEqual({
        failure: 'ERR_TLS_CERT_ALTNAME_INVALID',
      });
    }
  });

  it('starts again with a new certificate when one is lost', async () => {
    const { directory } = test().options;
    rmSync(path.join(directory, 'certificates', 'node-1.crt'));
    expect(await test().open().start(test().setup)).toBe(true);
    const ca = readFileSync(test().open().caFile, 'utf8');
    const port = settings().nodes[0]?.apiPort ?? 0;
    expect(await shakeHands(port, 'TLSv1.3', ca)).toMatchObject({ certificate: { subject: { CN: 'node-1' } } });
  });

  it('continues to serve after kill -9 of the active node, with every acknowledged write', async () => {
    const cluster = test().open();
    const writer = admin();
    await writer.write('sys/mounts/survivors', { type: 'kv' });
    const before = await cluster.status();
    const victim = before.nodes.find(({ health }) => health === 'active');
    const acknowledged: string[] = [];
    for (let index = 0; index < 60; index += 1) {
      if (index === 30) process.kill(victim?.pid ?? 0, 'SIGKILL');
      // One that breaks in the middle was not acknowledged; those after it wait for the takeover.
      const written = await writer.write(`survivors/${index}`, { index }).catch(() => undefined);
      if (written !== undefined) acknowledged.push(String(index));
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(58);
    const after = await cluster.status();
    expect(after.active).toBeDefined();
    expect(after.active).not.toBe(before.active);
    expect(await writer.list('survivors')).toEqual(expect.arrayContaining(acknowledged));

    expect(await test().open().start(test().setup)).toBe(true);
    const healths = (await cluster.status()).nodes.map(({ health }) => health);
    expect(healths.sort()).toEqual(['active', 'standby', 'standby']);
  });

  it('starts with the same data after kill -9 of all processes', async () => {
    await admin().write('sys/mounts/kept', { type: 'kv' });
    await admin().write('kept/document', { value: 'still here' });
    const token = test().open().adminToken();
    for (const pid of pids(await test().open().status())) process.kill(pid, 'SIGKILL');
    expect(await test().open().start(test().setup)).toBe(true);
    expect((await client(token).read('kept/document')).data).toEqual({ value: 'still here' });
    expect(test().open().adminToken()).toBe(token);
  });

  it('replaces a missing token with the unseal keys, and revokes the lost one', async () => {
    const lost = test().open().adminToken();
    rmSync(test().open().adminTokenFile);
    expect(await test().open().start(test().setup)).toBe(true);
    expect(test().open().adminToken()).not.toBe(lost);
    await client(test().open().adminToken()).read('auth/token/lookup-self');
    await expect(client(lost).read('auth/token/lookup-self')).rejects.toMatchObject({ status: 403 });
    expect(await test().open().start(test().setup)).toBe(false);
  });

  it('leaves no process and no port when it is stopped, and keeps the data', async () => {
    const before = pids(await test().open().status());
    const { postgresqlPort, nodes } = settings();
    expect(await test().open().stop()).toBe(true);
    expect(before.map(identify)).toEqual(before.map(() => undefined));
    for (const port of [postgresqlPort, ...nodes.flatMap(({ apiPort, clusterPort }) => [apiPort, clusterPort])]) {
      expect([port, await isFree(port)]).toEqual([port, true]);
    }
    const status = await test().open().status();
    expect(status.nodes.map(({ health }) => health)).toEqual(['stopped', 'stopped', 'stopped']);
    expect(await test().open().stop()).toBe(false);

    expect(await test().open().start(test().setup)).toBe(true);
    expect((await admin().read('kept/document')).data).toEqual({ value: 'still here' });
  });
}
