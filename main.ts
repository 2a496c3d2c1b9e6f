import path from 'node:path';

import { runCommand } from './cli/run-command';
import { synthCommand, type SynthOptions } from './cli/synth-command';
import { formatProblems, type Problem } from './model/errors';
import { loadInventory } from './model/load';
import { readInventoryFiles } from './model/read';
import { schemaHints } from './model/schema-hints';
import { checkOutput } from './synthesis/check-output';
import { synthesize } from './synthesis/synthesize';

const unproven = 'access is proven only when all stacks are synthesised: leave out --only';

/** Inventory → stacks → Terraform JSON. Run by `npm run synth` and, with CDKTF_OUTDIR, by `cdktf synth`. */
function synth({ inventory: directory, only, output, check }: SynthOptions): void {
  const root = process.env.VAULT_PLATFORM_ROOT ?? process.cwd();
  const outputDirectory = path.resolve(output ?? process.env.CDKTF_OUTDIR ?? path.join(root, 'cdktf.out'));
  const folder = directory ?? path.join(root, 'inventory');
  const files = readInventoryFiles(folder);
  const inventory = loadInventory(files);
  const warn = (problem: Problem) => process.stderr.write(`${formatProblems([problem])}\n`);
  for (const hint of schemaHints(folder, files)) warn(hint);
  const proof = { now: Date.now(), warn };
  const where = path.relative(process.cwd(), outputDirectory) || '.';
  const count = (stacks: number): string => `${stacks} ${stacks === 1 ? 'stack' : 'stacks'}`;
  if (check) {
    const stacks = checkOutput(inventory, { outputDirectory, proof });
    process.stdout.write(`${count(stacks)} in ${where} ${stacks === 1 ? 'is' : 'are'} up to date\n`);
    return;
  }
  const stacks = synthesize(inventory, { outputDirectory, ...(only === undefined ? { proof } : { only }) });
  if (only !== undefined) process.stderr.write(`${unproven}\n`);
  process.stdout.write(`${count(stacks.length)} in ${where}\n`);
}

void runCommand(synthCommand(synth));
