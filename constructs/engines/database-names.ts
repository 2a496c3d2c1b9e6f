import type { DatabasePlugin } from '../../model/environment/engines';
import type { Problem } from '../../model/errors';

const maxLength: Readonly<Record<DatabasePlugin, number>> = { postgresql: 63, mysql: 32 };

/** What is wrong with the name of an existing account, which the server puts between quotes; undefined if it is safe. */
export const accountProblem = (plugin: DatabasePlugin, name: string): Problem | undefined =>
  /^[A-Za-z0-9_.@-]+$/.test(name) && name.length <= maxLength[plugin]
    ? undefined
    : problem('account', plugin, name, 'letters, digits, `_`, `.`, `@` and `-`');

/**
 * What is wrong with the name of a role in the database; undefined if it is safe. Quotes make any name safe for the database. The refused
 * characters are those at which the server splits statements or fills in values.
 */
export const databaseRoleProblem = (plugin: DatabasePlugin, name: string): Problem | undefined =>
  name !== '' && name.length <= maxLength[plugin] && !/[;$\\\p{Cc}]|\{\{|\}\}|\/\*|\*\//u.test(name)
    ? undefined
    : problem('role', plugin, name, 'all except `;`, `$`, `\\`, double braces, comment marks and control characters');

const problem = (what: string, plugin: DatabasePlugin, given: string, characters: string): Problem => ({
  message: `this is not a valid name of a database’s ${what}`,
  given: given === '' ? 'an empty name' : given,
  allowed: `1 to ${maxLength[plugin]} characters: ${characters}`,
  fix: `rename the ${what} in the database`,
});
