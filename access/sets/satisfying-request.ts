import type { Acl } from '../decide/acl';
import { matches } from '../decide/match';
import { compareRanks, rankOf } from '../decide/outranks';
import type { AccessRequest, Operation } from '../decide/request';
import { effectivePath, isListing } from '../decide/requirements';
import type { Rule } from '../decide/rule';
import type { ParameterValue } from '../policy/policy';
import { limitsOf, type Limits } from './limits';

/**
 * A request that satisfies the conditions under which an operation on a path is allowed: with the required parameters and wrapping.
 * Where only values decide, the request is a guess. If the path is not allowed at all, it is the plain request.
 */
export const satisfyingRequest = (acl: Acl, operation: Operation, path: string): AccessRequest => {
  const plain = { operation, path };
  if (acl.allows(plain)) return plain;
  for (const rule of rulesFor(acl, plain)) {
    const request = { ...plain, ...satisfying(limitsOf(rule, operation)) };
    if (acl.allows(request)) return request;
  }
  return plain;
};

/** Rules that match a path, best rank first. */
const rulesFor = (acl: Acl, request: AccessRequest): readonly Rule[] => {
  const full = effectivePath(request);
  const forms = isListing(request.operation) ? [full, full.slice(0, -1)] : [full];
  return acl.rules
    .filter((rule) => forms.some((path) => matches(rule, path)))
    .sort((a, b) => compareRanks(rankOf(b), rankOf(a)).difference);
};

const satisfying = (limits: Limits): Pick<AccessRequest, 'parameters' | 'wrapTtlSeconds'> => {
  const { minWrappingTtlSeconds: min, maxWrappingTtlSeconds: max, required } = limits;
  return {
    ...(required.length > 0 && {
      parameters: Object.fromEntries(required.map((name) => [name, valueFor(name, limits)])),
    }),
    ...((min > 0 || max > 0) && { wrapTtlSeconds: max > 0 ? max : min }),
  };
};

/** The first allowed value, of a text with wildcards the part between them; any value if all are allowed. */
const valueFor = (name: string, { allowed, page }: Limits): ParameterValue => {
  // A LIST can require nothing but the size of its page.
  if (page > 0) return page;
  const [value = 'x'] = (allowed.get(name) ?? []) as readonly ParameterValue[];
  return typeof value === 'string' && value.length > 1 ? value.replace(/^\*|\*$/g, '') : value;
};
