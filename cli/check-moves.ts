import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { PlatformError, type Problem } from '../model/errors';
import { findMoves, type StackResources } from '../synthesis/moves';
import { destroyedData, pendingMoves, plannedChanges, type PlannedChanges } from '../synthesis/planned-changes';

/** A folder that `npm run synth` wrote, and its stacks. */
export interface Synthesis {
  readonly folder: string;
  readonly stacks: ReadonlyMap<string, StackResources>;
}

const planFile = 'plan.json';

/**
 * `platform moves <before> [after] --check`: fails if the plan of a stack, `plan.json` in its folder, creates or destroys what has to move to
 * another state first, or destroys what contains data. Prints addresses only, because plans contain secrets.
 *
 * @throws PlatformError `terraform` with each move that is pending, each object that would be destroyed, and each plan that is missing
 */
export function checkMoves(before: Synthesis, after: Synthesis): void {
  const plans = new Map<string, PlannedChanges>();
  const problems: Problem[] = [];
  const moves = findMoves(before.stacks, after.stacks);
  for (const [stack, resources] of after.stacks) {
    const file = path.join(after.folder, 'stacks', stack, planFile);
    const plan = readPlan(file);
    if (plan !== undefined) plans.set(stack, plan);
    else if (!isDeepStrictEqual(resources, before.stacks.get(stack))) problems.push(missingPlan(file));
  }
  for (const { from, to, addresses } of pendingMoves(moves, plans)) {
    problems.push({
      file: path.join(after.folder, 'stacks', to, planFile),
      message: `${addresses.length} resources are still in the state of ${from} and belong in that of ${to}`,
      given: addresses.join(', '),
      fix: `move them, then plan again: npm run -s platform -- moves ${before.folder} ${after.folder} > moves.sh && sh moves.sh`,
    });
  }
  const moving = new Set(moves.flatMap(({ from, addresses }) => addresses.map((address) => `${from} ${address}`)));
  for (const [stack, plan] of plans) {
    const destroyed = destroyedData(before.stacks.get(stack) ?? new Map(), plan);
    for (const address of destroyed.filter((each) => !moving.has(`${stack} ${each}`))) {
      problems.push({
        file: path.join(after.folder, 'stacks', stack, planFile),
        message: 'this contains data, and the plan destroys it',
        given: address,
        fix: 'put it back, or follow docs/guides/platform.md, "Removing an engine, an authority or an auth method" or "Keys of a tenant that leaves"',
      });
    }
  }
  if (problems.length > 0) throw new PlatformError('terraform', problems);
}

function readPlan(file: string): PlannedChanges | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return plannedChanges(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

const missingPlan = (file: string): Problem => ({
  file,
  message: 'this stack changes, and there is no plan of it',
  fix: `in its folder: terraform plan -input=false -out=plan && terraform show -json plan > ${planFile}`,
});
