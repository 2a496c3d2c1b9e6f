import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

import { childEnvironment } from '../../../local/toolbox/children';
import type { Program } from '../../../local/toolbox/program';
import { Toolbox } from '../../../local/toolbox/toolbox';
import { World } from './fixture';

// The real programs, in the user's own cache folder: the first run on a machine downloads and builds them.
const firstRun = 10 * 60_000;

const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
const environment = childEnvironment(process.env);
const messages: string[] = [];
const progress = (message: string): void => void messages.push(message);

let world: World;
beforeAll(() => (world = new World()));
afterAll(() => world.remove());

const saysAs = async (
  { path: file }: Program,
  flag: string,
  more: { uid?: number; gid?: number } = {},
): Promise<string> => (await execa(file, [flag], { env: environment, extendEnv: false, cwd: '/', ...more })).stdout;

test(
  'OpenBao runs, and is found in the cache the next time',
  async () => {
    const program = await toolbox.server('openbao', progress);
    expect(await saysAs(program, 'version')).toContain(`OpenBao v${program.version}`);
    expect((await toolbox.server('openbao', progress)).origin).not.toBe('installed');
  },
  firstRun,
);

test('OpenBao is downloaded and verified', async () => {
  const fresh = new Toolbox({
    environment: { ...process.env, PATH: pathWithout('bao'), VAULT_PLATFORM_OPENBAO: '' },
    cacheDirectory: world.cache,
    projectDirectory: process.cwd(),
  });
  const program = await fresh.server('openbao', progress);
  expect(program).toMatchObject({ origin: 'installed', version: '2.7.2' });
  expect(await saysAs(program, 'version')).toContain('OpenBao v2.7.2');
  expect(messages).toContainEqual(expect.stringMatching(/^downloading OpenBao 2\.7\.2 \(\d+ MB\)$/));
}, 180_000);

test('PostgreSQL creates a database as the user that it runs as', async () => {
  const program = await toolbox.postgresql(progress);
  const { runAs, binDirectory } = program;
  const user = runAs === undefined ? {} : { uid: runAs.uid, gid: runAs.gid };
  expect(await saysAs(program, '--version', user)).toContain(`(PostgreSQL) ${program.version}`);

  const data = path.join(world.root, 'data');
  mkdirSync(data);
  if (runAs !== undefined) await execa('chown', [`${runAs.uid}:${runAs.gid}`, data]);
  const args = ['--pgdata', data, '--auth', 'peer', '--no-sync'];
  const { exitCode } = await execa(path.join(binDirectory, 'initdb'), args, { ...user, cwd: '/' });
  expect(exitCode).toBe(0);
}, 60_000);

test.each([
  ['vault', '>= 4.4, != 5.2.0, != 5.10.0, < 6', 'vault_kv_secret_v2'],
  ['kubernetes', '>= 2.20, < 4', 'kubernetes_stateful_set_v1'],
] as const)(
  'terraform init finds a %s provider that the stacks can use',
  async (name, version, resource) => {
    const terraform = await toolbox.terraform(progress);
    expect(await saysAs(terraform, 'version')).toContain(`${terraform.name} v${terraform.version}`);
    const { environment: added, description } = await toolbox.providers(progress, [name]);
    expect(description).toMatch(/^providers from /);

    const directory = path.join(world.root, `stack-${name}`);
    mkdirSync(directory);
    const stack = { terraform: { required_providers: { [name]: { source: `hashicorp/${name}`, version } } } };
    writeFileSync(path.join(directory, 'cdk.tf.json'), JSON.stringify(stack));
    const options = { cwd: directory, env: { ...environment, ...added }, extendEnv: false };
    await execa(terraform.path, ['init', '-input=false', '-no-color'], options);
    // The schema comes from the provider itself: it has been started.
    const { stdout } = await execa(terraform.path, ['providers', 'schema', '-json'], options);
    expect(stdout).toContain(`"${resource}"`);
  },
  firstRun,
);

/** PATH without the folders that hold a program. */
function pathWithout(command: string): string {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.filter((folder) => !existsSync(path.join(folder, command))).join(path.delimiter);
}
