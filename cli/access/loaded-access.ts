import type { AccessModel } from '../../access/principals/access-model';
import type { TokenObject } from '../../access/principals/server-objects';
import { clusterPolicies } from '../../model/names';
import type { InventoryLines } from './inventory-lines';

/** Access of all servers of one place: an inventory, a folder, a revision, a plan or a running cluster. */
export interface LoadedAccess {
  /** What was read, for people, for example `main` or `the inventory`. */
  readonly title: string;
  /** One for each cluster, sorted by name. */
  readonly models: readonly AccessModel[];
  /** Lines of the inventory that policies and principals come from. @default - the place has no inventory */
  readonly lines?: InventoryLines;
}

/** Every cluster has these tokens, each with the policy of the same name and without `default`. */
export const clusterTokens: readonly TokenObject[] = clusterPolicies.map((name) => ({ name, policies: [name] }));

/** What the models lack, one line each, for standard error. Empty if they are complete. */
export const gapLines = ({ models }: Pick<LoadedAccess, 'models'>): string[] =>
  models.flatMap(({ gaps = [] }) =>
    gaps.map(({ message, source }) => (source?.address === undefined ? message : `${source.address}: ${message}`)),
  );
