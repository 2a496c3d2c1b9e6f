import type { Decision, Operation } from '../decide/request';
import type { AccessModel } from '../principals/access-model';
import { compileModel } from './compile-model';
import { satisfyingRequest } from './satisfying-request';

/**
 * Principals that may do something, sorted by id, each with the decision about a request that satisfies the conditions.
 *
 * @param now milliseconds since 1970, for stanzas that expire @default - nothing has expired
 */
export const who = (
  model: AccessModel,
  operation: Operation,
  path: string,
  now?: number,
): readonly { readonly principal: string; readonly decision: Decision }[] => {
  const compile = compileModel(model, now);
  const decisions = new Map<ReturnType<typeof compile>, Decision>();
  return model.principals.flatMap((principal) => {
    const acl = compile(principal);
    const decision = decisions.get(acl) ?? acl.decide(satisfyingRequest(acl, operation, path));
    decisions.set(acl, decision);
    return decision.allowed ? [{ principal: principal.id, decision }] : [];
  });
};
