import { z } from 'zod';

import { map, type Output } from '../../language/map';
import { flag, optional } from '../../language/values';

const schema = map({
  type: z.literal('token').describe('With tokens that a trusted program creates for others.'),
  orphan: optional(flag(), false).describe('Whether a token outlives the one that created it.'),
  renewable: optional(flag(), true).describe('Whether a token can be renewed.'),
});

/** Tokens that a trusted program creates for others: `auth/token/create/<role>`. */
export type TokenLogin = Output<typeof schema>;

export const token = { schema, link: (login: TokenLogin): TokenLogin => login };
