import type { Problem } from '../../model/errors';
import type { JwtLogin } from '../../model/tenant/logins/claims';
import { allOf } from '../validate-props';

/** Conditions on the claims of a token, and the claim that identifies the client. */
export type ClaimProps = Pick<JwtLogin, 'boundClaims' | 'boundClaimsType' | 'userClaim'>;

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
      values.flatMap((value) =>
        valueFaults(value, boundClaimsType).map((fault) => ({ ...fault, given: `${claim}: ${value}` })),
      ),
    ),
);

function valueFaults(value: string, type: ClaimProps['boundClaimsType']): Problem[] {
  const faults: Problem[] = [];
  if (value.includes(',')) {
    faults.push({ message: 'a value contains a comma, at which the provider splits it', fix: 'bind another claim' });
  }
  if (value !== value.trim() || value === '') {
    faults.push({
      message: 'a value is empty or has leading or trailing spaces',
      fix: 'remove the spaces, or write a value',
    });
  }
  if (type === 'string' && value.includes('*')) {
    faults.push({
      message: '`*` is not a wildcard with boundClaimsType `string`',
      fix: 'set boundClaimsType to `glob`, or write the whole value',
    });
  }
  if (type === 'glob' && /^\*+$/.test(value)) {
    faults.push({ message: '`*` alone matches every value', fix: 'remove the claim, or write a prefix before `*`' });
  }
  return faults;
}

interface ClaimArguments {
  readonly boundClaims: Record<string, string>;
  readonly boundClaimsType: string;
  readonly userClaim: string;
}

/** Arguments that JWT and OIDC roles share. The provider takes the values of a claim as one comma-separated text. */
export const claimArguments = ({ boundClaims, boundClaimsType, userClaim }: ClaimProps): ClaimArguments => ({
  boundClaims: Object.fromEntries(Object.entries(boundClaims).map(([claim, values]) => [claim, values.join(',')])),
  boundClaimsType,
  userClaim,
});

/** Aliases of the clients in identity, if the claim that identifies them is bound to exact values. */
export function pinnedNames({ boundClaims, userClaim }: ClaimProps): readonly string[] {
  const values = boundClaims[userClaim] ?? [];
  return values.some((value) => value.includes('*')) ? [] : values;
}
