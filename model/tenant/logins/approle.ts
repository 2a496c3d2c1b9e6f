import { z } from 'zod';

import { map, type Output } from '../../language/map';

const schema = map({ type: z.literal('approle').describe('With RoleID and SecretID.') });

/** With RoleID and SecretID, at the environment's AppRole method. */
export type AppRoleLogin = Output<typeof schema>;

export const approle = { schema, link: (login: AppRoleLogin): AppRoleLogin => login };
