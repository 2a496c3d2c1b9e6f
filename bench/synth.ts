import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Command } from 'commander';

import { wholeNumber } from '../cli/option-values';
import { runCommand } from '../cli/run-command';
import { columns } from '../cli/table';
import { countResources } from './count-resources';
import { writeInventory } from './generate-inventory';
import { median } from './median';

interface SynthBenchOptions {
  /** Measured runs of each contender. */
  readonly runs: number;
  readonly others: boolean;
}

/** A way to run the synthesis: its name, and the command that writes the stacks of `inventory` to `output`. */
interface Contender {
  readonly name: string;
  readonly command: (inventory: string, output: string) => readonly [string, ...string[]];
}

interface Measurement {
  readonly seconds: number;
  readonly megabytes: number;
}

const root = process.env.VAULT_PLATFORM_ROOT ?? process.cwd();
const others = path.join(root, '.build', 'bench');
/** Alternatives that a user could run; installed only for the benchmark. */
const packages = ['cdktf-cli@0.21.0', 'ts-node@10.9.2', 'tsx@4.23.15'];

function main({ runs, others: compareOthers }: SynthBenchOptions): void {
  const work = mkdtempSync(path.join(tmpdir(), 'vault-platform-bench-'));
  try {
    const contenders = [ours, ...(compareOthers ? installOthers() : [])];
    for (const [tenants, teams, compared] of [
      [24, 4, contenders],
      [400, 20, [ours]],
      [800, 40, [ours]],
      [1600, 80, [ours]],
    ] as const) {
      compare(work, { tenants, teams }, compared, runs);
    }
  } finally {
    rmSync(work, { recursive: true });
  }
}

const ours: Contender = {
  name: 'npm run synth',
  command: (inventory, output) => [
    process.execPath,
    'bin/run.mjs',
    'main.ts',
    '--inventory',
    inventory,
    '--output',
    output,
  ],
};

function installOthers(): Contender[] {
  const bin = (name: string): string => path.join(others, 'node_modules', '.bin', name);
  if (!existsSync(bin('cdktf'))) {
    mkdirSync(others, { recursive: true });
    writeFileSync(path.join(others, 'package.json'), '{ "private": true }\n');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', ...packages], { cwd: others });
  }
  const run = (name: string, program: string, ...options: string[]): Contender => ({
    name,
    command: (inventory, output) => [bin(program), ...options, 'main.ts', '--inventory', inventory, '--output', output],
  });
  return [
    run('tsx', 'tsx'),
    run(
      'ts-node, types not checked',
      'ts-node',
      '--transpile-only',
      '--compilerOptions',
      '{"module":"commonjs","moduleResolution":"node"}',
    ),
    {
      name: 'cdktf synth',
      command: (inventory, output) => [
        bin('cdktf'),
        'synth',
        '--output',
        output,
        '--app',
        `node bin/run.mjs main.ts --inventory ${inventory}`,
      ],
    },
  ];
}

/** Alternates between the contenders, so that variations of the machine affect all of them equally. */
function compare(
  work: string,
  size: { readonly tenants: number; readonly teams: number },
  contenders: readonly Contender[],
  runs: number,
): void {
  const inventory = path.join(work, `inventory-${size.tenants}`);
  writeInventory(inventory, { ...size, environments: 5 });
  const measured = contenders.map((): Measurement[] => []);
  for (let round = 0; round <= runs; round += 1) {
    contenders.forEach((contender, index) => {
      const measurement = measure(contender, inventory, path.join(work, 'output'));
      // The first round bundles, compiles and fills the page cache.
      if (round > 0) measured[index]!.push(measurement);
    });
  }
  const resources = countResources(path.join(work, 'output', 'stacks'));
  const medians = measured.map((each) => ({
    seconds: median(each.map(({ seconds }) => seconds)),
    megabytes: Math.max(...each.map(({ megabytes }) => megabytes)),
  }));
  const [first] = medians;
  process.stdout.write(`\n${size.tenants} tenants of ${size.teams} teams in 5 environments: ${resources} resources\n`);
  process.stdout.write(
    `${columns([
      ['', 'seconds', 'peak MB', 'ratio', 'µs a resource'],
      ...contenders.map(({ name }, index) => {
        const { seconds, megabytes } = medians[index]!;
        return [
          name,
          seconds.toFixed(2),
          megabytes.toFixed(0),
          (seconds / first!.seconds).toFixed(1),
          ((seconds / resources) * 1e6).toFixed(0),
        ];
      }),
    ])}\n`,
  );
}

function measure({ name, command }: Contender, inventory: string, output: string): Measurement {
  rmSync(output, { recursive: true, force: true });
  const [program, ...parameters] = command(inventory, output);
  const before = process.hrtime.bigint();
  const { status, stderr } = spawnSync('/usr/bin/env', ['time', '-f', '%M', program, ...parameters], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CI: '1', DISABLE_VERSION_CHECK: '1', CHECKPOINT_DISABLE: '1' },
  });
  const seconds = Number(process.hrtime.bigint() - before) / 1e9;
  if (status !== 0) throw new Error(`${name} failed\n${stderr}`);
  return { seconds, megabytes: Number(stderr.trimEnd().split('\n').at(-1)) / 1024 };
}

void runCommand(
  new Command('npm run bench:synth --')
    .description(
      'Measures the synthesis of inventories of four sizes, and of the smallest one also with other ways to run it.',
    )
    .option('--runs <number>', 'measured runs of each', wholeNumber(1), 5)
    .option('--no-others', 'do not install and measure the other ways')
    .action(main),
);
