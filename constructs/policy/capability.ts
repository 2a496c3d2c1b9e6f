/**
 * What a policy can allow on a path, in the words of the server.
 *
 * @see https://openbao.org/docs/concepts/policies/#capabilities
 */
export type Capability = 'create' | 'read' | 'update' | 'patch' | 'delete' | 'list' | 'sudo' | 'deny';

/** The order in which capabilities are written, whatever the order they were granted in. */
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
