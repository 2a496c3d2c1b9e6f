import type { Context } from './context';
import { find, type Wanted } from './find';
import type { GoSource } from './go';
import { goProgram } from './go-program';
import type { Program } from './program';

const version = '1.21.1';

const wanted: Wanted = {
  variable: 'VAULT_PLATFORM_VAULT',
  commands: ['vault'],
  versionArguments: ['version'],
  products: [
    {
      name: 'Vault',
      pattern: /^Vault v([^\s,]+)/m,
      oldest: '1.21',
      refuse: (given) => (given.includes('+ent') ? 'does not start without a licence' : undefined),
    },
  ],
};

const source: GoSource = {
  title: `Vault ${version}`,
  module: 'github.com/hashicorp/vault',
  version: `v${version}`,
  sum: 'h1:4bYxh55jSitPOs5+iPshEdDhBLeXCm6BjGDIV1vYzys=',
  oldestGo: '1.25.3',
  goMod: [
    'replace github.com/99designs/keyring => github.com/Jeffail/keyring v1.2.3',
    'replace github.com/ma314smith/signedxml v1.1.1 => github.com/moov-io/signedxml v1.1.1',
    // Vault itself replaces it by a folder of its repository, which its module does not hold.
    'replace github.com/hashicorp/vault/sdk => github.com/hashicorp/vault/sdk v0.20.0',
  ],
  variable: wanted.variable,
  alternative: `put Vault 1.21 or newer on PATH, or set ${wanted.variable} to one`,
};

/** Vault from its variable, PATH, or built from its Go module, without the web interface. */
export async function vault(context: Context): Promise<Program> {
  const found = await find(wanted, context.environment, context.progress);
  return found ?? goProgram({ name: 'Vault', version, executable: 'vault', source }, context);
}
