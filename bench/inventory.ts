import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Command } from 'commander';

import { wholeNumber } from '../cli/option-values';
import { runCommand } from '../cli/run-command';
import { columns } from '../cli/table';
import { writeInventory } from './generate-inventory';
import { median } from './median';

interface InventoryBenchOptions {
  readonly against: string;
  readonly tenants: number;
  readonly runs: number;
}

/** Measurements of one process. Times are CPU time in seconds. */
interface Load {
  readonly first: number;
  readonly warm: number;
  readonly megabytes: number;
}

const root = process.env.VAULT_PLATFORM_ROOT ?? process.cwd();

/** Program that loads an inventory once, and then five more times for the time in a warm process. */
const program = `
import { loadInventory } from './model/load';
import { readInventoryFiles } from './model/read';

const files = readInventoryFiles(process.argv[2]);
const load = () => {
  const before = process.cpuUsage();
  loadInventory(files);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};
const first = load();
const warm = [1, 2, 3, 4, 5].map(load).sort((a, b) => a - b)[2];
console.log(JSON.stringify({ first, warm, megabytes: process.resourceUsage().maxRSS / 1024 }));
`;

/** Compares this checkout with another revision. Both are bundled in the same way and run alternately. */
function main({ against, tenants, runs }: InventoryBenchOptions): void {
  const work = mkdtempSync(path.join(tmpdir(), 'vault-platform-bench-'));
  const git = (...words: readonly string[]): void => {
    execFileSync('git', ['-C', root, ...words], { stdio: 'ignore' });
  };
  const other = path.join(work, 'other');
  git('worktree', 'add', '--detach', other, against);
  try {
    symlinkSync(path.join(root, 'node_modules'), path.join(other, 'node_modules'));
    const inventory = path.join(work, 'inventory');
    writeInventory(inventory, { tenants, teams: Math.ceil(tenants / 20), environments: 5 });
    const bundles = [bundle(root, path.join(work, 'ours.cjs')), bundle(other, path.join(work, 'other.cjs'))];
    const loads = bundles.map((): Load[] => []);
    for (let round = 0; round < runs; round += 1) {
      bundles.forEach((file, index) => {
        const text = execFileSync(process.execPath, [file, inventory], { encoding: 'utf8' });
        loads[index]!.push(JSON.parse(text) as Load);
      });
    }
    report(against, tenants, loads);
  } finally {
    git('worktree', 'remove', '--force', other);
    rmSync(work, { recursive: true, force: true });
  }
}

function bundle(directory: string, outfile: string): string {
  const esbuild = path.join(root, 'node_modules', '.bin', 'esbuild');
  const options = ['--loader=ts', '--bundle', '--platform=node', '--log-level=error', `--outfile=${outfile}`];
  execFileSync(esbuild, options, { cwd: directory, input: program });
  return outfile;
}

function report(against: string, tenants: number, loads: readonly (readonly Load[])[]): void {
  const [ours, other] = loads.map((each) => ({
    first: median(each.map(({ first }) => first)),
    warm: median(each.map(({ warm }) => warm)),
    megabytes: median(each.map(({ megabytes }) => megabytes)),
  }));
  const row = (name: string, { first, warm, megabytes }: Load, digits: number): string[] => [
    name,
    first.toFixed(2),
    warm.toFixed(digits),
    megabytes.toFixed(digits === 3 ? 0 : 2),
  ];
  const ratio = {
    first: ours!.first / other!.first,
    warm: ours!.warm / other!.warm,
    megabytes: ours!.megabytes / other!.megabytes,
  };
  process.stdout.write(`${tenants} tenants in 5 environments, CPU time to load them\n`);
  process.stdout.write(
    `${columns([
      ['', 's first', 's again', 'peak MB'],
      row('this checkout', ours!, 3),
      row(against, other!, 3),
      row('ratio', ratio, 2),
    ])}\n`,
  );
}

void runCommand(
  new Command('npm run bench:inventory --')
    .description('Compares the time to load an inventory with that of another revision of this repository.')
    .requiredOption('--against <revision>', 'revision to compare with')
    .option('--tenants <number>', 'tenants in the inventory', wholeNumber(1), 1600)
    .option('--runs <number>', 'processes per revision', wholeNumber(1), 9)
    .action(main),
);
