import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { makeFolder } from '../files/make-folder';
import { PlatformError, type Problem } from '../model/errors';
import type { Inventory } from '../model/inventory';
import { matches } from '../model/language/wildcard';
import { unknownName } from '../model/unknown-name';
import { planStacks, type StackPlan } from '../stacks/create-stacks';
import { hintsOf } from './hints';
import { writeNames } from './names-in-use';
import { hasStack, listedStacks, removeStack } from './output-folder';
import { prove } from './proof/prove';
import type { RenderedStack } from './render-stack';
import { renderStacks } from './render-stacks';

export interface SynthesisOptions {
  /** Output folder of `stacks/<stack>/cdk.tf.json`, `manifest.json` and `names.json`. */
  readonly outputDirectory: string;
  /** Name of the stacks to write; `*` matches any text. @default - all */
  readonly only?: string;
  /**
   * Proves, before anything is written, that tenants are isolated, that none of their logins escalates, and that expectations hold. This
   * takes all stacks, so that nothing is proven with `only`. @default - nothing is proven
   */
  readonly proof?: {
    /** Milliseconds since 1970. */
    readonly now: number;
    /** Gets what expires soon. */
    readonly warn: (problem: Problem) => void;
  };
}

/**
 * Writes the Terraform JSON of the inventory's stacks, and removes the output for stacks that no longer exist, if the manifest of an earlier
 * synthesis lists it. Other files in the folder stay. Files that are to be proven are in a folder inside the output folder, which is
 * removed, until the proof succeeds.
 *
 * @returns names of the stacks written, in an order in which they can be applied
 * @throws PlatformError `inventory` with all problems that the proof finds, `usage` if no stack matches `only`, or if the folder is not
 * writable
 */
export function synthesize(inventory: Inventory, options: SynthesisOptions): string[] {
  const { outputDirectory, only, proof } = options;
  const listed = listedStacks(outputDirectory);
  const all = planStacks(inventory);
  const chosen = only === undefined ? all : choose(all, only);
  inOutput(outputDirectory, () => {
    makeFolder(outputDirectory);
    const { manifest, stacks } = renderStacks(chosen, outputDirectory);
    if (proof === undefined || only !== undefined) for (const stack of stacks) write(stack, outputDirectory);
    else writeProven(inventory, all, stacks, outputDirectory, proof);
    const current = new Set(all.map(({ name }) => name));
    for (const stack of listed.values()) {
      if (!current.has(stack.name)) removeStack(outputDirectory, stack);
      else if (hasStack(outputDirectory, stack)) manifest.stacks[stack.name] ??= stack;
    }
    manifest.writeToFile();
    writeNames(inventory, outputDirectory);
  });
  return chosen.map(({ name }) => name);
}

/** Folder in the output folder, so that its files can be moved without a copy; one that an interrupted synthesis left is replaced. */
const unproven = '.unproven';

/** Writes all stacks, and moves their files to the output after the proof: in memory, they would take more than everything else. */
function writeProven(
  inventory: Inventory,
  plans: readonly StackPlan[],
  stacks: Iterable<RenderedStack>,
  outputDirectory: string,
  { now, warn }: NonNullable<SynthesisOptions['proof']>,
): void {
  const directory = path.join(outputDirectory, unproven);
  const files: string[] = [];
  function* written(): Generator<RenderedStack> {
    for (const stack of stacks) {
      write(stack, directory);
      files.push(stack.file);
      yield stack;
    }
  }
  try {
    rmSync(directory, { recursive: true, force: true });
    const { problems, warnings } = prove(inventory, plans, written(), now);
    for (const warning of [...hintsOf(inventory), ...warnings]) warn(warning);
    if (problems.length > 0) throw new PlatformError('inventory', problems);
    for (const file of files) {
      const target = path.join(outputDirectory, file);
      makeFolder(path.dirname(target));
      renameSync(path.join(directory, file), target);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function write({ file, text }: Pick<RenderedStack, 'file' | 'text'>, directory: string): void {
  const target = path.join(directory, file);
  makeFolder(path.dirname(target));
  writeFileSync(target, text);
}

/** @throws PlatformError `usage` for errors of the file system, which concern the output folder */
function inOutput<T>(outputDirectory: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw writeProblem(outputDirectory, error) ?? error;
  }
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

function choose(plans: readonly StackPlan[], only: string): StackPlan[] {
  const chosen = plans.filter(({ name }) => matches(only, name));
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
