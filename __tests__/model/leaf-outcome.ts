import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { App } from 'cdktf';

import { agentTargets, renderAgent } from '../../agents/render-agent';
import { PlatformError } from '../../model/errors';
import type { Inventory } from '../../model/inventory';
import { loadInventory, type InventoryFiles } from '../../model/load';
import { planStacks } from '../../stacks/create-stacks';
import { withoutCreationStacks } from '../../synthesis/render-stacks';
import { stableJson } from '../../synthesis/stable-json';
import { withOwners } from '../support/inventory/with-owners';
import type { FileValues } from './leaves';

const refused = 'refused';

/** Parts of what an inventory becomes, by name; each is made when it is asked for. */
export type Outcome = ReadonlyMap<string, () => string>;

/** Terraform JSON of every stack and files of every agent; undefined if the inventory has problems. */
export function outcomeOf(files: FileValues): Outcome | undefined {
  try {
    const inventory = load(
      Object.entries(files).map(([file, value]) => ({ path: file, bytes: Buffer.from(JSON.stringify(value)) })),
    );
    return new Map([...stacks(inventory), ...agents(inventory)]);
  } catch (error) {
    if (error instanceof PlatformError) return undefined;
    throw error;
  }
}

/** Owners are added where they are missing alone, since that takes longer than to load an inventory. */
function load(files: InventoryFiles): Inventory {
  try {
    return loadInventory(files);
  } catch (error) {
    if (!(error instanceof PlatformError) || !error.problems.every(({ message }) => message.includes('`owners')))
      throw error;
    return loadInventory(withOwners(files));
  }
}

/** cdktf creates its folder; nothing is written to it. */
const outdir = mkdtempSync(path.join(tmpdir(), 'leaves-'));
afterAll(() => rmSync(outdir, { recursive: true }));

function stacks(inventory: Inventory): [string, () => string][] {
  return planStacks(inventory).map(({ name, create }) => [
    name,
    once(() => {
      try {
        return withoutCreationStacks(() => {
          const stack = create(new App({ outdir }));
          stack.prepareStack();
          return stableJson(stack.toTerraform());
        });
      } catch (error) {
        if (error instanceof PlatformError) return refused;
        throw error;
      }
    }),
  ]);
}

const agents = ({ tenants }: Inventory): [string, () => string][] =>
  tenants.flatMap((tenant) =>
    tenant.environments.flatMap((settings) =>
      settings.agents.flatMap((agent) =>
        agentTargets.map((target): [string, () => string] => [
          `${settings.environment.name} ${tenant.name} ${agent.name} ${target}`,
          once(() => {
            try {
              return JSON.stringify(renderAgent(target, { tenant, settings, agent }));
            } catch (error) {
              if (error instanceof PlatformError) return refused;
              throw error;
            }
          }),
        ]),
      ),
    ),
  );

function once(make: () => string): () => string {
  let made: string | undefined;
  return () => (made ??= make());
}

/** Whether two outcomes differ. @param first names of parts that are compared before the others: they are likely to */
export function differ(one: Outcome, other: Outcome, first: RegExp): boolean {
  const names = [...one.keys()];
  if (names.join('\n') !== [...other.keys()].join('\n')) return true;
  const ordered = [...names.filter((name) => first.test(name)), ...names.filter((name) => !first.test(name))];
  return ordered.some((name) => {
    const made = [one.get(name)?.(), other.get(name)?.()];
    return made[0] !== made[1] && !made.includes(refused);
  });
}
