import { z } from 'zod';

import { texts } from '../../language/list';
import { map, type Output } from '../../language/map';
import { textRule } from '../../language/rules/text';
import { text } from '../../language/values';
import { checkClaims, claimKeys, filledClaims, pinnedClients } from './claims';
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

function link(login: Entry, place: LoginPlace): JwtLogin | undefined {
  const linked = place.withMethod(login);
  return linked && { ...linked, boundClaims: filledClaims(login.boundClaims, place) };
}

export const jwt = { schema, link, clients: pinnedClients };
