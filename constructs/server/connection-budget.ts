import { planConnections } from '../../model/connection-budget';
import type { ConnectionBudget, ConnectionBudgetProps } from '../../model/connection-budget';
import { PlatformError } from '../../model/errors';

export type { ConnectionBudget, ConnectionBudgetProps } from '../../model/connection-budget';

/**
 * The number of database connections of each server, see `model/connection-budget.ts`.
 * @throws PlatformError `cluster` if `maxConnections` is too low
 */
export function connectionBudget(props: ConnectionBudgetProps): ConnectionBudget {
  const plan = planConnections(props);
  if ('problem' in plan) throw new PlatformError('cluster', [plan.problem]);
  return plan.budget;
}
