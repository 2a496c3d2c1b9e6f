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

/** Seconds of one load: CPU time of all threads, and on the clock. */
interface Times {
  readonly cpu: number;
  readonly clock: number;
}

/** Measurements of one process. */
interface Load {
  readonly first: Times;
  readonly warm: Times;
  /** Peak memory after the first load. */
  readonly megabytes: number;
}

const root = process.env.VAULT_PLATFORM_ROOT ?? process.cwd();

/** Program that loads an inventory once, and then five more times for the time in a warm process. */
const program = `
import { loadInventory } from './model/load';
import { readInventoryFiles } from './model/read';

const files = readInventoryFiles(process.argv[2]);
const load = () => {
  const start = performance.now();
  const before = process.cpuUsage();
  loadInventory(files);
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1e6, clock: (performance.now() - start) / 1e3 };
};
const first = load();
const megabytes = process.resourceUsage().maxRSS / 1024;
const later = [1, 2, 3, 4, 5].map(load);
const middle = (times) => times.sort((a, b) => a - b)[2];
const warm = { cpu: middle(later.map(({ cpu }) => cpu)), clock: middle(later.map(({ clock }) => clock)) };
console.log(JSON.stringify({ first, warm, megabytes }));
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

/** Columns of the table, with their number of digits. */
const measured: readonly (readonly [string, number, (load: Load) => number])[] = [
  ['CPU s first', 2, ({ first }) => first.cpu],
  ['CPU s again', 3, ({ warm }) => warm.cpu],
  ['s first', 2, ({ first }) => first.clock],
  ['s again', 3, ({ warm }) => warm.clock],
  ['peak MB', 0, ({ megabytes }) => megabytes],
];

function report(against: string, tenants: number, loads: readonly (readonly Load[])[]): void {
  const [ours = [], other = []] = loads.map((each) => measured.map(([, , of]) => median(each.map(of))));
  const row = (name: string, values: readonly number[]): string[] => [
    name,
    ...values.map((value, index) => value.toFixed(measured[index]![1])),
  ];
  const ratios = ours.map((value, index) => (value / other[index]!).toFixed(2));
  process.stdout.write(`${tenants} tenants in 5 environments, time to load them\n`);
  const header = ['', ...measured.map(([title]) => title)];
  const rows = [header, row('this checkout', ours), row(against, other), ['ratio', ...ratios]];
  process.stdout.write(`${columns(rows)}\n`);
}

void runCommand(
  new Command('npm run bench:inventory --')
    .description('Compares the time to load an inventory with that of another revision of this repository.')
    .requiredOption('--against <revision>', 'revision to compare with')
    .option('--tenants <number>', 'tenants in the inventory', wholeNumber(1), 1600)
    .option('--runs <number>', 'processes per revision', wholeNumber(1), 9)
    .action(main),
);
