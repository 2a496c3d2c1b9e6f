import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ServerClient } from '../../../client/server-client';
import { isFree } from '../../../local/cluster/ports';
import { identify } from '../../../local/cluster/processes';
import type { Dialect } from '../../../model/dialect';
import { keySetPath, keySetPolicy, kvMount, roleOfPolicy } from '../../../model/names';
import type { KeySetAccess } from '../../../model/names';
import { readInventory } from '../../../model/read';
import { planStacks } from '../../../stacks/create-stacks';
import { filesHolding } from '../processes/files-holding';
import { TestReplica } from '../replica/replica';
import { statusOf } from '../vault/status-of';

const environments = ['devel', 'stag', 'integ'] as const;

/** From a file that a team wrote to a program that logs in: what has to hold on either dialect. */
export function describeFirstLogin(dialect: Dialect): void {
  const inventory = readInventory('inventory');
  const everywhere = inventory.tenants.filter((tenant) =>
    environments.every((name) => tenant.environments.some((inside) => inside.environment.name === name)),
  );
  const tenants = everywhere.slice(0, 3);
  const cases = environments.flatMap((environment) => tenants.map((tenant) => [tenant.name, environment] as const));

  const document = (tenant: string, environment: string): string =>
    `${kvMount({ name: environment })}/data/${keySetPath({ name: tenant })}`;
  const role = (tenant: string, environment: string, access: KeySetAccess): string =>
    roleOfPolicy(keySetPolicy({ name: tenant }, { name: environment }, access));

  let replica: TestReplica;
  let firstStart: string;
  beforeAll(async () => {
    replica = new TestReplica(dialect);
    firstStart = await replica.start(...environments);
  }, 600_000);
  afterAll(async () => {
    await replica.dispose();
  }, 60_000);

  it('there are three tenants in three environments to look at', () => {
    expect(tenants).toHaveLength(3);
  });

  describe.each(cases)('%s in %s', (tenant, environment) => {
    let reader: ServerClient;
    let writer: ServerClient;
    beforeAll(async () => {
      reader = await replica.login(role(tenant, environment, 'ro'));
      writer = await replica.login(role(tenant, environment, 'rw'));
    });

    it('-ro reads its document, made with the content the application expects', async () => {
      const { data } = await reader.read(document(tenant, environment));
      expect(data?.data).toEqual({ key_sets: [], active_kid: -1 });
    });

    it('-ro is refused everything else', async () => {
      const path = document(tenant, environment);
      const update = { data: { key_sets: [] }, options: { cas: 1 } };
      await expect(statusOf(reader.write(path, update))).resolves.toBe(403);
      await expect(statusOf(reader.delete(path))).resolves.toBe(403);
      await expect(statusOf(reader.read(path.replace('/data/', '/metadata/')))).resolves.toBe(403);
      await expect(statusOf(reader.list(kvMount({ name: environment }) + '/metadata'))).resolves.toBe(403);
      await expect(statusOf(reader.read('sys/policies/acl/admin'))).resolves.toBe(403);
    });

    it('-rw updates it with check-and-set, sees a lost race, and is refused deletion', async () => {
      const path = document(tenant, environment);
      const { data } = await writer.read(path);
      const { version } = data?.metadata as { version: number };
      await writer.write(path, { data: { key_sets: ['k1'], active_kid: 0 }, options: { cas: version } });
      const late = writer.write(path, { data: { key_sets: [] }, options: { cas: version } });
      await expect(statusOf(late)).resolves.toBe(400);
      await expect(statusOf(writer.delete(path))).resolves.toBe(403);
      await expect(statusOf(writer.delete(path.replace('/data/', '/metadata/')))).resolves.toBe(403);
      await expect(statusOf(writer.write(path.replace('/data/', '/destroy/'), { versions: [1] }))).resolves.toBe(403);
      expect((await writer.read(path)).data?.data).toEqual({ key_sets: ['k1'], active_kid: 0 });
    });

    it('reads no other tenant’s document, nor its own in another environment', async () => {
      const others = cases.filter(([name, where]) => name !== tenant || where !== environment);
      for (const client of [reader, writer]) {
        const statuses = await Promise.all(others.map(([name, where]) => statusOf(client.read(document(name, where)))));
        expect(statuses).toEqual(others.map(() => 403));
      }
    });
  });

  it('the integ policy works on v1/ci/kv, and nowhere else', async () => {
    const client = await replica.login('integ-auth-service-read-write-role');
    const path = (mount: string, rest: string): string => `v1/${mount}/kv/data/auth-service/${rest}`;
    const test = path('ci', 'vault-integ-test/one');
    await client.write(test, { data: { n: 1 } });
    await client.write(test, { data: { n: 2 } });
    expect((await client.read(test)).data?.data).toEqual({ n: 2 });
    await client.delete(test);
    for (const elsewhere of [
      path('integ', 'vault-integ-test/one'),
      path('devel', 'vault-integ-test/one'),
      path('ci', 'configs'),
      path('ci', 'vault-integ-test'),
      'v1/ci/kv/data/other/vault-integ-test/one',
    ]) {
      await expect(statusOf(client.write(elsewhere, { data: {} }))).resolves.toBe(403);
    }
  });

  it('a second start changes nothing, and keeps what applications wrote', async () => {
    expect(firstStart).toContain(' added');
    const second = await replica.start(...environments);
    expect(second).toMatch(/\nno changes, \d/);
    const [tenant, environment] = cases[0]!;
    const reader = await replica.login(role(tenant, environment, 'ro'));
    expect((await reader.read(document(tenant, environment))).data?.data).toEqual({ key_sets: ['k1'], active_kid: 0 });
  });

  it('the commands that start prints can be copied into a shell', async () => {
    const [source, ...lines] = firstStart.split('\n').filter((line) => /^ {2}(\. |platform_login)/.test(line));
    expect(lines.length).toBeGreaterThanOrEqual(2 * cases.length);
    for (const line of lines.filter((candidate) => candidate.includes('/configs')).slice(0, 3)) {
      const { stdout, stderr, exitCode } = await replica.shell(`${source} && ${line}`);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toContain('active_kid');
    }
  });

  it('kill -9 of the active node in the middle of an apply leaves a cluster that serves, and the next apply succeeds', async () => {
    const { nodes, active } = await replica.cluster.status();
    const { pid } = nodes.find(({ name }) => name === active)!;
    const [tenant, environment] = cases[0]!;
    const writer = await replica.login(role(tenant, environment, 'rw'));
    // Something to change, so that the apply does write.
    await replica.admin.delete(`auth/approle/role/${role(tenant, environment, 'ro')}`);
    const apply = replica.platform('start', ...environments, '--dialect', dialect);
    await sleep(3000);
    process.kill(pid!, 'SIGKILL');
    await writer.with({ patienceMilliseconds: 40_000 }).read(document(tenant, environment));
    await apply;
    await expect(replica.start(...environments)).resolves.toContain(' active');
    await replica.login(role(tenant, environment, 'ro'));
    expect((await replica.cluster.status()).nodes.map(({ health }) => health).sort()).toEqual([
      'active',
      'standby',
      'standby',
    ]);
  });

  it('the applied state plans to no changes', async () => {
    const names = planStacks(inventory)
      .map(({ name }) => name)
      .filter((name) => name === 'nonprod-platform' || environments.some((e) => name.startsWith(`${e}-`)));
    const plans = names.map((name) => {
      const directory = path.join(replica.directory, 'terraform', name);
      return { name, state: statSync(path.join(directory, 'terraform.tfstate')).size };
    });
    expect(plans.every(({ state }) => state > 0)).toBe(true);
    await expect(replica.start(...environments)).resolves.toMatch(/\nno changes, \d/);
  });

  it('canaries in documents and SecretIDs occur in no state, plan, JSON, log or process list', async () => {
    const [tenant, environment] = cases[0]!;
    const canary = `canary-${randomUUID()}`;
    const writer = await replica.login(role(tenant, environment, 'rw'));
    const path = document(tenant, environment);
    const { data } = await writer.read(path);
    const { version } = data?.metadata as { version: number };
    await writer.write(path, { data: { key_sets: [canary], active_kid: 0 }, options: { cas: version } });
    const { secret_id: secretId } = await replica.credentials(role(tenant, environment, 'ro'));
    const secrets = [canary, secretId, replica.cluster.adminToken()];

    const start = replica.start(...environments);
    const processes: string[] = [];
    const done = start.then(() => true);
    while (!(await Promise.race([done, sleep(100).then(() => false)]))) {
      processes.push(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8', maxBuffer: 1e8 }));
    }
    const output = await start;
    expect(processes.length).toBeGreaterThan(3);
    for (const secret of secrets) {
      expect(processes.some((list) => list.includes(secret))).toBe(false);
      expect(output.includes(secret)).toBe(false);
      expect(filesHolding(replica.directory, secret)).toEqual(
        secret === replica.cluster.adminToken() ? ['tokens/admin'] : [],
      );
    }
  });

  it('stop leaves no process and no port; the next start has the data', async () => {
    const { nodes, storage } = await replica.cluster.status();
    const { exitCode } = await replica.platform('stop');
    expect(exitCode).toBe(0);
    expect([...nodes, storage].map(({ pid }) => identify(pid!))).toEqual([undefined, undefined, undefined, undefined]);
    for (const { address } of nodes) expect(await isFree(Number(new URL(address).port))).toBe(true);
    await expect(replica.platform('status')).resolves.toMatchObject({ exitCode: 1 });
    await replica.start('devel');
    const [tenant, environment] = cases[0]!;
    const reader = await replica.login(role(tenant, environment, 'ro'));
    const { data } = await reader.read(document(tenant, environment));
    expect(JSON.stringify(data?.data)).toContain('canary-');
  });
}
