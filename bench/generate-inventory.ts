import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How large an inventory to make. */
export interface InventorySize {
  readonly tenants: number;
  readonly teams: number;
  /** How many of the five environments each tenant is in, 1 to 5. */
  readonly environments: number;
}

const environments = ['devel', 'stag', 'integ', 'ci', 'prod'] as const;

/**
 * The files of an inventory of any size, by path inside the inventory. Tenants are spread over the teams evenly, and
 * each tenth has settings of its own, as real ones have.
 */
export function inventoryFiles(size: InventorySize): Map<string, string> {
  const files = new Map<string, string>();
  for (const cluster of ['nonprod', 'prod']) {
    files.set(
      `clusters/${cluster}.yaml`,
      `description: Generated cluster ${cluster}\naddress: https://vault.${cluster}.example.com\nstate:\n  backend: local\n`,
    );
  }
  for (const name of environments) {
    const cluster = name === 'prod' ? 'prod' : 'nonprod';
    files.set(
      `environments/${name}.yaml`,
      `description: Generated environment ${name}\ncluster: ${cluster}\nstate:\n  backend: local\n`,
    );
  }
  const width = String(size.tenants).length;
  const list = environments.slice(0, size.environments).join(', ');
  for (let index = 0; index < size.tenants; index += 1) {
    const tenant = `project-${String(index).padStart(width, '0')}`;
    const team = `team-${String(index % size.teams).padStart(width, '0')}`;
    const settings = index % 10 === 0 ? 'appRole:\n  tokenTtl: 10m\n  tokenType: batch\n' : '';
    files.set(
      `tenants/${team}/${tenant}.yaml`,
      `description: Generated project ${index}\nenvironments: [${list}]\n${settings}`,
    );
  }
  return files;
}

/** Writes {@link inventoryFiles} into a folder. */
export function writeInventory(directory: string, size: InventorySize): void {
  for (const [file, text] of inventoryFiles(size)) {
    const target = path.join(directory, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}
