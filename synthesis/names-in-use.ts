import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Inventory } from '../model/inventory';

/** Names of tenants on servers at the time of a synthesis. */
export interface NamesInUse {
  /** Tenants of the inventory. */
  readonly tenants: readonly string[];
  /** Tenants that left. */
  readonly departed: readonly string[];
}

/** Name of the file in the output folder. */
export const namesFile = 'names.json';

/** Writes the names beside the stacks, for `platform moves --check`. */
export function writeNames({ tenants, departed = [] }: Inventory, outputDirectory: string): void {
  const names: NamesInUse = { tenants: tenants.map(({ name }) => name), departed };
  writeFileSync(path.join(outputDirectory, namesFile), `${JSON.stringify(names, null, 2)}\n`);
}

/** @returns undefined for the output of a version that wrote no names */
export function readNames(outputDirectory: string): NamesInUse | undefined {
  try {
    return JSON.parse(readFileSync(path.join(outputDirectory, namesFile), 'utf8')) as NamesInUse;
  } catch {
    return undefined;
  }
}
