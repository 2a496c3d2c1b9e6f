import { z } from 'zod';

import { textRule } from '../../language/rules/text';
import { wordsRule } from '../../language/rules/words';
import { choice, filledList, list, map, optional, refuse, text, word } from '../../language/schema';
import type { CheckContext, Output, Without } from '../../language/schema';
import {
  allowedBoundClaims,
  allowedClaimValue,
  allowedWithComma,
  ambiguousClaim,
  claimValueFault,
  pinnedClients,
  unboundFault,
  type BoundClaims,
  type BoundClaimsType,
} from './bound-claims';
import { method, type LoginPlace, type WithMethod } from './login-place';

const claimText = text(wordsRule);

/**
 * The provider sends texts alone, and servers find no text equal to a claim that is a number, true or false. See
 * docs/decisions/0037-claims-are-texts.md.
 */
const claimValue = choice([claimText], (value, report) =>
  typeof value === 'boolean' || typeof value === 'number'
    ? report(wordsRule.allowed, {
        message: 'the provider can bind a claim to texts only, and no text equals a claim of another type',
        fix: `bind another claim; if the token has the text "${value}", write it in quotes`,
      })
    : claimText,
);

const values = filledList(claimValue, 'a list of values');

const boundClaims = z
  .record(text(textRule), values, { error: 'a map from claims to lists of values' })
  .superRefine((claims, context) => {
    if (Object.keys(claims).length > 0) return;
    refuse(context, [], 'at least one claim', {
      message: 'without bound claims, every token of the issuer can log in, also those of other organisations',
      fix: 'name a claim and its values, for example `repository: [example/shop]`',
    });
  });

/** Keys of both kinds of login by a token that has claims. */
const claimKeys = {
  boundClaims: boundClaims.describe(
    'Values that claims of the token must have, for example repository: [example/shop]. `{environment}` is filled in.',
  ),
  boundClaimsType: optional(word(['string', 'glob']), 'string').describe('glob: `*` in a value stands for any rest.'),
  userClaim: optional(text(textRule)).describe(
    'Claim that names the client in identity, as the auth method has it: leave it out. Default: the method’s.',
  ),
};

interface Claims {
  readonly boundClaims: BoundClaims;
  readonly boundClaimsType: BoundClaimsType;
}

/** Reports values that the server compares in another way than it seems. */
function checkClaims({ boundClaims: claims, boundClaimsType: type }: Claims, context: CheckContext): void {
  for (const [claim, allowed] of Object.entries(claims)) {
    allowed.forEach((value, index) => {
      const fault = claimValueFault(value, type);
      if (fault !== undefined) refuse(context, ['boundClaims', claim, index], allowedClaimValue, fault);
    });
  }
  const unbound = unboundFault(claims);
  if (unbound !== undefined) refuse(context, ['boundClaims'], allowedBoundClaims, unbound);
  const ambiguous = ambiguousClaim(claims);
  if (ambiguous === undefined) return;
  const { claim, ...fault } = ambiguous;
  refuse(context, ['boundClaims', claim], allowedWithComma, fault);
}

/** Names of the clients in identity that a login is bound to. */
const clientsOf = ({ boundClaims: claims, method: { userClaim } }: JwtLogin | OidcLogin): readonly string[] =>
  pinnedClients({ boundClaims: claims, userClaim });

const jwtSchema = map(
  {
    type: z.literal('jwt').describe('With a signed token, as CI systems issue to their jobs.'),
    method,
    audiences: filledList(text(textRule), 'a list of audiences').describe(
      'Audiences of which the token must have one.',
    ),
    ...claimKeys,
  },
  checkClaims,
);

type JwtEntry = Output<typeof jwtSchema>;
export type JwtLogin = WithMethod<Without<JwtEntry, 'userClaim'>>;

export const jwt = {
  schema: jwtSchema,
  link: ({ userClaim, ...login }: JwtEntry, place: LoginPlace): JwtLogin | undefined =>
    place.agreeing({ userClaim }, place.withMethod(login, 'boundClaims')),
  clients: clientsOf,
};

const oidcSchema = map(
  {
    type: z.literal('oidc').describe('For people, by a browser.'),
    method,
    ...claimKeys,
    scopes: optional(list(text(textRule), 'a list of scopes'), []).describe('Scopes to ask for besides openid.'),
  },
  checkClaims,
);

type OidcEntry = Output<typeof oidcSchema>;
export type OidcLogin = WithMethod<Without<OidcEntry, 'userClaim'>>;

export const oidc = {
  schema: oidcSchema,
  link: ({ userClaim, ...login }: OidcEntry, place: LoginPlace): OidcLogin | undefined =>
    place.agreeing({ userClaim }, place.withMethod(login, 'boundClaims')),
  clients: clientsOf,
};
