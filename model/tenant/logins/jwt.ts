import { z } from 'zod';

import { texts } from '../../language/list';
import { map, type Output } from '../../language/map';
import { textRule } from '../../language/rules/text';
import { text } from '../../language/values';
import { checkClaims, claimKeys, linkWithClaims, pinnedClients } from './claims';
import { method, type LoginPlace, type WithMethod } from './login-place';

const schema = map(
  {
    type: z.literal('jwt').describe('With a signed token, as CI systems issue to their jobs.'),
    method,
    audiences: texts(text(textRule), 'a list of audiences').describe('Audiences of which the token must have one.'),
    ...claimKeys,
  },
  checkClaims,
);

type Entry = Output<typeof schema>;
export type JwtLogin = WithMethod<Entry>;

const link = (login: Entry, place: LoginPlace): JwtLogin | undefined => linkWithClaims(login, place);

export const jwt = { schema, link, clients: pinnedClients };
