import path from 'node:path';

import { exitWith } from './cli/exit';
import { parseSynthArguments, synthUsage } from './cli/synth-arguments';
import { readInventory } from './model/read';
import { synthesize } from './synthesis/synthesize';

/** Inventory → stacks → Terraform JSON. Run by `npm run synth` and, with CDKTF_OUTDIR, by `cdktf synth`. */
function main(): void {
  const root = process.env.VAULT_PLATFORM_ROOT ?? process.cwd();
  const options = parseSynthArguments(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(synthUsage);
    return;
  }
  const outputDirectory = path.resolve(options.output ?? process.env.CDKTF_OUTDIR ?? path.join(root, 'cdktf.out'));
  const inventory = readInventory(options.inventory ?? path.join(root, 'inventory'));
  const stacks = synthesize(inventory, { outputDirectory, ...(options.only !== undefined && { only: options.only }) });
  process.stdout.write(
    `${stacks.length} ${stacks.length === 1 ? 'stack' : 'stacks'} in ${path.relative(process.cwd(), outputDirectory) || '.'}\n`,
  );
}

try {
  main();
} catch (error) {
  exitWith(error);
}
