import type { Fault } from '../../language/rule';

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
  return type === 'glob' && /^\*+$/.test(value)
    ? { message: '`*` alone matches every value', fix: 'write what the value begins with' }
    : undefined;
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

/** Names of the clients in identity, where the claim that names them is bound to exact values. */
export function pinnedClients(login: {
  readonly boundClaims: BoundClaims;
  readonly userClaim: string;
}): readonly string[] {
  const { boundClaims, userClaim } = login;
  const names = Object.hasOwn(boundClaims, userClaim) ? (boundClaims[userClaim] ?? []) : [];
  return names.some((name) => name.includes('*')) ? [] : names;
}
