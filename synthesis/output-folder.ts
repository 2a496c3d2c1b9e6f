import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

import { Manifest, type StackManifest } from 'cdktf';

import { PlatformError } from '../model/errors';
import { namesFile } from './names-in-use';
import { stackFile } from './synthesised';

/** What the manifest of an earlier synthesis lists, by the name of the stack. */
export type ListedStacks = ReadonlyMap<string, StackManifest>;

/**
 * Stacks that an earlier synthesis wrote to a folder.
 *
 * @throws PlatformError `usage` for a folder with files that no synthesis wrote, such as an inventory: its output would be among them
 */
export function listedStacks(outputDirectory: string): ListedStacks {
  if (!statSync(outputDirectory, { throwIfNoEntry: false })?.isDirectory()) return new Map();
  const listed = readManifest(path.join(outputDirectory, Manifest.fileName));
  if (listed !== undefined) return listed;
  const own: readonly string[] = [Manifest.stacksFolder, namesFile];
  const names = readdirSync(outputDirectory).filter((name) => !name.startsWith('.') && !own.includes(name));
  if (names.length === 0) return new Map();
  const given = `${outputDirectory}, which contains ${names.sort().slice(0, 5).join(', ')}`;
  throw new PlatformError('usage', [
    {
      message: 'the output folder contains other files',
      given,
      allowed: 'a new or empty folder, or the output of a synthesis',
      fix: 'name another folder, for example --output cdktf.out',
    },
  ]);
}

/** Removes the Terraform JSON of a stack, and its folder if nothing else is in it, such as a state. */
export function removeStack(outputDirectory: string, { name }: StackManifest): void {
  const folder = path.join(outputDirectory, Manifest.stacksFolder, name);
  rmSync(path.join(folder, stackFile), { force: true });
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Whether the Terraform JSON of a stack is in the folder. */
export const hasStack = (outputDirectory: string, { synthesizedStackPath }: StackManifest): boolean =>
  existsSync(path.join(outputDirectory, synthesizedStackPath));

/** Undefined if there is no manifest, or one of another program, such as that of a web application. */
function readManifest(file: string): ListedStacks | undefined {
  try {
    const { stacks } = JSON.parse(readFileSync(file, 'utf8')) as { readonly stacks: Record<string, StackManifest> };
    const listed = Object.entries(stacks);
    return listed.every(([name, stack]) => isOwn(name, stack)) ? new Map(listed) : undefined;
  } catch {
    return undefined;
  }
}

/** The path is compared, because a name with slashes would lead out of the folder. */
const isOwn = (name: string, { name: itself, synthesizedStackPath }: StackManifest): boolean =>
  /^[\w-]+$/.test(name) &&
  itself === name &&
  synthesizedStackPath === path.join(Manifest.stacksFolder, name, stackFile);
