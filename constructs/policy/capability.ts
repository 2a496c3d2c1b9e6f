/**
 * A capability of the server's policies.
 *
 * @see https://openbao.org/docs/concepts/policies/#capabilities
 */
export type Capability = 'create' | 'read' | 'update' | 'patch' | 'delete' | 'list' | 'sudo' | 'deny';

/** Order of capabilities in policy text. */
export const capabilityOrder: readonly Capability[] = [
  'create',
  'read',
  'update',
  'patch',
  'delete',
  'list',
  'sudo',
  'deny',
];
