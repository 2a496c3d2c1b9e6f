import { copyFile, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';

import type { Context } from './context';
import { buildGoProgram, type GoSource } from './go';
import { exists, type Installation, install, installedDirectory } from './install';
import { goName, type PlatformKey, requirePlatform } from './platform';

const version = '4.4.0';

/** The sources by which Terraform and OpenTofu know the provider. */
export const vaultProviderSources = ['registry.terraform.io/hashicorp/vault', 'registry.opentofu.org/hashicorp/vault'];

/** Releases of the provider that the stacks were tested with: at least the first, older than the second. */
export const vaultProviderRange = { oldest: '4.4', below: '6' } as const;

const source: GoSource = {
  title: `the vault provider ${version}`,
  module: 'github.com/hashicorp/terraform-provider-vault',
  // 4.4.0 and four commits: releases of it have no tag that Go accepts.
  version: 'v1.9.1-0.20241010163921-0318b6b4523e',
  sum: 'h1:r57UtE5ZpGHT7kaFmpHGfID7Um+qRyTzTBf/X0gBGKE=',
  // Its files were compared with those of the commit in the provider's repository; they are equal.
  notInChecksumDatabase: true,
  oldestGo: '1.21',
  variable: 'VAULT_PLATFORM_PLUGIN_DIR',
  alternative: 'set VAULT_PLATFORM_PLUGIN_DIR to a plugin folder that holds it',
};

/** A filesystem mirror with the vault provider in it. */
export interface VaultProviderMirror {
  readonly directory: string;
  readonly version: string;
}

/** The mirror, if it was installed before. */
export async function cachedVaultProvider(context: Context): Promise<VaultProviderMirror | undefined> {
  const directory = installedDirectory(installation(context));
  return (await exists(directory)) ? { directory, version } : undefined;
}

/** The mirror; builds the provider from its Go module unless that was done before. */
export async function installVaultProvider(context: Context): Promise<VaultProviderMirror> {
  const { directory } = await install(installation(context), context.progress);
  return { directory, version };
}

function installation(context: Context): Installation {
  const platform = requirePlatform(source.title, source.variable);
  return {
    name: 'the vault provider',
    version,
    folder: path.join(context.cacheDirectory, 'terraform-provider-vault', version),
    platform,
    spaceBytes: 2e9,
    build: (directory) => buildMirror(directory, platform, context),
  };
}

async function buildMirror(directory: string, platform: PlatformKey, context: Context): Promise<void> {
  const name = `terraform-provider-vault_v${version}`;
  const built = path.join(directory, name);
  await buildGoProgram(source, built, context);
  const targets = vaultProviderSources.map((each) => path.join(directory, each, version, goName(platform), name));
  for (const target of targets) await mkdir(path.dirname(target), { recursive: true });
  const [first = '', ...others] = targets;
  await rename(built, first);
  for (const other of others) await copyFile(first, other);
}
