import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { PlatformError, type Problem } from '../model/errors';
import { findMoves, type StackResources } from '../synthesis/moves';
import type { NamesInUse } from '../synthesis/names-in-use';
import { destroyedData, pendingMoves, plannedChanges, type PlannedChanges } from '../synthesis/planned-changes';
import { renamedByDots, renamedProblem } from '../synthesis/renamed-by-dots';

/** A folder that `npm run synth` wrote, and its stacks. */
export interface Synthesis {
  readonly folder: string;
  readonly stacks: ReadonlyMap<string, StackResources>;
  /** @default - a former version wrote it */
  readonly names: NamesInUse | undefined;
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
  for (const { stack, from, to } of renamedByDots(before.stacks, after.stacks)) {
    problems.push({ ...renamedProblem({ from, to }), file: path.join(after.folder, 'stacks', stack, planFile) });
  }
  problems.push(...departureProblems(before.names, after.names));
  if (problems.length > 0) throw new PlatformError('terraform', problems);
}

/** Tenants that left without an entry in the register of names, and entries that left it. */
function departureProblems(before: NamesInUse | undefined, after: NamesInUse | undefined): Problem[] {
  if (before === undefined || after === undefined) return [];
  const isThere = (name: string): boolean => after.tenants.includes(name) || after.departed.includes(name);
  const file = 'inventory/names.yaml';
  return [
    ...before.tenants
      .filter((name) => !isThere(name))
      .map((given) => ({
        file,
        message: 'this tenant leaves without an entry in `departed`, and its documents and keys stay on servers',
        given,
        fix: 'put its file back, then: npm run platform -- tenant remove <team>/<tenant> --reason <reason>',
      })),
    ...before.departed
      .filter((name) => !isThere(name))
      .map((given) => ({
        file,
        message: 'the entry of this departed tenant was removed, so that any team could take its name',
        given,
        fix: 'put the entry back; with `released` in it, another team may have the name',
      })),
  ];
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
