import type { AccessModel } from '../../access/principals/access-model';
import { planModels } from '../../access/principals/from-plan';
import type { StackOrigin } from '../../access/principals/from-terraform';
import { PlatformError } from '../../model/errors';
import type { Inventory } from '../../model/inventory';
import { readInventory } from '../../model/read';
import { planStacks } from '../../stacks/create-stacks';
import type { Context } from '../context';
import { clusterTokens, type LoadedAccess } from './loaded-access';
import { readJson, stackOrigin } from './synthesised-folder';

/** Access of a stack's part of a server, before and after a plan is applied. */
export interface LoadedPlan {
  readonly before: LoadedAccess;
  readonly after: LoadedAccess;
}

/**
 * Access that a plan changes, from the output of `terraform show -json <plan>`. The inventory has the server of the plan's stack.
 *
 * @throws PlatformError `usage` if the file is no plan of a stack of the inventory
 */
export function loadPlan({ inventoryDirectory }: Context, file: string): LoadedPlan {
  const inventory = readInventory(inventoryDirectory);
  const { stack, before, after } = planModels(readJson(file), {
    originOf: (name) => originIn(inventory, name, file),
    tokens: clusterTokens,
  });
  const loaded = (model: AccessModel, when: string): LoadedAccess => ({ title: `${stack} ${when}`, models: [model] });
  return { before: loaded(before, 'before the plan'), after: loaded(after, 'after the plan') };
}

function originIn(inventory: Inventory, stack: string, file: string): StackOrigin {
  const found = planStacks(inventory).find(({ name }) => name === stack);
  if (found !== undefined) return stackOrigin(found.origin);
  throw new PlatformError('usage', [
    {
      file,
      message: 'this is no plan of a stack of the inventory',
      given: stack,
      allowed: 'the output of `terraform show -json <plan>` in a folder of `npm run synth`',
      fix: 'write the plan with `terraform plan -out=<plan>`, then `terraform show -json <plan>`',
    },
  ]);
}
