import type { Operation } from '../access/decide/request';
import type { AccessModel, Principal } from '../access/principals/access-model';
import type { Expectation } from '../access/proof/expectations';
import type { OwnThing } from '../access/proof/own-data';
import { isSameOwner } from '../access/proof/owner';
import { isOwnEntityPath } from '../access/sets/own-entity';
import type { PrincipalChange } from '../access/sets/path-class';
import type { Attempt } from './attempt';

/** A path that a pattern of a policy matches; undefined if that depends on an identity. */
const pathOf = (pattern: string): string | undefined =>
  pattern.includes('{{')
    ? undefined
    : pattern
        .split('/')
        .map((segment) => (segment === '+' ? 'app' : segment))
        .join('/')
        .replace(/\*$/, 'app');

/** Each operation of each expectation, by every principal that has the policy. */
export function expectationAttempts(expectations: readonly Expectation[], principals: readonly Principal[]): Attempt[] {
  return expectations.flatMap(({ owner, policy, requests, source }) =>
    principals
      .filter(
        (principal) => principal.owner && isSameOwner(principal.owner, owner) && principal.policies.includes(policy),
      )
      .flatMap((principal) =>
        requests.flatMap(({ path: pattern, operations }) => {
          const path = pathOf(pattern);
          if (path === undefined) return [];
          return operations.map((operation) => attempt('expectation', principal, operation, path, source));
        }),
      ),
  );
}

/** A witness of each set of paths that a change adds or removes. Principals that the change removes, and paths of a token's own entity, are left out. */
export function witnessAttempts(changes: readonly PrincipalChange[], principals: readonly Principal[]): Attempt[] {
  const byId = new Map(principals.map((principal) => [principal.id, principal]));
  return changes.flatMap(({ principal: id, operations }) => {
    const principal = byId.get(id);
    if (principal === undefined) return [];
    return operations.flatMap(({ operation, gained, lost }) =>
      [...gained, ...lost]
        .filter(({ witness }) => !isOwnEntityPath(witness))
        .map(({ witness }) => attempt('witness', principal, operation, witness)),
    );
  });
}

export interface SampleOptions {
  /** Pairs of a principal and a thing of another tenant. */
  readonly pairs: number;
  /** Number from 0 to 1, exclusive. */
  readonly random: () => number;
}

const sampledOperations: readonly Operation[] = ['read', 'list', 'update', 'delete'];

/** A sample of principals with documents of other tenants. */
export function isolationAttempts(
  things: readonly OwnThing[],
  principals: readonly Principal[],
  { pairs, random }: SampleOptions,
): Attempt[] {
  const documents = things.filter(({ kind }) => kind === 'documents' || kind === 'documents1');
  const owned = principals.filter(({ owner }) => owner !== undefined);
  const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
  return Array.from({ length: pairs }).flatMap(() => {
    const [thing, principal] = [pick(documents), pick(owned)];
    if (thing === undefined || principal?.owner === undefined || isSameOwner(thing.owner, principal.owner)) return [];
    const folder = thing.kind === 'documents' ? `${thing.mount}/data/${thing.name}` : `${thing.mount}/${thing.name}`;
    return sampledOperations.map((operation) =>
      attempt('isolation', principal, operation, operation === 'list' ? `${folder}/` : `${folder}/app`),
    );
  });
}

const attempt = (
  reason: Attempt['reason'],
  principal: Principal,
  operation: Operation,
  path: string,
  place?: Attempt['place'],
): Attempt => ({ reason, principal, operation, path, ...(place !== undefined && { place }) });

/** Each attempt once: several reasons can lead to the same request. */
export function unique(attempts: readonly Attempt[]): Attempt[] {
  const seen = new Map<string, Attempt>();
  for (const each of attempts) {
    const key = `${each.principal.id} ${each.operation} ${each.path}`;
    if (!seen.has(key)) seen.set(key, each);
  }
  return [...seen.values()];
}

/** Principals of the tenants of some environments. */
export const principalsOf = (model: AccessModel, environments: ReadonlySet<string>): readonly Principal[] =>
  model.principals.filter(({ owner }) => owner !== undefined && environments.has(owner.environment));
