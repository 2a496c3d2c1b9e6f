import type { JwtMethod } from '../../model/cluster/auth-methods/jwt';
import {
  allowedBoundClaims,
  allowedClaimValue,
  allowedWithComma,
  ambiguousClaim,
  claimValueFault,
  haveCommas,
  unboundFault,
} from '../../model/tenant/logins/bound-claims';
import type { JwtLogin } from '../../model/tenant/logins/claims';
import { allOf } from '../validate-props';

/** Conditions on the claims of a token, and the claim that identifies the client. */
export type ClaimProps = Pick<JwtLogin, 'boundClaims' | 'boundClaimsType'> & Pick<JwtMethod, 'userClaim'>;

/** Refuse roles without bound claims, and claims that are bound to other values than it seems. */
export const claimRule = allOf<ClaimProps>(
  ({ boundClaims }) =>
    Object.keys(boundClaims).length > 0
      ? undefined
      : {
          message: 'no bound claim: every token of the issuer is accepted',
          given: 'an empty map',
          fix: 'bind at least one claim, for example `repository: [acme/checkout]`',
        },
  ({ boundClaims }) =>
    Object.entries(boundClaims)
      .filter(([, values]) => values.length === 0)
      .map(([claim]) => ({
        message: `claim ${claim} is bound to no value`,
        given: 'an empty list',
        fix: 'name at least one value',
      })),
  ({ boundClaims, boundClaimsType }) =>
    Object.entries(boundClaims).flatMap(([claim, values]) =>
      values.flatMap((value) => {
        const fault = claimValueFault(value, boundClaimsType);
        return fault === undefined ? [] : [{ ...fault, given: `${claim}: ${value}`, allowed: allowedClaimValue }];
      }),
    ),
  ({ boundClaims }) => {
    const unbound = unboundFault(boundClaims);
    return unbound === undefined
      ? undefined
      : { ...unbound, given: Object.keys(boundClaims).join(', '), allowed: allowedBoundClaims };
  },
  ({ boundClaims }) => {
    const ambiguous = ambiguousClaim(boundClaims);
    if (ambiguous === undefined) return undefined;
    const { claim, ...fault } = ambiguous;
    return { ...fault, given: `${claim}: ${boundClaims[claim]?.join(' and ')}`, allowed: allowedWithComma };
  },
);

interface ClaimArguments {
  readonly boundClaims: Record<string, string>;
  readonly disableBoundClaimsParsing?: boolean;
  readonly boundClaimsType: string;
  readonly userClaim: string;
  readonly userClaimJsonPointer?: boolean;
}

/**
 * Arguments that JWT and OIDC roles share. The provider takes the values of a claim as one text and splits it at commas, unless each text is
 * one value.
 */
export const claimArguments = ({ boundClaims, boundClaimsType, userClaim }: ClaimProps): ClaimArguments => ({
  boundClaims: Object.fromEntries(Object.entries(boundClaims).map(([claim, values]) => [claim, values.join(',')])),
  ...(haveCommas(boundClaims) && { disableBoundClaimsParsing: true }),
  boundClaimsType,
  userClaim,
  ...(userClaim.startsWith('/') && { userClaimJsonPointer: true }),
});
