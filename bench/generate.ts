import { Command } from 'commander';

import { wholeNumber } from '../cli/option-values';
import { runCommand } from '../cli/run-command';
import { writeInventory } from './generate-inventory';

interface GenerateOptions {
  readonly output: string;
  readonly tenants: number;
  readonly teams: number;
  readonly environments: number;
}

void runCommand(
  new Command('npm run bench:generate --')
    .description('Writes an inventory of any size.')
    .requiredOption('--output <folder>', 'folder to write to')
    .option('--tenants <number>', 'number of tenants', wholeNumber(1, 1_000_000), 10_000)
    .option('--teams <number>', 'number of teams', wholeNumber(1, 100_000), 500)
    .option('--environments <number>', 'environments of each tenant', wholeNumber(1, 5), 5)
    .action(({ output, ...size }: GenerateOptions) => {
      writeInventory(output, size);
      process.stdout.write(`${size.tenants} tenants of ${size.teams} teams in ${output}\n`);
    }),
);
