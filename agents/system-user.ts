import { PlatformError } from '../model/errors';

/** The names that `useradd` accepts. */
const pattern = /^[a-z_][a-z0-9_-]{0,31}$/;

/**
 * The account that an agent on a host runs as: its name is written into a unit, a rule of polkit and commands.
 *
 * @throws PlatformError `usage` for a name that an account cannot have, and for root
 */
export function systemUser(user: string): string {
  if (pattern.test(user) && user !== 'root') return user;
  throw new PlatformError('usage', [
    {
      message: user === 'root' ? 'an agent does not run as root' : 'this cannot be the name of an account',
      given: user.slice(0, 80),
      allowed: 'up to 32 lower-case letters, digits, `_` and `-`, beginning with a letter or `_`',
      fix: 'name the account of the program that reads the files: --user <name>',
    },
  ]);
}
