import type { DatabasePlugin } from '../../model/environment/engines';
import type { Problem } from '../../model/errors';
import type { Rule } from '../../model/language/rule';
import { accountRule, databaseNameFault, databaseRoleRule } from '../../model/language/rules/database-name';

/** What is wrong with the name of an existing account; undefined if the server can use it. */
export const accountProblem = (plugin: DatabasePlugin, name: string): Problem | undefined =>
  problem(accountRule, plugin, name);

/** What is wrong with the name of a role in the database; undefined if the server can use it. */
export const databaseRoleProblem = (plugin: DatabasePlugin, name: string): Problem | undefined =>
  problem(databaseRoleRule, plugin, name);

function problem(rule: Rule, plugin: DatabasePlugin, name: string): Problem | undefined {
  const fault = databaseNameFault(rule, plugin, name);
  return fault && { ...fault, given: name === '' ? 'an empty name' : name, allowed: rule.allowed };
}
