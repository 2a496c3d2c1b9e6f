import { createHash } from 'node:crypto';
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { makeFolder } from '../../files/make-folder';
import { PlatformError } from '../../model/errors';
import {
  builtProviders,
  cachedProvider,
  installProvider,
  pluginVariable,
  type ProviderMirror,
  type ProviderName,
  providerSources,
} from './built-provider';
import { type Context, variable } from './context';
import { exists, explainWriting } from './install';
import { type MirroredProvider, offers, readMirror } from './mirrors';
import { goName, requirePlatform } from './platform';
import type { Providers } from './program';
import { isReachable } from './registry';

/** The registry that a provider's short name, `hashicorp/vault`, stands for. */
const registries: Readonly<Record<string, string>> = {
  Terraform: 'registry.terraform.io',
  OpenTofu: 'registry.opentofu.org',
};

interface Mirror {
  readonly directory: string;
  readonly providers: readonly MirroredProvider[];
}

/**
 * Sources of providers for `terraform init`: first the plugin folders of the user; then, for wanted providers, mirrors of this
 * project if they are built or the registry cannot be reached; for all others the registry.
 *
 * @param product - `Terraform` or `OpenTofu`
 * @param wanted - the providers that stacks need: only these are ever built
 * @throws PlatformError (toolbox) if a plugin folder does not exist, or a provider that is wanted can be had nowhere
 */
export async function providers(
  product: string,
  wanted: readonly ProviderName[],
  context: Context,
): Promise<Providers> {
  const host = registries[product] ?? 'registry.terraform.io';
  const mirrors = await userMirrors(context);
  if (mirrors.length === 0) {
    const file = await userConfig(context);
    if (file !== undefined) {
      return { environment: { TF_CLI_CONFIG_FILE: file }, description: `providers from the locations in ${file}` };
    }
  }
  const described = mirrors.map(({ directory }) => directory);
  let reachable: Promise<boolean> | undefined;
  for (const name of wanted) {
    const { range } = builtProviders[name];
    if (mirrors.some((mirror) => offers(mirror.providers, `${host}/hashicorp/${name}`, range))) continue;
    const own = await ownMirror(name, () => (reachable ??= isReachable(host, context)), host, context);
    if (own === undefined) continue;
    const { directory, version } = own;
    mirrors.push({ directory, providers: providerSources(name).map((source) => ({ source, versions: [version] })) });
    described.push(`our own mirror (${name} ${version})`);
  }
  if (mirrors.length === 0) return { environment: {}, description: `providers from ${host}` };
  const file = await writeConfig(mirrors, context);
  return {
    environment: { TF_CLI_CONFIG_FILE: file },
    description: `providers from ${described.join(', ')}; others from ${host}`,
  };
}

async function ownMirror(
  name: ProviderName,
  isRegistryReachable: () => Promise<boolean>,
  host: string,
  context: Context,
): Promise<ProviderMirror | undefined> {
  const cached = await cachedProvider(name, context);
  if (cached !== undefined) return cached;
  if (await isRegistryReachable()) return undefined;
  context.progress(`${host} cannot be reached: the ${name} provider is built from its source`);
  return installProvider(name, context);
}

async function userMirrors(context: Context): Promise<Mirror[]> {
  const named = (variable(context.environment, pluginVariable) ?? '')
    .split(path.delimiter)
    .filter((each) => each !== '');
  if (named.length === 0) return [];
  const directories = named.map((each) => path.resolve(each));
  const found = await Promise.all(directories.map((each) => stat(each).catch(() => undefined)));
  const wrong = directories.filter((_, index) => found[index]?.isDirectory() !== true);
  if (wrong.length > 0) {
    throw new PlatformError(
      'toolbox',
      wrong.map((given) => ({
        message: `${pluginVariable} names a folder that does not exist`,
        given,
        allowed: `folders laid out as Terraform's filesystem_mirror, separated by ${path.delimiter}`,
        fix: `correct ${pluginVariable}, or unset it`,
      })),
    );
  }
  const platform = goName(requirePlatform('a provider', pluginVariable));
  return Promise.all(
    directories.map(async (directory) => ({ directory, providers: await readMirror(directory, platform) })),
  );
}

/** A CLI configuration of the user with the sources of providers, such as a company mirror. It is used unchanged. */
async function userConfig({ environment }: Context): Promise<string | undefined> {
  const home = variable(environment, 'HOME');
  const candidates = [
    variable(environment, 'TF_CLI_CONFIG_FILE'),
    ...(home === undefined ? [] : ['.tofurc', '.terraformrc'].map((name) => path.join(home, name))),
  ];
  for (const candidate of candidates) {
    if (candidate === undefined) continue;
    const text = await readFile(candidate, 'utf8').catch(() => '');
    if (/^\s*provider_installation\s*\{/m.test(text)) return path.resolve(candidate);
  }
  return undefined;
}

/** Named by its content, so that concurrent runs write the same bytes or different files. */
async function writeConfig(mirrors: readonly Mirror[], { cacheDirectory }: Context): Promise<string> {
  const text = render(mirrors);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const file = path.join(cacheDirectory, 'terraform-cli', `${hash}.tfrc`);
  if (await exists(file)) return file;
  const temporary = `${file}.${process.pid}`;
  try {
    makeFolder(path.dirname(file));
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch (error) {
    throw explainWriting('writing a configuration for Terraform', error, file);
  }
  return file;
}

/** Excludes mirrored providers from the registry: Terraform queries every source and fails if the registry cannot be reached. */
function render(mirrors: readonly Mirror[]): string {
  const list = (sources: readonly string[]): string =>
    `[${sources.map((source) => JSON.stringify(source)).join(', ')}]`;
  const sources = (mirror: Mirror): string[] => mirror.providers.map(({ source }) => source);
  const mirrored = [...new Set(mirrors.flatMap(sources))].sort();
  const offered = mirrors.flatMap((mirror) => mirror.providers.map((one) => `${one.source} ${one.versions.join(' ')}`));
  return [
    // With another version on offer the file gets another name, so that working folders are initialised again.
    ...offered.map((line) => `# ${line}`),
    'disable_checkpoint = true',
    '',
    'provider_installation {',
    ...mirrors
      .filter(({ providers: held }) => held.length > 0)
      .flatMap((mirror) => [
        '  filesystem_mirror {',
        `    path    = ${JSON.stringify(mirror.directory)}`,
        `    include = ${list(sources(mirror))}`,
        '  }',
      ]),
    '  direct {',
    `    exclude = ${list(mirrored)}`,
    '  }',
    '}',
    '',
  ].join('\n');
}
