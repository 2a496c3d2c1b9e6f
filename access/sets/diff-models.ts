import type { AccessModel, Principal } from '../principals/access-model';
import { compileModel, rulesOfModel } from './compile-model';
import { diffPrincipal } from './diff';
import { withOwnEntity } from './own-entity';
import type { PrincipalChange } from './path-class';

/**
 * What the principals of a server gain and lose, for those of which something changes, sorted by id. A principal that exists on one side
 * only gains or loses all that it reaches. What a principal may do with its own entity is not a change if the entity alone changes.
 * Principals with equal texts of policies and equal identities are skipped, and equal changes are computed once.
 *
 * @param now milliseconds since 1970, for stanzas that expire
 * @throws TooManyPatternsError
 */
export const diffModels = (old: AccessModel, current: AccessModel, now: number): readonly PrincipalChange[] => {
  const [before, after] = [withOwnEntity(old), withOwnEntity(current)];
  const compiled = { before: compileModel(before, now), after: compileModel(after, now) };
  const rulesOf = { before: rulesOfModel(before), after: rulesOfModel(after) };
  const isSameServer = before.server === after.server;
  const sameTexts = memoized((name) => before.policies.get(name)?.text === after.policies.get(name)?.text);
  const changes = new Map<string, PrincipalChange>();

  const changeOf = ({ was, is }: Existence): PrincipalChange | undefined => {
    const rules = { before: was && rulesOf.before(was), after: is && rulesOf.after(is) };
    const key = JSON.stringify([rules.before?.key ?? null, rules.after?.key ?? null]);
    const isUnchanged = isSameServer && rules.before?.key === rules.after?.key && rules.after?.names.every(sameTexts);
    if (isUnchanged === true) return undefined;
    const known = changes.get(key);
    if (known !== undefined) return known;
    const change = diffPrincipal(was && compiled.before(was), is && compiled.after(is), '');
    changes.set(key, change);
    return change;
  };

  return existences(before, after).flatMap((existence) => {
    const change = changeOf(existence);
    if (change === undefined || (change.presence === 'both' && change.operations.length === 0)) return [];
    return [{ ...change, principal: (existence.is ?? existence.was)?.id ?? '' }];
  });
};

/** A principal on both sides. */
interface Existence {
  readonly was: Principal | undefined;
  readonly is: Principal | undefined;
}

const existences = (before: AccessModel, after: AccessModel): readonly Existence[] => {
  const byId = (model: AccessModel): ReadonlyMap<string, Principal> =>
    new Map(model.principals.map((principal) => [principal.id, principal]));
  const [was, is] = [byId(before), byId(after)];
  return [...new Set([...was.keys(), ...is.keys()])].sort().map((id) => ({ was: was.get(id), is: is.get(id) }));
};

const memoized = (compute: (name: string) => boolean): ((name: string) => boolean) => {
  const known = new Map<string, boolean>();
  return (name) => {
    const value = known.get(name) ?? compute(name);
    known.set(name, value);
    return value;
  };
};
