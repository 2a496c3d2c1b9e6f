import type { JwtLogin } from '../../model/tenant/logins/jwt';
import { refuse } from '../refuse';

/** What of a token a role looks at. */
export type ClaimProps = Pick<JwtLogin, 'boundClaims' | 'boundClaimsType' | 'userClaim'>;

/**
 * Claims as the provider takes them: the values of one in one text, between commas.
 *
 * @throws PlatformError `construct` if no claim is bound, or one in a way that means something else than it says
 */
export function boundClaims(
  role: string,
  { boundClaims: claims, boundClaimsType }: ClaimProps,
): Record<string, string> {
  const wrong = (message: string, given: string, fix: string): never =>
    refuse({ message: `role ${role}: ${message}`, given, fix });
  if (Object.keys(claims).length === 0) {
    const fix = 'bind at least one claim, for example `repository: [acme/checkout]`';
    wrong('no bound claim, so that every token of the issuer is accepted', '(nothing)', fix);
  }
  for (const [claim, values] of Object.entries(claims)) {
    if (values.length === 0) wrong(`claim ${claim} is bound to nothing`, '(nothing)', 'name at least one value');
    for (const value of values) {
      const given = `${claim}: ${value}`;
      if (value.includes(',')) wrong('a value with a comma would become two', given, 'bind another claim');
      if (value !== value.trim() || value === '')
        wrong('a value with spaces around it, or empty', given, 'remove them');
      if (boundClaimsType === 'string' && value.includes('*')) {
        wrong('a `*` means itself', given, 'set boundClaimsType to `glob`, or write the whole value');
      }
      if (/^\*+$/.test(value)) wrong('`*` alone binds nothing', given, 'leave the claim out, or write how it begins');
    }
  }
  return Object.fromEntries(Object.entries(claims).map(([claim, values]) => [claim, values.join(',')]));
}

/** The names of clients in identity, where the claim that names them is bound to exact values. */
export function pinnedNames({ boundClaims: claims, userClaim }: ClaimProps): readonly string[] {
  const values = claims[userClaim] ?? [];
  return values.some((value) => value.includes('*')) ? [] : values;
}
