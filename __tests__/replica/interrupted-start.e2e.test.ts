import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { execa } from 'execa';

import { seededRandom } from '../../rehearsal/seeded-random';
import { writeFilesIn } from '../support/inventory/write-files';
import { TestReplica } from '../support/replica/replica';
import { seed, soak } from '../support/soak';

/** Who gets which signal. */
const interruptions = [
  ['Ctrl-C', 'SIGINT', 'everything'],
  ['SIGTERM to the command', 'SIGTERM', 'command'],
  ['kill -9 of the command', 'SIGKILL', 'command'],
  ['kill -9 of Terraform', 'SIGKILL', 'terraform'],
  ['kill -9 of everything', 'SIGKILL', 'everything'],
] as const;
const rounds = soak ? 50 : interruptions.length;

const random = seededRandom(seed);
let folder: string;
let replica: TestReplica;
const write = (file: string, text: string): void => writeFilesIn(folder, { [file]: text });
const environments = (count: number): string[] => Array.from({ length: count }, (_, index) => `e${index}`);
const start = (...names: string[]): Promise<string> => replica.start('--inventory', folder, ...names);

/** Each round has an environment more, with two tenants in it, so that mounts, documents, policies and roles are created. */
function addEnvironment(name: string): void {
  write(`environments/${name}.yaml`, 'description: An environment\ncluster: nonprod\nstate: {backend: local}\n');
  for (const tenant of ['basket', 'wishlist']) {
    write(`tenants/shop/${tenant}-${name}.yaml`, `description: A tenant\nenvironments: [${name}]\n`);
  }
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-interrupted-'));
  write(
    'clusters/nonprod.yaml',
    'description: A cluster\naddress: https://vault.nonprod.example.com:8200\nstate: {backend: local}\n',
  );
  addEnvironment('e0');
  replica = new TestReplica('openbao');
  await start('e0');
}, 600_000);
afterAll(async () => {
  await replica.dispose();
  rmSync(folder, { recursive: true });
}, 60_000);

/** Processes whose command line or working folder belongs to the replica's Terraform, as pids. */
async function terraformProcesses(): Promise<number[]> {
  const { stdout } = await execa('ps', ['-eo', 'pid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid = '', args = ''] = /^\s*(\d+) (.*)$/.exec(line) ?? [];
    const isTerraform = /^\S*(?:terraform|tofu)\S* |terraform-provider-/.test(args);
    return isTerraform && belongsToReplica(Number(pid)) ? [Number(pid)] : [];
  });
}

function belongsToReplica(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(replica.directory);
  } catch {
    return false;
  }
}

/** Starts, and interrupts the start while Terraform runs, after a random while. @returns exit code and errors */
async function interruptedStart(
  names: readonly string[],
  signal: NodeJS.Signals,
  who: (typeof interruptions)[number][2],
): Promise<{ readonly exitCode: number | undefined; readonly stderr: string }> {
  const parameters = [
    'bin/run.mjs',
    'cli/platform.ts',
    'start',
    ...names,
    '--inventory',
    folder,
    '--dialect',
    'openbao',
  ];
  const env = { VAULT_PLATFORM_HOME: replica.home, NO_COLOR: '1' };
  const command = execa(process.execPath, parameters, { env, reject: false, stdin: 'ignore', cleanup: true });
  while ((await terraformProcesses()).length === 0 && command.exitCode === null) await sleep(20);
  await sleep(random() * 6000);
  const terraform = await terraformProcesses();
  // A terminal sends Ctrl-C to the command only, since Terraform is not in its process group.
  const pids = [
    ...(who === 'terraform' ? [] : [command.pid!]),
    ...(who === 'command' || signal === 'SIGINT' ? [] : terraform),
  ];
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
  const { exitCode, stderr } = await command;
  return { exitCode, stderr };
}

test.each(
  Array.from({ length: rounds }, (_, index) => [index + 1, ...interruptions[index % interruptions.length]!] as const),
)(
  'round %i: after %s the next start succeeds, and loses nothing',
  async (round, _, signal, who) => {
    const names = environments(round + 1);
    addEnvironment(names.at(-1)!);
    const { stderr } = await interruptedStart(names, signal, who);
    expect(stderr).not.toMatch(/^\s+at /m);
    await start(...names);
    expect(await start(...names)).toMatch(/\nno changes, \d/);
    for (const name of names) {
      for (const tenant of ['basket', 'wishlist']) {
        const client = await replica.login(`${tenant}-${name}-${name}-ro-role`);
        const { data } = await client.read(`v1/${name}/kv/data/${tenant}-${name}/configs`);
        expect(data?.data).toEqual({ key_sets: [], active_kid: -1 });
      }
    }
    // Nothing that a start began outlives it, but for the servers.
    expect(await terraformProcesses()).toEqual([]);
  },
  600_000,
);

test('a damaged state is restored, and what exists is added to it', async () => {
  const state = path.join(replica.directory, 'terraform', 'e0-shop', 'terraform.tfstate');
  const engines = path.join(replica.directory, 'terraform', 'e0-engines', 'terraform.tfstate');
  for (const file of [state, engines]) {
    writeFileSync(file, '');
    rmSync(`${file}.backup`, { force: true });
  }
  await start('e0');
  expect(await start('e0')).toMatch(/\nno changes, \d/);
  expect(readFileSync(`${state}.damaged`, 'utf8')).toBe('');
}, 600_000);
