import type { DatabasePlugin } from '../../environment/engines';
import type { Fault, Rule } from '../rule';

const maxLength: Readonly<Record<DatabasePlugin, number>> = { postgresql: 63, mysql: 32 };
const longest = Math.max(...Object.values(maxLength));

const rule = (what: string, characters: string, pattern: RegExp): Rule => ({
  allowed: `1 to ${longest} characters, in MySQL ${maxLength.mysql}: ${characters}`,
  pattern,
  fault: (name) =>
    pattern.test(name) && name.length <= longest
      ? undefined
      : { message: `this is not a valid name of a database’s ${what}`, fix: `rename the ${what} in the database` },
});

/** An existing account of a database. The server puts it between quotes. */
export const accountRule = rule('account', 'letters, digits, `_`, `.`, `@` and `-`', /^[A-Za-z0-9_.@-]+$/);

/**
 * A role of a database. Quotes make any name safe for the database; the refused characters are those at which the server splits
 * statements or fills in values.
 */
export const databaseRoleRule = rule(
  'role',
  'all except `;`, `$`, `\\`, double braces, comment marks and control characters',
  /^(?!.*(\{\{|\}\}|\/\*|\*\/))[^;$\\\u0000-\u001F\u007F-\u009F]+$/,
);

/** What is wrong with a name for one kind of database, which may allow fewer characters than the other. */
export const databaseNameFault = (nameRule: Rule, plugin: DatabasePlugin, name: string): Fault | undefined =>
  nameRule.fault(name.length <= maxLength[plugin] ? name : '');
