import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Manifest } from 'cdktf';

import { PlatformError, type Problem } from '../model/errors';
import type { Inventory } from '../model/inventory';
import { namesFile } from './names-in-use';
import { listedStacks } from './output-folder';
import { stackFile } from './synthesised';
import { synthesize, type SynthesisOptions } from './synthesize';

/**
 * Whether a folder contains what a synthesis would write, byte for byte, and nothing else that Terraform applies. Synthesises to a temporary
 * folder; writes nothing to the output.
 *
 * @returns the number of stacks
 * @throws PlatformError `usage` if there is no such folder, and with every stack that is stale, missing or no longer in the inventory, and
 * every other file of Terraform; as {@link synthesize} does otherwise
 */
export function checkOutput(inventory: Inventory, options: Omit<SynthesisOptions, 'only'>): number {
  const { outputDirectory } = options;
  if (statSync(outputDirectory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new PlatformError('usage', [
      {
        message: 'there is no output to check',
        given: outputDirectory,
        allowed: 'the output of a synthesis',
        fix: 'synthesise first, without --check, or name the folder that contains the output',
      },
    ]);
  }
  const listed = listedStacks(outputDirectory);
  const fresh = mkdtempSync(path.join(tmpdir(), 'vault-platform-check-'));
  try {
    const stacks = synthesize(inventory, { ...options, outputDirectory: fresh });
    const current = new Set(stacks);
    const files = [...stacks.map(fileOf), namesFile, Manifest.fileName];
    const problems = [
      ...files.flatMap((file) => compare(path.join(fresh, file), path.join(outputDirectory, file))),
      ...[...listed.keys()]
        .filter((name) => !current.has(name))
        .map((name) => stale(path.join(outputDirectory, fileOf(name)), 'the inventory has no such stack')),
      ...foreign(outputDirectory, new Set([...stacks, ...listed.keys()].map(fileOf))),
    ];
    if (problems.length > 0) throw new PlatformError('usage', problems);
    return stacks.length;
  } finally {
    rmSync(fresh, { recursive: true });
  }
}

/** What Terraform or OpenTofu reads in the folder of a stack, overrides included. */
const isConfiguration = (name: string): boolean => /^[^.].*\.(tf|tofu)(\.json)?$/.test(name);

/** Files of Terraform in the folders of stacks that no synthesis writes. */
function foreign(outputDirectory: string, own: ReadonlySet<string>): Problem[] {
  const root = path.join(outputDirectory, Manifest.stacksFolder);
  const isFolder = (name: string): boolean =>
    statSync(path.join(root, name), { throwIfNoEntry: false })?.isDirectory() === true;
  const folders = existsSync(root) ? readdirSync(root).filter(isFolder) : [];
  return folders
    .flatMap((stack) =>
      readdirSync(path.join(root, stack)).map((name) => path.join(Manifest.stacksFolder, stack, name)),
    )
    .filter((file) => isConfiguration(path.basename(file)) && !own.has(file))
    .map((file) => ({
      file: path.relative(process.cwd(), path.join(outputDirectory, file)),
      message: 'Terraform applies this file, and no synthesis wrote it',
      fix: 'remove it from the output; write an override only where Terraform runs, after the check',
    }));
}

const fileOf = (stack: string): string => path.join(Manifest.stacksFolder, stack, stackFile);

function compare(fresh: string, file: string): Problem[] {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return [stale(file, 'the file is missing')];
  if (stat.isFile() && readFileSync(file).equals(readFileSync(fresh))) return [];
  return [stale(file, 'the file is not what the inventory says')];
}

const stale = (file: string, message: string): Problem => ({
  file: path.relative(process.cwd(), file),
  message,
  fix: 'synthesise again, without --check, and commit the result',
});
