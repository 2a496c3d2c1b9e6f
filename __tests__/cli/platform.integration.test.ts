import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Toolbox } from '../../local/toolbox/toolbox';
import { writeFilesIn } from '../support/inventory/write-files';
import { TestReplica, type CommandResult } from '../support/replica/replica';
import { statusOf } from '../support/vault/status-of';

const inventoryFiles = {
  'clusters/nonprod.yaml': `description: A cluster
address: https://vault.nonprod.example.com:8200
state: {backend: local}
`,
  'environments/devel.yaml': `description: An environment
cluster: nonprod
state: {backend: local}
`,
  'tenants/payments/checkout.yaml': `description: Baskets
environments: [devel]
policies:
  - name: tests
    environments: [devel]
    reason: Tests write documents
    grants:
      - path: tests/*
        operations: [create, read, update]
`,
};

let folder: string;
let inventory: string;
let replica: TestReplica;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-cli-'));
  inventory = path.join(folder, 'inventory');
  writeFilesIn(inventory, inventoryFiles);
  const server = await new Toolbox({ environment: process.env, projectDirectory: process.cwd() }).server(
    'openbao',
    () => undefined,
  );
  mkdirSync(path.join(folder, 'bin'));
  symlinkSync(server.path, path.join(folder, 'bin', 'bao'));
  replica = new TestReplica('openbao');
  await replica.start('--inventory', inventory);
}, 300_000);

afterAll(async () => {
  await replica.dispose();
  rmSync(folder, { recursive: true });
}, 60_000);

const platform = (...parameters: string[]): Promise<CommandResult> =>
  replica.platform('--inventory', inventory, ...parameters);

describe('platform tenant show', () => {
  /** What it prints, role by role: the commands, made for this replica instead of the address in the inventory. */
  async function commandsByRole(): Promise<Map<string, string[]>> {
    const { exitCode, stdout } = await platform('tenant', 'show', 'payments/checkout', '--environment', 'devel');
    expect(exitCode).toBe(0);
    const address = await replica.cluster.activeAddress();
    const blocks = stdout.split('\n\n').map((block) => block.trimEnd().split('\n'));
    const roles = blocks.filter(([role]) => role?.endsWith('-role'));
    return new Map(
      roles.map(([role = '', ...lines]) => {
        const commands = lines.filter((line) => !line.startsWith('  #')).map((line) => line.trim());
        expect(commands[0]).toBe('export BAO_ADDR=https://vault.nonprod.example.com:8200');
        return [role, [`export BAO_ADDR=${address} BAO_CACERT=${replica.cluster.caFile}`, ...commands.slice(1)]];
      }),
    );
  }

  /** An administrator's shell, in an empty folder with a document to write. */
  function shell(commands: readonly string[], document = '{"key_sets":["k1"],"active_kid":0}'): Promise<CommandResult> {
    const directory = mkdtempSync(path.join(folder, 'shell-'));
    writeFileSync(path.join(directory, 'document.json'), document);
    return replica.shell(
      [
        'set -eu',
        `cd ${directory}`,
        `PATH=${path.join(folder, 'bin')}:$PATH`,
        `export BAO_TOKEN=$(cat ${replica.cluster.adminTokenFile})`,
        ...commands,
      ].join('\n'),
    );
  }

  let roles: Map<string, string[]>;
  beforeAll(async () => (roles = await commandsByRole()));

  it('lists every role', () => {
    expect([...roles.keys()]).toEqual([
      'checkout-devel-ro-role',
      'checkout-devel-rw-role',
      'checkout.tests.devel-role',
    ]);
  });

  it('-ro: issue a SecretID, log in and read, copied into a shell', async () => {
    const { exitCode, stdout, stderr } = await shell(roles.get('checkout-devel-ro-role')!);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ data: { data: { key_sets: [], active_kid: -1 } } });
  });

  it('leaves no secret in a file that others can read, and no wrapping token', async () => {
    const commands = roles.get('checkout-devel-ro-role')!;
    const { stdout } = await shell([...commands.slice(0, -1), `stat -c '%a %n' *`]);
    expect(stdout.split('\n')).toEqual(['644 document.json', '644 role-id', '600 secret-id']);
  });

  it('-rw: writes with check-and-set, and is refused with an outdated version', async () => {
    const commands = roles.get('checkout-devel-rw-role')!;
    const write = commands.at(-1)!;
    expect(write).toContain(' -cas=1 ');
    const first = await shell(commands);
    expect({ exitCode: first.exitCode, stderr: first.stderr }).toEqual({ exitCode: 0, stderr: '' });
    const second = await shell(commands, '{"key_sets":["lost"]}');
    expect(second.exitCode).toBe(2);
    expect(second.stderr).toContain('check-and-set parameter did not match the current version');
    const { stdout } = await shell(roles.get('checkout-devel-ro-role')!);
    expect(JSON.parse(stdout)).toMatchObject({
      data: { data: { key_sets: ['k1'], active_kid: 0 }, metadata: { version: 2 } },
    });
  });

  it('a role of a further policy: creates its document, then reads it', async () => {
    const commands = roles.get('checkout.tests.devel-role')!;
    const { exitCode, stdout, stderr } = await shell(commands, '{"n":1}');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/"n": 1/);
    const again = await shell(commands, '{"n":2}');
    expect(again.stderr).toContain('check-and-set parameter did not match the current version');
  });

  it.each([
    [['payments/chekout', '-e', 'devel'], 'unknown tenant', 'did you mean payments/checkout?'],
    [['payments/checkout', '-e', 'dvel'], 'unknown environment', 'did you mean devel?'],
  ])('%j is refused and suggests the nearest name', async (parameters, message, fix) => {
    const { exitCode, stdout, stderr } = await platform('tenant', 'show', ...parameters);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(`✗ ${message}\n`);
    expect(stderr).toContain(fix);
  });
});

describe('platform status and logs', () => {
  it('status --json prints JSON', async () => {
    const { exitCode, stdout } = await platform('status', '--json');
    expect(exitCode).toBe(0);
    const [state, ...others] = JSON.parse(stdout) as { nodes: { health: string; pid: number }[]; active: string }[];
    expect(others).toEqual([]);
    expect(state).toMatchObject({
      name: 'nonprod-openbao',
      dialect: 'openbao',
      storage: { type: 'postgresql' },
      seal: { type: 'shamir', threshold: 3, shares: 5 },
    });
    expect(state!.nodes.map(({ health }) => health).sort()).toEqual(['active', 'standby', 'standby']);
    for (const { pid } of state!.nodes) expect(() => process.kill(pid, 0)).not.toThrow();
  });

  it('status and start report a missing file with the unseal keys', async () => {
    const { keysFile } = replica.cluster;
    renameSync(keysFile, `${keysFile}.aside`);
    try {
      expect((await platform('status')).stdout).toMatch(/unseal keys +the file is missing: put it back/);
      expect(await replica.start('--inventory', inventory)).toContain(`${keysFile} is missing: put it back`);
    } finally {
      renameSync(`${keysFile}.aside`, keysFile);
    }
    expect((await platform('status')).stdout).not.toContain('unseal keys');
  });

  it('status prints a table', async () => {
    const { exitCode, stdout } = await platform('status');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^nonprod-openbao\n {2}node-1 {3}https:/);
    expect(stdout).toMatch(/\n {2}seal +shamir, 3 of 5 shares$/);
  });

  it('logs prints the requested number of lines of a part', async () => {
    const { exitCode, stdout } = await platform('logs', 'node-1', '-n', '5');
    expect(exitCode).toBe(0);
    const lines = stdout.split('\n');
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(line).toMatch(/^node-1 {2}\d{4}-/);
  });

  it('logs of an unknown part lists the existing ones', async () => {
    const { exitCode, stderr } = await platform('logs', 'node-11');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('allowed: node-1, node-2, node-3, postgresql');
    expect(stderr).toContain('did you mean node-1?');
  });
});

describe('platform start, stop and restart of a server', () => {
  const healthOf = async (): Promise<Record<string, string>> =>
    Object.fromEntries((await replica.cluster.status()).nodes.map(({ name, health }) => [name, health]));

  it('stop leaves the others serving, and status reports it; restart and start unseal', async () => {
    const { active = '' } = await replica.cluster.status();
    const { stdout } = await platform('stop', active);
    const next = /^nonprod-openbao\/node-\d: stopped; (node-\d) is active$/.exec(stdout)?.[1] ?? '';
    expect(await healthOf()).toMatchObject({ [active]: 'stopped', [next]: 'active' });
    const { exitCode, stdout: status } = await platform('status');
    expect(exitCode).toBe(0);
    expect(status).toMatch(new RegExp(`${active} .* stopped +not running`));
    expect((await platform('start', active)).stdout).toMatch(/: started and unsealed; node-\d is active$/);
    expect((await platform('start', `nonprod-openbao/${active}`)).stdout).toMatch(/: runs already; node-\d is active$/);
    expect((await platform('restart', next)).stdout).toMatch(/: restarted and unsealed; node-\d is active$/);
    expect(Object.values(await healthOf()).sort()).toEqual(['active', 'standby', 'standby']);
  });

  it('stop of the last active server says that nothing answers', async () => {
    const stops = [];
    for (const server of replica.cluster.serverNames) stops.push(await platform('stop', server));
    expect(stops.at(-1)).toMatchObject({ exitCode: 0 });
    expect(stops.at(-1)?.stdout).toContain('no server of nonprod-openbao is active now');
    expect((await platform('status')).exitCode).toBe(1);
    for (const server of replica.cluster.serverNames) expect((await platform('start', server)).exitCode).toBe(0);
    expect(Object.values(await healthOf()).sort()).toEqual(['active', 'standby', 'standby']);
  });

  it.each([
    [['restart', 'devel'], 'unknown server'],
    [['stop', '--purge', 'node-1'], 'a server has no data of its own'],
    [['start', 'node-1', 'devel'], 'a server is started alone'],
  ])('%j is refused with what is there', async (parameters, message) => {
    const { exitCode, stderr } = await platform(...parameters);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`✗ ${message}`);
    expect(stderr).toMatch(/ {2}(?:allowed|fix): /);
  });
});

describe.each([
  ['in a team that is there', 'payments', 'basket'],
  ['in a team of its own', 'storefront', 'web-shop'],
])('a tenant %s', (_, team, name) => {
  const role = `${name}-devel-ro-role`;
  const document = `v1/devel/kv/data/${name}/configs`;
  const file = (): string => path.join(inventory, 'tenants', team, `${name}.yaml`);
  const add = (): Promise<CommandResult> => platform('tenant', 'add', `${team}/${name}`, '--environments', 'devel');

  it('is created by tenant add and a start', async () => {
    const { exitCode, stdout } = await add();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^wrote /);
    expect(readFileSync(file(), 'utf8')).toContain('environments:\n  - devel\n');
    expect(await replica.start('--inventory', inventory)).toContain(`devel-${team}: 5 added`);
    const writer = await replica.login(`${name}-devel-rw-role`);
    await writer.write(document, { data: { key_sets: ['mine'], active_kid: 0 }, options: { cas: 1 } });
  });

  it('cannot be added twice', async () => {
    const before = readFileSync(file(), 'utf8');
    const { exitCode, stderr } = await add();
    expect(exitCode).toBe(1);
    expect(stderr).toContain('the tenant already exists');
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  it('is removed with its roles and policies, and its document stays', async () => {
    rmSync(file());
    await replica.start('--inventory', inventory);
    await expect(statusOf(replica.admin.read(`auth/approle/role/${role}`))).resolves.toBe(404);
    await expect(statusOf(replica.admin.read(`sys/policies/acl/${name}-devel-ro`))).resolves.toBe(404);
    await expect(statusOf(replica.admin.read(`sys/policies/acl/${name}-devel-rw`))).resolves.toBe(404);
    const { data } = await replica.admin.read(`v1/devel/kv/metadata/${name}/configs`);
    expect(data).toMatchObject({ current_version: 2 });
    // The others are untouched.
    await replica.login('checkout-devel-ro-role');
  });

  it('that is added again fails, because its document exists', async () => {
    await add();
    const { exitCode, stderr } = await replica.platform('start', '--inventory', inventory);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('keySet: existing');
    expect(stderr).not.toMatch(/\n\s+at |defect/);
  });

  it('keeps the document with keySet: existing', async () => {
    writeFileSync(file(), `${readFileSync(file(), 'utf8')}\nkeySet: existing\n`);
    await replica.start('--inventory', inventory);
    const reader = await replica.login(role);
    const { data } = await reader.read(document);
    expect(data?.data).toEqual({ key_sets: ['mine'], active_kid: 0 });
    await expect(replica.start('--inventory', inventory)).resolves.toMatch(/\nno changes, \d/);
  });
});

describe('tenant add', () => {
  it.each([
    ['payments/Checkout', 'devel'],
    ['checkout', 'devel'],
    ['engines/checkout', 'devel'],
    ['storefront/checkout', 'devel'],
    ['payments/new', 'dvel'],
  ])('%s in %s is refused, and nothing is written', async (identity, environments) => {
    const { exitCode, stdout, stderr } = await platform('tenant', 'add', identity, '--environments', environments);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^✗ .*\n {2}given: /);
    expect(stderr).not.toMatch(/\n\s+at |defect/);
    expect(existsSync(path.join(inventory, 'tenants', `${identity}.yaml`))).toBe(false);
  });
});
