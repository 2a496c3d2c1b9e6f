import { z } from 'zod';

import { itself, list } from '../../language/list';
import { map, type Output } from '../../language/map';
import { textRule } from '../../language/rules/text';
import { optional, text } from '../../language/values';
import { checkClaims, claimKeys, linkWithClaims, pinnedClients } from './claims';
import { method, type LoginPlace, type WithMethod } from './login-place';

const schema = map(
  {
    type: z.literal('oidc').describe('For people, by a browser.'),
    method,
    ...claimKeys,
    scopes: optional(list(text(textRule), 'a list of scopes', itself).meta({ uniqueItems: true }), []).describe(
      'Scopes to ask for besides openid.',
    ),
  },
  checkClaims,
);

type Entry = Output<typeof schema>;
export type OidcLogin = WithMethod<Entry>;

const link = (login: Entry, place: LoginPlace): OidcLogin | undefined => linkWithClaims(login, place);

export const oidc = { schema, link, clients: pinnedClients };
