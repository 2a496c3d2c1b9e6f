import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Command } from 'commander';

import { wholeNumber } from '../cli/option-values';
import { runCommand } from '../cli/run-command';
import { columns } from '../cli/table';
import { loadInventory, type InventoryFiles } from '../model/load';
import { synthesize } from '../synthesis/synthesize';
import { countResources } from './count-resources';
import { inventoryFiles } from './generate-inventory';
import { median } from './median';

interface TenantBenchOptions {
  /** Tenants in each inventory. */
  readonly tenants: number;
  /** Measured runs of each contender. */
  readonly runs: number;
}

interface Contender {
  readonly name: string;
  readonly files: InventoryFiles;
  readonly loads: number[];
  readonly syntheses: number[];
  resources: number;
}

function main({ tenants, runs }: TenantBenchOptions): void {
  const work = mkdtempSync(path.join(tmpdir(), 'vault-platform-bench-'));
  try {
    const contenders = [contender('only a key set', tenants, false), contender('everything', tenants, true)];
    for (let run = 0; run <= runs; run += 1) {
      for (const each of contenders) measure(each, path.join(work, each.name), run > 0);
    }
    report(contenders, tenants);
  } finally {
    rmSync(work, { recursive: true });
  }
}

function contender(name: string, tenants: number, everything: boolean): Contender {
  const files = inventoryFiles({ tenants, teams: Math.ceil(tenants / 20), environments: 1, everything });
  return {
    name,
    files: [...files].map(([file, text]) => ({ path: file, bytes: Buffer.from(text) })),
    loads: [],
    syntheses: [],
    resources: 0,
  };
}

/** The first run is a warm-up, in which the code is compiled. */
function measure(each: Contender, outputDirectory: string, counts: boolean): void {
  const begin = performance.now();
  const inventory = loadInventory(each.files);
  const loaded = performance.now();
  synthesize(inventory, { outputDirectory, only: 'devel-team-*' });
  const end = performance.now();
  each.resources = countResources(path.join(outputDirectory, 'stacks'));
  if (!counts) return;
  each.loads.push(loaded - begin);
  each.syntheses.push(end - loaded);
}

function report(contenders: readonly Contender[], tenants: number): void {
  const first = median(contenders[0]?.syntheses ?? []);
  process.stdout.write(
    `${columns([
      ['a tenant with', 'resources', 'ms to load', 'ms to synthesise', 'ratio', 'µs a resource'],
      ...contenders.map(({ name, resources, loads, syntheses }) => {
        const synthesis = median(syntheses);
        return [
          name,
          (resources / tenants).toFixed(0),
          (median(loads) / tenants).toFixed(2),
          (synthesis / tenants).toFixed(2),
          (synthesis / first).toFixed(1),
          ((synthesis / resources) * 1000).toFixed(0),
        ];
      }),
    ])}\n`,
  );
}

void runCommand(
  new Command('npm run bench:tenant --')
    .description(
      'Measures one tenant in one environment: a tenant with only a key set, and one with every engine and several logins.',
    )
    .option('--tenants <number>', 'tenants in each inventory', wholeNumber(1), 400)
    .option('--runs <number>', 'runs of each, in turn', wholeNumber(1), 9)
    .action(main),
);
