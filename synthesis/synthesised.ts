import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { resourcesOfJson, type StackResources } from './moves';

/** Name of the Terraform JSON in the folder of a stack. */
export const stackFile = 'cdk.tf.json';

/** Resources in a file with the Terraform JSON of a stack. @throws Error if it cannot be read */
export const readResources = (file: string): StackResources => resourcesOfJson(JSON.parse(readFileSync(file, 'utf8')));

/** Resources of every stack in a folder that a synthesis wrote. @throws Error if it has no stacks */
export function readStacks(outputDirectory: string): ReadonlyMap<string, StackResources> {
  const stacks = path.join(outputDirectory, 'stacks');
  // The folder of a stack that left the inventory may contain a state.
  const names = readdirSync(stacks).filter((name) => existsSync(path.join(stacks, name, stackFile)));
  return new Map(names.map((name) => [name, readResources(path.join(stacks, name, stackFile))]));
}
