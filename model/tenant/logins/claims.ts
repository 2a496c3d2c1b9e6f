import { z } from 'zod';

import { entryOf } from '../../language/absent';
import { texts } from '../../language/list';
import { textRule } from '../../language/rules/text';
import { wordsRule } from '../../language/rules/words';
import { optional, refuse, text, word, type CheckContext } from '../../language/values';
import type { LoginEntry, LoginPlace, WithMethod } from './login-place';

const values = texts(text(wordsRule), 'a list of values');

const boundClaims = z
  .record(text(textRule), values, { error: 'a map from claims to lists of values' })
  .superRefine((claims, context) => {
    if (Object.keys(claims).length > 0) return;
    refuse(context, [], 'at least one claim', {
      message: 'without bound claims, every token of the issuer can log in, also those of other organisations',
      fix: 'name a claim and its values, for example `repository: [example/shop]`',
    });
  });

/** Keys of logins by a token that has claims. */
export const claimKeys = {
  boundClaims: boundClaims.describe(
    'Values that claims of the token must have, for example repository: [example/shop]. `{environment}` is filled in.',
  ),
  boundClaimsType: optional(word(['string', 'glob']), 'string').describe('glob: `*` in a value stands for any rest.'),
  userClaim: optional(text(textRule), 'sub').describe('Claim that names the client in identity.'),
};

type Claims = Readonly<Record<string, readonly string[]>>;

/** Reports a claim that may have any value. */
export function checkClaims(
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

/** Links a login that is bound to claims, in which `{environment}` is filled in. */
export function linkWithClaims<Entry extends LoginEntry & { readonly boundClaims: Claims }>(
  login: Entry,
  place: LoginPlace,
): WithMethod<Entry> | undefined {
  const linked = place.withMethod(login);
  const filled = Object.entries(login.boundClaims).map(([claim, values]) => [claim, place.filled(values)] as const);
  return linked && { ...linked, boundClaims: Object.fromEntries(filled) };
}

/** Names of the clients in identity, where the claim that names them is bound to exact values. */
export function pinnedClients(login: { readonly boundClaims: Claims; readonly userClaim: string }): readonly string[] {
  const names = entryOf(login.boundClaims, login.userClaim) ?? [];
  return names.some((name) => name.includes('*')) ? [] : names;
}
