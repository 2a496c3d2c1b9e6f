import { z } from 'zod';

import { textRule } from '../../language/rules/text';
import { wordsRule } from '../../language/rules/words';
import { entryOf, filledList, list, map, optional, refuse, text, word } from '../../language/schema';
import type { CheckContext, Output } from '../../language/schema';
import { method, type LoginPlace, type WithMethod } from './login-place';

const values = filledList(text(wordsRule), 'a list of values');

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
  userClaim: optional(text(textRule), 'sub').describe('Claim that names the client in identity.'),
};

type Claims = Readonly<Record<string, readonly string[]>>;

/** Reports a claim that may have any value. */
function checkClaims(
  login: { readonly boundClaims: Claims; readonly boundClaimsType: string },
  context: CheckContext,
): void {
  if (login.boundClaimsType !== 'glob') return;
  for (const [claim, allowed] of Object.entries(login.boundClaims)) {
    const index = allowed.findIndex((value) => /^\*+$/.test(value));
    if (index === -1) continue;
    refuse(context, ['boundClaims', claim, index], 'a part of the value', {
      message: '`*` alone matches every value',
      fix: 'write what the value begins with',
    });
  }
}

/** Names of the clients in identity, where the claim that names them is bound to exact values. */
function pinnedClients(login: { readonly boundClaims: Claims; readonly userClaim: string }): readonly string[] {
  const names = entryOf(login.boundClaims, login.userClaim) ?? [];
  return names.some((name) => name.includes('*')) ? [] : names;
}

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
export type JwtLogin = WithMethod<JwtEntry>;

export const jwt = {
  schema: jwtSchema,
  link: (login: JwtEntry, place: LoginPlace): JwtLogin | undefined => place.withMethod(login, 'boundClaims'),
  clients: pinnedClients,
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
export type OidcLogin = WithMethod<OidcEntry>;

export const oidc = {
  schema: oidcSchema,
  link: (login: OidcEntry, place: LoginPlace): OidcLogin | undefined => place.withMethod(login, 'boundClaims'),
  clients: pinnedClients,
};
