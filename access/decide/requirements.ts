import type { Capability } from '../policy/policy';
import { capabilityBit } from './capability';
import type { AccessRequest, Operation } from './request';

/** Capability that an operation needs. Absent for `help`, which everybody may use. */
export const neededCapability: Readonly<Record<Operation, Capability | undefined>> = {
  read: 'read',
  list: 'list',
  scan: 'scan',
  create: 'create',
  update: 'update',
  delete: 'delete',
  patch: 'patch',
  recover: 'recover',
  revoke: 'update',
  renew: 'update',
  rollback: 'update',
  help: undefined,
};

/** Bit of {@link neededCapability}; 0 for `help`. */
export const neededBit = Object.fromEntries(
  Object.entries(neededCapability).map(([operation, capability]) => [
    operation,
    capability === undefined ? 0 : capabilityBit[capability],
  ]),
) as Readonly<Record<Operation, number>>;

const withParameters: ReadonlySet<Operation> = new Set(['read', 'update', 'create', 'patch', 'recover']);

/** Whether constraints on parameters count for an operation. */
export const checksParameters = (operation: Operation): boolean => withParameters.has(operation);

/** Whether the server decides an operation for a path with a trailing slash, and for the one without it. */
export const isListing = (operation: Operation): boolean => operation === 'list' || operation === 'scan';

/** Operation by which the server decides: a write is `create` or `update`, by whether the item exists. */
export const effectiveOperation = ({ operation, exists }: AccessRequest): Operation => {
  if ((operation !== 'create' && operation !== 'update') || exists === undefined || exists === null) return operation;
  return exists ? 'update' : 'create';
};

/** Path by which the server decides: without leading slashes, and with a trailing one for a LIST and a SCAN. */
export const effectivePath = ({ operation, path }: AccessRequest): string => {
  const full = isListing(operation) && !path.endsWith('/') ? `${path}/` : path;
  let start = 0;
  while (full.charCodeAt(start) === slash) start += 1;
  return full.slice(start);
};

const slash = 47;
