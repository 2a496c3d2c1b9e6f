import type { AccessModel } from '../../access/principals/access-model';
import { planModels } from '../../access/principals/from-plan';
import type { StackOrigin } from '../../access/principals/from-terraform';
import { PlatformError } from '../../model/errors';
import { readInventory } from '../../model/read';
import type { StackPlan } from '../../stacks/create-stacks';
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
export async function loadPlan({ inventoryDirectory }: Context, file: string): Promise<LoadedPlan> {
  // Loads cdktf, which other places do not need.
  const { planStacks } = await import('../../stacks/create-stacks');
  const planned = planStacks(readInventory(inventoryDirectory));
  const { stack, before, after } = planModels(readJson(file), {
    originOf: (name) => originIn(planned, name, file),
    tokens: clusterTokens,
  });
  const loaded = (model: AccessModel, when: string): LoadedAccess => ({ title: `${stack} ${when}`, models: [model] });
  return { before: loaded(before, 'before the plan'), after: loaded(after, 'after the plan') };
}

function originIn(planned: readonly StackPlan[], stack: string, file: string): StackOrigin {
  const found = planned.find(({ name }) => name === stack);
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
