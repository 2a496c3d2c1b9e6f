import type { Fault } from '../../language/rule';
import { chosenWhy } from '../../language/rules/claim';
import { shorten } from '../../language/show';

/** Values that claims of a token must have, by the name of the claim or by a JSON pointer to it. */
export type BoundClaims = Readonly<Record<string, readonly string[]>>;

export type BoundClaimsType = 'string' | 'glob';

export const allowedClaimValue =
  'a value as the token has it, without spaces at its ends; `*` with boundClaimsType: glob';

/** What is wrong with one value of a claim: the server would compare something else than it seems. */
export function claimValueFault(value: string, type: BoundClaimsType): Fault | undefined {
  if (value !== value.trim() || value === '') {
    return {
      message: 'a value is empty or has leading or trailing spaces',
      fix: 'remove the spaces, or write a value',
    };
  }
  if (type === 'string' && value.includes('*')) {
    return {
      message: '`*` is not a wildcard with boundClaimsType `string`',
      fix: 'write `boundClaimsType: glob`, or the whole value',
    };
  }
  return type === 'glob' ? patternFault(value) : undefined;
}

/** Every subject of an issuer begins like this: of GitHub, of GitLab, of CircleCI and of Kubernetes. */
const commonBeginning = /^(repo|project_path|org|organization|system|system:serviceaccount):\*/;

function patternFault(value: string): Fault | undefined {
  if (!/[\p{L}\p{N}]/u.test(value)) {
    return { message: '`*` without letters or digits matches every value', fix: 'write what the value begins with' };
  }
  const [beginning] = commonBeginning.exec(value) ?? [];
  return beginning === undefined
    ? undefined
    : {
        message: `every subject of the issuer begins with \`${beginning.slice(0, -1)}\`, so \`*\` behind it admits clients of other organisations`,
        fix: 'write what follows as well, for example the organisation and the repository',
      };
}

export const allowedBoundClaims = 'a claim that the issuer gives to few clients, with any others beside it';

/** What is wrong with claims of which none shows the client: everyone with an account at the issuer gets such a token. */
export function unboundFault(claims: Readonly<Record<string, unknown>>): Fault | undefined {
  const reasons = Object.keys(claims).map((claim) => ({ claim, why: chosenWhy(claim) }));
  if (reasons.length === 0 || reasons.some(({ why }) => why === undefined)) return undefined;
  return {
    message: `these claims bind no client: ${reasons.map(({ claim, why }) => `\`${shorten(claim)}\`, ${why ?? ''}`).join('; ')}`,
    given: shorten(reasons.map(({ claim }) => claim).join(', ')),
    fix: 'add a claim that a client cannot choose, such as sub, repository, project_path or groups; these can stay',
  };
}

export const allowedWithComma = 'one value for each claim if a value contains a comma';

const hasComma = (values: readonly string[]): boolean => values.some((value) => value.includes(','));

/** Whether a value contains a comma: the provider then takes each claim as one value, otherwise it splits them at commas. */
export const haveCommas = (claims: BoundClaims): boolean => Object.values(claims).some(hasComma);

/** The claim with several values, where a value contains a comma. */
export function ambiguousClaim(claims: BoundClaims): (Fault & { readonly claim: string }) | undefined {
  if (!haveCommas(claims)) return undefined;
  const [claim] = Object.entries(claims).find(([, values]) => values.length > 1) ?? [];
  return claim === undefined
    ? undefined
    : {
        claim,
        message: 'the provider separates the values of a claim by commas, and a value contains one',
        fix: 'write one value for each claim, with a policy for each value, or bind another claim',
      };
}

/** A claim and a JSON pointer to it are the same claim. */
const plainClaim = (claim: string): string => claim.replace(/^\/([^/~]+)$/, '$1');

/** Names of the clients in identity, where the claim that names them is bound to exact values. */
export function pinnedClients(login: {
  readonly boundClaims: BoundClaims;
  readonly userClaim: string;
}): readonly string[] {
  const { boundClaims, userClaim } = login;
  const [, names = []] =
    Object.entries(boundClaims).find(([claim]) => plainClaim(claim) === plainClaim(userClaim)) ?? [];
  return names.some((name) => name.includes('*')) ? [] : names;
}
