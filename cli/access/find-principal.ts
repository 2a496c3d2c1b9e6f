import type { Principal } from '../../access/principals/access-model';
import type { PlacedModel } from '../../access/report/entry';
import { PlatformError } from '../../model/errors';

/** A principal and the server it is on. */
export interface FoundPrincipal {
  readonly placed: PlacedModel;
  readonly principal: Principal;
}

/**
 * Finds a principal by its id or role, or by words: `team/tenant`, and parts of the role, the environment or the kind of the login.
 * Of several, those of an environment in the path are meant.
 *
 * @throws PlatformError `usage` if none or several are found
 */
export function findPrincipal(models: readonly PlacedModel[], words: string, path: string): FoundPrincipal {
  const all = models.flatMap((placed) => placed.model.principals.map((principal) => ({ placed, principal })));
  const exact = all.filter(({ principal: { id, name } }) => id === words || name === words);
  const terms = words.split(/\s+/).filter((word) => word !== '');
  const found =
    exact.length > 0 ? exact : all.filter(({ principal }) => terms.every((term) => isMeant(principal, term)));
  const segments = new Set(path.split('/'));
  const near = found.filter(({ principal: { owner } }) => owner !== undefined && segments.has(owner.environment));
  const candidates = near.length > 0 ? near : found;
  const [first] = candidates;
  if (first !== undefined && candidates.length === 1) return first;
  const names = (list: readonly FoundPrincipal[]): string =>
    list
      .slice(0, 10)
      .map(({ principal }) => nameOf(principal))
      .join(', ') + (list.length > 10 ? ', …' : '');
  if (first !== undefined) {
    throw new PlatformError('usage', [
      {
        message: 'several principals match',
        given: words,
        allowed: names(candidates),
        fix: 'add the environment, or use the name of the role',
      },
    ]);
  }
  const [team] = terms;
  const similar = all.filter(({ principal }) => team !== undefined && isMeant(principal, team));
  throw new PlatformError('usage', [
    {
      message: 'no principal matches',
      given: words,
      allowed: similar.length > 0 ? names(similar) : names(all),
      fix: 'use team/tenant and the end of the role, for example "payments/checkout rw"',
    },
  ]);
}

function isMeant({ kind, mount, name, owner }: Principal, word: string): boolean {
  if (word === kind || word === mount || name.split(/[-/]/).includes(word)) return true;
  return owner !== undefined && [`${owner.team}/${owner.tenant}`, owner.tenant, owner.environment].includes(word);
}

const nameOf = ({ name, owner }: Principal): string =>
  owner === undefined ? name : `${owner.team}/${owner.tenant} ${name}`;
