import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { App } from 'cdktf';

import { PlatformError } from '../model/errors';
import type { Inventory } from '../model/inventory';
import { unknownName } from '../model/unknown-name';
import { planStacks, type StackPlan } from '../stacks/create-stacks';
import { synthesizerOf } from './write-stack';

export interface SynthesisOptions {
  /** Output folder of `stacks/<stack>/cdk.tf.json` and `manifest.json`. */
  readonly outputDirectory: string;
  /** Name of the stacks to write; `*` matches any text. @default - all */
  readonly only?: string;
}

/**
 * Writes the Terraform JSON of the inventory's stacks, and removes the output for stacks that no longer exist.
 *
 * @returns names of the stacks written, in an order in which they can be applied
 * @throws PlatformError `usage` if no stack matches `only`, or if the folder is not writable
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
 * Creates, writes and releases one stack after the other, because stacks do not depend on each other. So the largest stack determines the
 * memory, and the garbage collector has little to do. The manifest contains all stacks, each with its server and team.
 */
function writeStacks(plans: readonly StackPlan[], outputDirectory: string): void {
  const { manifest } = new App({ outdir: outputDirectory });
  for (const { create, origin } of plans) {
    const stack = create(new App({ outdir: outputDirectory }));
    stack.prepareStack();
    synthesizerOf(stack).synthesize({ outdir: outputDirectory, manifest, skipValidation: false });
    Object.assign(manifest.forStack(stack), { origin });
  }
  manifest.writeToFile();
}

/** Only the output is read and written during a synthesis, so every error of a system call concerns it. */
function writeProblem(outputDirectory: string, error: unknown): PlatformError | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return undefined;
  const fix = 'choose a folder that you may write to, on a disk with free space';
  return new PlatformError('usage', [
    { message: `the Terraform JSON cannot be written (${code})`, given: outputDirectory, fix },
  ]);
}

/**
 * cdktf records a stack trace for each computed attribute, which takes a fifth of the time and is not used. It does so with
 * `Error.captureStackTrace`, which does nothing here. Thrown errors keep their stack trace.
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
