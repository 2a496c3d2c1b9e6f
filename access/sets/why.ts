import type { AccessRequest, Decision, Operation } from '../decide/request';
import type { AccessModel } from '../principals/access-model';
import { compileModel, existingPolicies } from './compile-model';
import { satisfyingRequest } from './satisfying-request';

/** Why a principal may do something or not. */
export interface Explanation {
  /** About {@link request}. */
  readonly decision: Decision;
  /** With the parameters and the wrapping that the deciding stanza demands, if these make it allowed. */
  readonly request: AccessRequest;
  /** Policies that count, sorted. */
  readonly policies: readonly string[];
  /** Policies of the principal that do not exist on the server, sorted. */
  readonly missingPolicies: readonly string[];
}

/**
 * Explains what a principal may do.
 *
 * @param principal id
 * @param now milliseconds since 1970, for stanzas that expire @default - nothing has expired
 * @returns undefined if there is no such principal
 */
export const why = (
  model: AccessModel,
  principal: string,
  operation: Operation,
  path: string,
  now?: number,
): Explanation | undefined => {
  const found = model.principals.find(({ id }) => id === principal);
  if (found === undefined) return undefined;
  const acl = compileModel(model, now)(found);
  const request = satisfyingRequest(acl, operation, path);
  return {
    decision: acl.decide(request),
    request,
    policies: existingPolicies(model, found),
    missingPolicies: found.policies.filter((name) => !model.policies.has(name)),
  };
};
