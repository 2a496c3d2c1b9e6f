import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { App } from 'cdktf';

import { PlatformError } from '../model/errors';
import type { Inventory } from '../model/inventory';
import { unknownName } from '../model/unknown-name';
import { planStacks, type StackPlan } from '../stacks/create-stacks';
import { synthesizerOf } from './write-stack';

export interface SynthesisOptions {
  /** Folder that gets `stacks/<stack>/cdk.tf.json` and `manifest.json`. */
  readonly outputDirectory: string;
  /** Stacks to write, as a name in which `*` stands for anything. @default - all */
  readonly only?: string;
}

/**
 * Writes the Terraform JSON of the inventory's stacks, and removes what an earlier run wrote for stacks that are no more.
 *
 * @returns the names of the stacks written, in an order in which they can be applied
 * @throws PlatformError `usage` if no stack is called like `only`, or if the folder cannot be written to
 */
export function synthesize(inventory: Inventory, options: SynthesisOptions): string[] {
  const { outputDirectory, only } = options;
  const all = planStacks(inventory);
  const chosen = only === undefined ? all : choose(all, only);
  try {
    mkdirSync(outputDirectory, { recursive: true });
    withoutCreationStacks(() => {
      writeStacks(chosen, outputDirectory);
    });
    removeStale(path.join(outputDirectory, 'stacks'), new Set(all.map(({ name }) => name)));
  } catch (error) {
    throw writeProblem(outputDirectory, error) ?? error;
  }
  return chosen.map(({ name }) => name);
}

/**
 * Each stack is made, written and forgotten before the next: stacks know nothing of one another, so memory stays that of the
 * largest, and the collector of garbage has next to nothing to do. The manifest is that of all of them.
 */
function writeStacks(plans: readonly StackPlan[], outputDirectory: string): void {
  const { manifest } = new App({ outdir: outputDirectory });
  for (const { create } of plans) {
    const stack = create(new App({ outdir: outputDirectory }));
    stack.prepareStack();
    synthesizerOf(stack).synthesize({ outdir: outputDirectory, manifest, skipValidation: false });
  }
  manifest.writeToFile();
}

/** Nothing but the output is read or written meanwhile, so what the system refuses is about that. */
function writeProblem(outputDirectory: string, error: unknown): PlatformError | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return undefined;
  const fix = 'name a folder that you may write to, on a disk with room';
  return new PlatformError('usage', [
    { message: `the Terraform JSON cannot be written (${code})`, given: outputDirectory, fix },
  ]);
}

/**
 * cdktf writes down where each computed attribute was made, which nobody here reads and which takes a fifth of the time. It
 * asks for that by this function; errors that are thrown do not, and keep their stack.
 */
function withoutCreationStacks(work: () => void): void {
  const before = Object.getOwnPropertyDescriptor(Error, 'captureStackTrace')!;
  Error.captureStackTrace = () => undefined;
  try {
    work();
  } finally {
    Object.defineProperty(Error, 'captureStackTrace', before);
  }
}

function choose(plans: readonly StackPlan[], only: string): StackPlan[] {
  const literal = (text: string): string => text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  const pattern = new RegExp(`^${only.split('*').map(literal).join('.*')}$`);
  const chosen = plans.filter(({ name }) => pattern.test(name));
  if (chosen.length > 0) return chosen;
  const names = plans.map(({ name }) => name);
  throw new PlatformError('usage', [
    unknownName({
      message: 'no stack has this name',
      given: only,
      known: names,
      allowed: names.length > 10 ? `${names.slice(0, 10).join(', ')}, … (${names.length} in all)` : names.join(', '),
    }),
  ]);
}

function removeStale(directory: string, current: ReadonlySet<string>): void {
  if (!existsSync(directory)) return;
  for (const name of readdirSync(directory)) {
    if (!current.has(name)) rmSync(path.join(directory, name), { recursive: true });
  }
}
