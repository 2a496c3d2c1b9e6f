import { copyFile, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';

import type { Context } from './context';
import { buildGoProgram, type GoSource } from './go';
import { exists, type Installation, install, installedDirectory } from './install';
import type { VersionRange } from './mirrors';
import { goName, type PlatformKey, requirePlatform } from './platform';

/** The variable that names plugin folders. */
export const pluginVariable = 'VAULT_PLATFORM_PLUGIN_DIR';

/** A provider that is built from its source where no registry can be reached. */
interface BuiltProvider {
  /** Version that is built: the oldest release that the stacks were tested with. */
  readonly version: string;
  /** Releases that the stacks were tested with. */
  readonly range: VersionRange;
  readonly source: Pick<GoSource, 'version' | 'sum' | 'oldestGo' | 'goMod'>;
}

/** Neither module's releases have a tag that Go accepts: the versions name commits. */
export const builtProviders = {
  vault: {
    version: '4.4.0',
    range: { oldest: '4.4', below: '6', except: ['5.2.0', '5.10.0'] },
    source: {
      // 4.4.0 and four commits.
      version: 'v1.9.1-0.20241010163921-0318b6b4523e',
      sum: 'h1:r57UtE5ZpGHT7kaFmpHGfID7Um+qRyTzTBf/X0gBGKE=',
      oldestGo: '1.21',
    },
  },
  kubernetes: {
    version: '2.20.0',
    range: { oldest: '2.20', below: '4' },
    source: {
      version: 'v1.13.4-0.20230417041302-5de2ce8af29e',
      sum: 'h1:ycm/eB+HPK/c309kwlT4ljU6e6XD1uxG6sEdHtd0dHs=',
      oldestGo: '1.19',
      goMod: [
        'replace github.com/go-openapi/spec => github.com/go-openapi/spec v0.19.9',
        'replace k8s.io/client-go => k8s.io/client-go v0.25.5',
      ],
    },
  },
} as const satisfies Readonly<Record<string, BuiltProvider>>;

export type ProviderName = keyof typeof builtProviders;

/** A filesystem mirror with one provider in it. */
export interface ProviderMirror {
  readonly directory: string;
  readonly version: string;
}

/** Source addresses of a provider in Terraform and OpenTofu. */
export const providerSources = (name: ProviderName): string[] => [
  `registry.terraform.io/hashicorp/${name}`,
  `registry.opentofu.org/hashicorp/${name}`,
];

/** The mirror, if it was installed before. */
export async function cachedProvider(name: ProviderName, context: Context): Promise<ProviderMirror | undefined> {
  const { version } = builtProviders[name];
  const directory = installedDirectory(installation(name, context));
  return (await exists(directory)) ? { directory, version } : undefined;
}

/** The mirror; builds the provider from its Go module unless that was done before. */
export async function installProvider(name: ProviderName, context: Context): Promise<ProviderMirror> {
  const { directory } = await install(installation(name, context), context.progress);
  return { directory, version: builtProviders[name].version };
}

function installation(name: ProviderName, context: Context): Installation {
  const { version, source }: BuiltProvider = builtProviders[name];
  const title = `the ${name} provider`;
  const platform = requirePlatform(title, pluginVariable);
  const complete: GoSource = {
    ...source,
    title: `${title} ${version}`,
    module: `github.com/hashicorp/terraform-provider-${name}`,
    // Its files were compared with the commit in the provider's repository and are equal.
    notInChecksumDatabase: true,
    variable: pluginVariable,
    alternative: `set ${pluginVariable} to a plugin folder that contains it`,
  };
  return {
    name: title,
    version,
    folder: path.join(context.cacheDirectory, `terraform-provider-${name}`, version),
    platform,
    spaceBytes: 2e9,
    build: async (directory) => {
      const file = path.join(directory, `terraform-provider-${name}_v${version}`);
      await buildGoProgram(complete, file, context);
      await layOut(file, name, platform);
    },
  };
}

/** Makes the folder of an executable a mirror that offers it by each of its sources. */
async function layOut(file: string, name: ProviderName, platform: PlatformKey): Promise<void> {
  const { version } = builtProviders[name];
  const { dir, base } = path.parse(file);
  const targets = providerSources(name).map((source) => path.join(dir, source, version, goName(platform), base));
  for (const target of targets) await mkdir(path.dirname(target), { recursive: true });
  const [first = '', ...others] = targets;
  await rename(file, first);
  for (const other of others) await copyFile(first, other);
}
