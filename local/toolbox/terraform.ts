import type { Context } from './context';
import { find, type Wanted } from './find';
import type { GoSource } from './go';
import { goProgram } from './go-program';
import type { Program } from './program';

const tofuVersion = '1.12.6';

/** The oldest that the stacks are written for: locks in S3 without DynamoDB, write-only arguments. */
const wanted: Wanted = {
  variable: 'VAULT_PLATFORM_TERRAFORM',
  commands: ['terraform', 'tofu'],
  versionArguments: ['version'],
  products: [
    { name: 'Terraform', pattern: /^Terraform v([^\s,]+)/m, oldest: '1.11' },
    { name: 'OpenTofu', pattern: /^OpenTofu v([^\s,]+)/m, oldest: '1.10' },
  ],
};

/** Built where there is neither: OpenTofu, which reads the same files. */
const source: GoSource = {
  title: `OpenTofu ${tofuVersion}`,
  module: 'github.com/opentofu/opentofu',
  version: `v${tofuVersion}`,
  sum: 'h1:0VT4P8pMmGcCUnQ9JDrJ+Qg2d35Vzm4FFd/9+H7oF98=',
  package: 'github.com/opentofu/opentofu/cmd/tofu',
  oldestGo: '1.26.6',
  goMod: [
    'godebug (\n\ttlsmlkem=0\n\twinsymlink=0\n)',
    'replace github.com/hashicorp/hcl/v2 v2.20.1 => github.com/opentofu/hcl/v2 v2.20.2-0.20251021132045-587d123c2828',
  ],
  // A release says so when it is linked; without this it calls itself 1.12.6-dev.
  linkerFlags: '-X github.com/opentofu/opentofu/version.dev=no',
  variable: wanted.variable,
  alternative: `put Terraform 1.11 or newer on PATH, or set ${wanted.variable} to one`,
};

/** Terraform or OpenTofu from the variable or PATH, else OpenTofu built from its Go module. */
export async function terraform(context: Context): Promise<Program> {
  const found = await find(wanted, context.environment, context.progress);
  return found ?? goProgram({ name: 'OpenTofu', version: tofuVersion, executable: 'tofu', source }, context);
}
