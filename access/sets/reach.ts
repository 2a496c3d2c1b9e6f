import type { Acl } from '../decide/acl';
import type { Operation } from '../decide/request';
import { diffOperations } from './diff';
import type { PathClass } from './path-class';

/**
 * All paths on which an operation is allowed, at least under conditions. Exact. Empty for `help`, which is allowed everywhere.
 *
 * @throws TooManyPatternsError
 */
export const reach = (acl: Acl, operation: Operation): readonly PathClass[] =>
  diffOperations(undefined, acl, [operation]).flatMap(({ gained }) => gained);
