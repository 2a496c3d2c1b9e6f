import { readdirSync } from 'node:fs';
import path from 'node:path';

import type { Inventory } from '../../../model/inventory';
import { readInventory } from '../../../model/read';

/** An inventory that this repository shows. */
export interface ExampleInventory {
  /** For example `kafka`. */
  readonly name: string;
  readonly directory: string;
  readonly inventory: Inventory;
}

/** Every example, and the inventory of the repository itself. */
export function exampleInventories(): ExampleInventory[] {
  const examples = readdirSync('examples', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [
    { name: 'the repository', directory: 'inventory' },
    ...examples.map(({ name }) => ({ name, directory: path.join('examples', name, 'inventory') })),
  ].map((example) => ({ ...example, inventory: readInventory(example.directory) }));
}
