import type { StackMove, StackResources } from './moves';
import { resourceChanges } from './plan-json';

/** Actions of a plan by address, such as `create`; `delete` and `create` for a replacement. */
export type PlannedChanges = ReadonlyMap<string, readonly string[]>;

/** Changes in the JSON of a plan. @returns undefined if it is not the JSON of a plan */
export function plannedChanges(json: unknown): PlannedChanges | undefined {
  const changes = resourceChanges(json);
  return changes && new Map(changes.map(({ address, change }) => [address, change.actions] as const));
}

/** Moves with the addresses that a plan creates in the receiving stack, or destroys in the losing one: their states were not moved. */
export function pendingMoves(
  moves: readonly StackMove[],
  plans: ReadonlyMap<string, PlannedChanges>,
): readonly StackMove[] {
  const does = (stack: string, address: string, action: string): boolean =>
    plans.get(stack)?.get(address)?.includes(action) === true;
  return moves
    .map(({ addresses, ...move }) => ({
      ...move,
      addresses: addresses.filter((each) => does(move.to, each, 'create') || does(move.from, each, 'delete')),
    }))
    .filter(({ addresses }) => addresses.length > 0);
}

/**
 * Addresses of what a plan destroys although it was protected (`prevent_destroy`): Terraform protects a resource only as long as it is in
 * the JSON. Resources that leave their object on the server when they are destroyed are not among them.
 *
 * @param before the stack before the change
 */
export const destroyedData = (before: StackResources, plan: PlannedChanges): readonly string[] =>
  [...plan].flatMap(([address, actions]) =>
    actions.includes('delete') && isProtected(before.get(address) ?? {}) ? [address] : [],
  );

function isProtected({ lifecycle, disable_delete: stays }: Readonly<Record<string, unknown>>): boolean {
  const { prevent_destroy: isKept, ignore_changes: ignored } = (lifecycle ?? {}) as Readonly<Record<string, unknown>>;
  return isKept === true && ignored !== 'all' && stays !== true;
}
