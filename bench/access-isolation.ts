import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Command } from 'commander';

import { wholeNumber } from '../cli/option-values';
import { runCommand } from '../cli/run-command';
import { columns } from '../cli/table';
import { loadInventory } from '../model/load';
import { planStacks } from '../stacks/create-stacks';
import { prove } from '../synthesis/proof/prove';
import type { RenderedStack } from '../synthesis/render-stack';
import { renderStacks } from '../synthesis/render-stacks';
import { inventoryFiles } from './generate-inventory';

interface Options {
  readonly tenants: number;
  readonly teams: number;
  /** Measures one size in this process, and prints JSON. */
  readonly single: boolean;
  /** Only synthesises. */
  readonly withoutProof: boolean;
}

interface Measurement {
  readonly principals: number;
  readonly synthesisSeconds: number;
  readonly proofSeconds: number;
  /** Peak of the resident memory. */
  readonly peakMegabytes: number;
}

/** Processor time, so that other programs on the machine do not count; the work is done by one thread, and its garbage collector. */
function secondsOf(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function measure({ tenants, teams, withoutProof }: Options): Measurement {
  const files = [...inventoryFiles({ tenants, teams, environments: 5 })];
  const inventory = loadInventory(files.map(([file, text]) => ({ path: file, bytes: Buffer.from(text) })));
  const outdir = mkdtempSync(path.join(os.tmpdir(), 'vault-platform-bench-'));
  try {
    const plans = planStacks(inventory);
    let synthesisSeconds = 0;
    function* rendered(): Generator<RenderedStack> {
      let start = secondsOf();
      for (const stack of renderStacks(plans, outdir).stacks) {
        synthesisSeconds += secondsOf() - start;
        yield stack;
        start = secondsOf();
      }
    }
    if (withoutProof) {
      let bytes = 0;
      for (const { text } of renderStacks(plans, outdir).stacks) bytes += text.length;
      if (bytes === 0) throw new Error('the generated inventory has no stacks');
      const peakMegabytes = process.resourceUsage().maxRSS / 1024;
      return { principals: 0, synthesisSeconds: secondsOf(), proofSeconds: 0, peakMegabytes };
    }
    const start = secondsOf();
    const { clusters, problems } = prove(inventory, plans, rendered(), Date.now());
    const proofSeconds = secondsOf() - start - synthesisSeconds;
    if (problems.length > 0) throw new Error(`the generated inventory has ${problems.length} problems`);
    return {
      principals: clusters.reduce((sum, { model }) => sum + model.principals.length, 0),
      synthesisSeconds,
      proofSeconds,
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Measures in a process of its own, so that the memory of one size does not concern the other. */
function measureApart(tenants: number, teams: number, ...more: string[]): Measurement {
  const parameters = ['--tenants', String(tenants), '--teams', String(teams), '--single', ...more];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--max-old-space-size=8192',
      '--max-semi-space-size=16',
      'bin/run.mjs',
      'bench/access-isolation.ts',
      ...parameters,
    ],
    { cwd: process.env.VAULT_PLATFORM_ROOT ?? process.cwd(), encoding: 'utf8', maxBuffer: 2 ** 24 },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measurement;
}

function main(options: Options): void {
  if (options.single) {
    process.stdout.write(`${JSON.stringify(measure(options))}\n`);
    return;
  }
  const { tenants, teams } = options;
  const sizes = [1, 2].map((factor) => {
    const size = tenants * factor;
    const { peakMegabytes: others } = measureApart(size, teams * factor, '--without-proof');
    const measured = measureApart(size, teams * factor);
    return { size, ...measured, proofMegabytes: measured.peakMegabytes - others };
  });
  const [first, second] = sizes;
  process.stdout.write(
    `${columns([
      ['tenants', 'principals', 'synthesis, s', 'proof, s', 'proof, MB'],
      ...sizes.map(({ size, principals, synthesisSeconds, proofSeconds, proofMegabytes }) => [
        String(size),
        String(principals),
        synthesisSeconds.toFixed(1),
        proofSeconds.toFixed(2),
        proofMegabytes.toFixed(0),
      ]),
    ])}\n\ntwice the tenants: ${(second!.proofSeconds / first!.proofSeconds).toFixed(2)} times the time\n`,
  );
}

void runCommand(
  new Command('npm run bench:isolation --')
    .description(
      'Measures the proof of isolation, escalation and expectations for an inventory, and for one of twice its size.',
    )
    .option('--tenants <number>', 'tenants in five environments', wholeNumber(1, 1_000_000), 10_000)
    .option('--teams <number>', 'teams', wholeNumber(1, 100_000), 500)
    .option('--single', 'measure one size, and print JSON', false)
    .option('--without-proof', 'with --single: only synthesise', false)
    .action(main),
);
