import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { ProviderName } from '../../../local/toolbox/built-provider';
import { goName, requirePlatform } from '../../../local/toolbox/platform';
import { providers } from '../../../local/toolbox/providers';
import { isReachable } from '../../../local/toolbox/registry';
import { failureOf, World } from './fixture';

// Whether this machine reaches the public registry must not decide what these tests show.
jest.mock('../../../local/toolbox/registry');

const key = requirePlatform('', '');
const platform = goName(key);
let world: World;
beforeEach(() => {
  world = new World();
  jest.mocked(isReachable).mockReset().mockResolvedValue(false);
});
afterEach(() => world.remove());

/** A plugin folder of the user's with the given providers, unpacked or packed. */
function plugins(name: string, ...entries: readonly string[]): string {
  const directory = path.join(world.root, name);
  mkdirSync(directory, { recursive: true });
  for (const entry of entries) mkdirSync(path.join(directory, entry), { recursive: true });
  return directory;
}

const vaultPlugins = (version: string): string =>
  plugins(`vault-${version}`, `registry.terraform.io/hashicorp/vault/${version}/${platform}`);

const ownMirror = (provider = 'vault', version = '4.4.0'): string =>
  plugins(`cache/terraform-provider-${provider}/${version}/${key}`);

const configOf = async (
  more: NodeJS.ProcessEnv = {},
  product = 'Terraform',
  wanted: readonly ProviderName[] = ['vault'],
): Promise<string> => {
  const { environment } = await providers(product, wanted, world.context(more));
  return readFileSync(environment.TF_CLI_CONFIG_FILE ?? '', 'utf8');
};

test('Terraform uses the registry if it is reachable', async () => {
  jest.mocked(isReachable).mockResolvedValue(true);
  expect(await providers('OpenTofu', ['vault'], world.context())).toEqual({
    environment: {},
    description: 'providers from registry.opentofu.org',
  });
  expect(isReachable).toHaveBeenCalledWith('registry.opentofu.org', expect.anything());
});

test('an installed mirror is used without a request to the registry', async () => {
  const mirror = ownMirror();
  const config = await configOf();
  expect(isReachable).not.toHaveBeenCalled();
  expect(config).toBe(`# registry.terraform.io/hashicorp/vault 4.4.0
# registry.opentofu.org/hashicorp/vault 4.4.0
disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path    = "${mirror}"
    include = ["registry.terraform.io/hashicorp/vault", "registry.opentofu.org/hashicorp/vault"]
  }
  direct {
    exclude = ["registry.opentofu.org/hashicorp/vault", "registry.terraform.io/hashicorp/vault"]
  }
}
`);
});

test('without a registry and without Go, reports what is missing', async () => {
  expect((await failureOf(providers('Terraform', ['vault'], world.context()))).problems[0]).toMatchObject({
    message: 'Go is required to build the vault provider 4.4.0 and is not on PATH',
    fix: expect.stringContaining('VAULT_PLATFORM_PLUGIN_DIR') as string,
  });
  expect(world.messages[0]).toMatch(/^registry\.terraform\.io cannot be reached/);
});

test.each([
  ['vault', ['vault']],
  ['kubernetes', ['kubernetes']],
  ['kubernetes', ['vault', 'kubernetes']],
] as const)('builds only required providers that are missing: %s of %j', async (missing, wanted) => {
  if (missing !== 'vault') ownMirror();
  const failure = await failureOf(providers('Terraform', wanted, world.context()));
  expect(failure.message).toContain(`Go is required to build the ${missing} provider`);
});

test('each requested provider gets a mirror, and the registry is checked once', async () => {
  jest.mocked(isReachable).mockResolvedValue(true);
  const both = await providers('Terraform', ['vault', 'kubernetes'], world.context());
  expect(both).toEqual({ environment: {}, description: 'providers from registry.terraform.io' });
  expect(isReachable).toHaveBeenCalledTimes(1);

  const mirrors = [ownMirror(), ownMirror('kubernetes', '2.20.0')];
  const config = await configOf({}, 'Terraform', ['vault', 'kubernetes']);
  expect([...config.matchAll(/path +=.*/g)].map(([line]) => line)).toEqual(
    mirrors.map((mirror) => `path    = "${mirror}"`),
  );
  expect(config).toContain('include = ["registry.terraform.io/hashicorp/kubernetes"');
});

test('a mirror of another provider is not used', async () => {
  ownMirror();
  ownMirror('kubernetes', '2.20.0');
  expect(await configOf()).not.toContain('kubernetes');
});

test('plugin folders of the user come first, and our mirror is omitted if they contain the provider', async () => {
  ownMirror();
  const vault = vaultPlugins('5.3.0');
  const zip = `registry.terraform.io/hashicorp/kubernetes/terraform-provider-kubernetes_2.38.0_${platform}.zip`;
  const kubernetes = plugins('kubernetes', zip);
  const config = await configOf({ VAULT_PLATFORM_PLUGIN_DIR: `${kubernetes}:${vault}` });
  expect([...config.matchAll(/path +=.*/g)].map(([line]) => line)).toEqual([
    `path    = "${kubernetes}"`,
    `path    = "${vault}"`,
  ]);
  expect(config).toContain(
    'exclude = ["registry.terraform.io/hashicorp/kubernetes", "registry.terraform.io/hashicorp/vault"]',
  );
});

test.each(['3.25.0', '6.0.0'])(
  'a vault provider %s is rejected, because the stacks were not tested with it',
  async (version) => {
    const own = ownMirror();
    const config = await configOf({ VAULT_PLATFORM_PLUGIN_DIR: vaultPlugins(version) });
    expect(config).toContain(`"${own}"`);
  },
);

test('a vault provider for Terraform is not used for OpenTofu', async () => {
  const own = ownMirror();
  const more = { VAULT_PLATFORM_PLUGIN_DIR: vaultPlugins('5.3.0') };
  expect(await configOf(more, 'OpenTofu')).toContain(`"${own}"`);
  expect(await configOf(more, 'Terraform')).not.toContain(`"${own}"`);
});

test('every missing plugin folder is reported', async () => {
  const more = { VAULT_PLATFORM_PLUGIN_DIR: `/nowhere:${plugins('there')}:/not-there` };
  const { problems } = await failureOf(providers('Terraform', ['vault'], world.context(more)));
  expect(problems.map(({ given }) => given)).toEqual(['/nowhere', '/not-there']);
});

test('a configuration of the user with an installation method is used unchanged', async () => {
  ownMirror();
  const file = path.join(world.root, 'company.tfrc');
  writeFileSync(file, 'provider_installation {\n  network_mirror { url = "https://mirror.example/" }\n}\n');
  expect((await providers('Terraform', ['vault'], world.context({ TF_CLI_CONFIG_FILE: file }))).environment).toEqual({
    TF_CLI_CONFIG_FILE: file,
  });
});

test('a configuration without an installation method, or a missing one, is ignored', async () => {
  const own = ownMirror();
  const file = path.join(world.root, 'company.tfrc');
  writeFileSync(file, 'disable_checkpoint = true\n');
  expect(await configOf({ TF_CLI_CONFIG_FILE: file })).toContain(own);
  expect(await configOf({ TF_CLI_CONFIG_FILE: '/nowhere' })).toContain(own);
});

test('a read-only cache folder is reported as a problem, not as a defect', async () => {
  writeFileSync(world.cache, '');
  const more = { VAULT_PLATFORM_PLUGIN_DIR: vaultPlugins('5.3.0') };
  const error = await failureOf(providers('Terraform', ['vault'], world.context(more)));
  expect(error.message).toMatch(/cannot write there[^]*VAULT_PLATFORM_CACHE/);
});
