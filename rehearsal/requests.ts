import type { Operation } from '../access/decide/request';
import type { Method } from '../client/server-client';

const methods: Partial<Record<Operation, Method>> = {
  read: 'GET',
  list: 'LIST',
  scan: 'SCAN',
  create: 'POST',
  update: 'POST',
  patch: 'PATCH',
  delete: 'DELETE',
};

/** HTTP method of an operation; undefined for operations that no request of its own stands for. */
export const methodOf = (operation: Operation): Method | undefined => methods[operation];

const isWrite = (operation: Operation): boolean => !['read', 'list', 'scan'].includes(operation);

/**
 * Whether an allowed request would change what later attempts depend on: the cluster itself, or its policies, roles and
 * tokens. It is then not sent.
 */
export const isDisruptive = (operation: Operation, path: string): boolean =>
  isWrite(operation) && /^(sys|auth|identity)\//.test(path);

/** Reads first and deletions last, so that no attempt removes what another one reads. */
export const order = (operation: Operation): number =>
  ['read', 'list', 'scan', 'create', 'update', 'patch', 'delete'].indexOf(operation);
