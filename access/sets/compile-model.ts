import { Acl } from '../decide/acl';
import type { Policy } from '../policy/policy';
import type { AccessModel, Principal } from '../principals/access-model';

/** Names of policies that a principal has; those that do not exist are left out, as the server does. */
export const existingPolicies = ({ policies }: AccessModel, principal: Principal): readonly string[] =>
  principal.policies.filter((name) => policies.has(name));

/**
 * Rules of principals, compiled once for each list of policies. Identity templates are not filled, because a model does not know the
 * entities that log in: stanzas with them do not count.
 *
 * @param now milliseconds since 1970, for stanzas that expire @default - nothing has expired
 */
export const compileModel = (model: AccessModel, now?: number): ((principal: Principal) => Acl) => {
  const compiled = new Map<string, Acl>();
  return (principal) => {
    const names = existingPolicies(model, principal);
    const key = JSON.stringify(names);
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const policies = names.map((name) => model.policies.get(name)?.policy).filter((one): one is Policy => !!one);
    const acl = Acl.compile(policies, { server: model.server, ...(now !== undefined && { now }) });
    compiled.set(key, acl);
    return acl;
  };
};
