import { Acl } from '../decide/acl';
import type { Identity } from '../decide/identity';
import { isTemplate } from '../decide/template';
import type { AccessModel, PlacedPolicy, Principal } from '../principals/access-model';

/** Names of policies that a principal has; those that do not exist are left out, as the server does. */
export const existingPolicies = ({ policies }: AccessModel, principal: Principal): readonly string[] =>
  principal.policies.filter((name) => policies.has(name));

/** What a principal is compiled from: names of policies, and the identity if one of them has templates. */
export interface PrincipalRules {
  readonly names: readonly string[];
  readonly identity?: Identity;
  /** Equal for all principals of the model that have the same rules. */
  readonly key: string;
}

/** Finds what principals of a model are compiled from. */
export const rulesOfModel = (model: AccessModel): ((principal: Principal) => PrincipalRules) => {
  const templated = new Set([...model.policies].filter(([, policy]) => hasTemplates(policy)).map(([name]) => name));
  return (principal) => {
    const names = existingPolicies(model, principal);
    const identity = names.some((name) => templated.has(name)) ? principal.identity : undefined;
    return { names, ...(identity && { identity }), key: JSON.stringify([names, identity]) };
  };
};

const hasTemplates = ({ policy }: PlacedPolicy): boolean => policy.stanzas.some(({ path }) => isTemplate(path));

/**
 * Rules of principals, compiled once for each list of policies and each identity that fills their templates. Stanzas with templates do not
 * count for a principal whose entity is not known.
 *
 * @param now milliseconds since 1970, for stanzas that expire @default - nothing has expired
 */
export const compileModel = (model: AccessModel, now?: number): ((principal: Principal) => Acl) => {
  const rulesOf = rulesOfModel(model);
  const compiled = new Map<string, Acl>();
  return (principal) => {
    const { names, identity, key } = rulesOf(principal);
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const policies = names.flatMap((name) => model.policies.get(name)?.policy ?? []);
    const context = { server: model.server, ...(identity && { identity }), ...(now !== undefined && { now }) };
    const acl = Acl.compile(policies, context);
    compiled.set(key, acl);
    return acl;
  };
};
