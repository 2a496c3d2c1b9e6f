import type { AccessModel, Owner, Principal, Source } from '../principals/access-model';
import { Holder, type Requests, type Witness } from './holder';
import { ownerName } from './owner';
import { patternOf } from './pattern';

/** Requests that holders of a policy of a tenant may make, or may not. */
export interface Expectation {
  readonly owner: Owner;
  /** Name of the policy on the server. */
  readonly policy: string;
  /** `allow`: every request is allowed. `deny`: none is. */
  readonly effect: 'allow' | 'deny';
  readonly requests: readonly Requests[];
  readonly source?: Source;
}

/** An expectation that does not hold, with a request that shows it. */
export interface Disappointment<E extends Expectation = Expectation> {
  readonly expectation: E;
  /** Principal with the policy; undefined: nobody logs in with it, so that a token with it and `default` was decided about. */
  readonly principal?: Principal;
  readonly witness: Witness;
}

/**
 * Decides each expectation for every principal of the tenant that has the policy. An allowed request may have conditions on parameters and
 * wrapping; a denied one is denied with all parameters.
 *
 * @param now milliseconds since 1970
 */
export function failedExpectations<E extends Expectation>(
  model: AccessModel,
  expectations: readonly E[],
  now: number,
): Disappointment<E>[] {
  const holders = new Map<string, readonly Principal[]>();
  for (const principal of expectations.length === 0 ? [] : model.principals) {
    if (principal.owner === undefined) continue;
    const key = ownerName(principal.owner);
    holders.set(key, [...(holders.get(key) ?? []), principal]);
  }
  return expectations.flatMap((expectation) => {
    const { owner, policy } = expectation;
    const all = holders.get(ownerName(owner)) ?? [];
    const having = all.filter((each) => each.policies.includes(policy));
    const asked = having.length === 0 ? [undefined] : having;
    for (const principal of asked) {
      const witness = fault(model, expectation, principal, now);
      if (witness !== undefined) return [{ expectation, witness, ...(principal !== undefined && { principal }) }];
    }
    return [];
  });
}

function fault(
  model: AccessModel,
  { policy, effect, requests }: Expectation,
  principal: Principal | undefined,
  now: number,
): Witness | undefined {
  const names = principal?.policies ?? ['default', policy];
  const policies = names.flatMap((name) => model.policies.get(name)?.policy ?? []);
  const identity = principal?.identity;
  const holder = new Holder(policies, { server: model.server, now, ...(identity !== undefined && { identity }) });
  for (const { path, operations } of requests) {
    const question = { within: patternOf(path), operations };
    const witness = effect === 'allow' ? holder.findDenied(question) : holder.findAllowed(question);
    if (witness !== undefined) return witness;
  }
  return undefined;
}
