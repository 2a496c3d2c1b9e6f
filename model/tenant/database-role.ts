import { checkLeases } from '../checks/lifetimes';
import { checkLifetimeLimit } from '../checks/limits';
import type { DatabaseConnection } from '../environment/engines';
import { someEnvironments, type LinkedEnvironment } from '../environment/environment';
import { checkTtls, duration } from '../language/duration';
import { accountRule, databaseNameFault, databaseRoleRule } from '../language/rules/database-name';
import { creationStatementRule } from '../language/rules/document';
import {
  byWord,
  filledList,
  literal,
  map,
  mapOrNone,
  optional,
  orNone,
  reference,
  refuse,
  text,
} from '../language/schema';
import type { Fault, Output, Rule, Without } from '../language/schema';
import type { ValuePath } from '../source/source-file';
import { unknownIn } from './lack';
import type { OwnedKind } from './owned';

const connection = reference('the name of a connection of the environment').describe(
  'Database, by its name in the environment’s `engines.database`.',
);

export const allowedPrivileges = 'memberOf or creationStatements, one of the two';

/** What is wrong with the sources of an account's privileges. */
export function privilegesFault(memberOf: readonly string[], creationStatements: readonly string[]): Fault | undefined {
  if (memberOf.length > 0 && creationStatements.length > 0) {
    const message = '`memberOf` and `creationStatements` are mutually exclusive';
    return { message, fix: 'keep memberOf, or creationStatements' };
  }
  return memberOf.length > 0 || creationStatements.length > 0
    ? undefined
    : {
        message: 'the account has no privileges: there is neither memberOf nor creationStatements',
        fix: 'add `memberOf:` with roles of the database',
      };
}

const dynamicRole = map(
  {
    connection,
    kind: literal('dynamic').describe('A new account for each request, removed when its lease ends.'),
    memberOf: orNone(filledList(text(databaseRoleRule), 'a list of roles of the database')).describe(
      'Roles of the database that the account is a member of.',
    ),
    creationStatements: orNone(
      filledList(text(creationStatementRule), 'a list of statements', (statement) => statement),
    ).describe(
      'Instead of memberOf: statements that create the account. A semicolon ends a statement unless it is in quotes or a comment.',
    ),
    ttl: duration(32).describe('Lifetime (TTL) of an account.'),
    maxTtl: optional(duration(32)).describe(
      'Maximum lifetime (TTL) of an account, reached by renewing its lease. Default: ttl.',
    ),
    environments: someEnvironments,
  },
  checkTtls('ttl', 'maxTtl'),
  ({ memberOf, creationStatements }, context) => {
    const fault = privilegesFault(memberOf, creationStatements);
    const at = creationStatements.length > 0 ? ['creationStatements'] : [];
    if (fault !== undefined) refuse(context, at, allowedPrivileges, fault);
    const statements = creationStatements.join('\n');
    const missing = ['{{name}}', '{{password}}'].filter((part) => !statements.includes(part));
    if (creationStatements.length === 0 || missing.length === 0) return;
    refuse(context, ['creationStatements'], creationStatementRule.allowed, {
      message: `no statement has ${missing.join(' and ')}`,
      fix: 'add them to a statement',
    });
  },
).transform(({ ttlSeconds, maxTtlSeconds = ttlSeconds, ...role }) => ({
  ...role,
  defaultTtlSeconds: ttlSeconds,
  maxTtlSeconds,
}));

const staticRole = map({
  connection,
  kind: literal('static').describe('An existing account whose password is rotated.'),
  username: text(accountRule).describe('Name of the account.'),
  rotationPeriod: duration(365, '5s').describe('Lifetime of a password.'),
  environments: someEnvironments,
});

const databaseRole = byWord('kind', [dynamicRole, staticRole], 'a map with `kind`: dynamic or static');

/** Roles by which a tenant gets credentials of databases. */
export const databasesSchema = mapOrNone('database role', databaseRole, 'a map from names to roles of databases');

type DatabaseRoleFile = Output<typeof databaseRole>;

/** A role by which a tenant gets credentials of a database; `<tenant>.<name>` in the environment's database engine. */
export type DatabaseRole = Without<DatabaseRoleFile, 'connection' | 'environments'> & {
  readonly name: string;
  readonly roleName: string;
  readonly connection: DatabaseConnection;
};

const connectionsOf = ({ environment }: LinkedEnvironment): readonly DatabaseConnection[] =>
  environment.engines.database?.connections ?? [];

export const databaseRoleKind: OwnedKind<DatabaseRoleFile, DatabaseConnection, DatabaseRole> = {
  key: 'databases',
  title: 'database role',
  section: 'engines',
  find: (home, { connection }) => connectionsOf(home).find(({ name }) => name === connection),
  lacking: (homes, { connection }) =>
    unknownIn(
      homes,
      homes.flatMap(connectionsOf).map(({ name }) => name),
      {
        at: 'connection',
        name: connection,
        section: 'engines.database.connections',
        none: 'there is no engine `database`',
      },
    ),
  link: (entry, database) => {
    const { name, file, path, scope } = entry;
    const report = (rule: Rule, given: string, at: ValuePath): void => {
      const fault = databaseNameFault(rule, database.plugin, given);
      if (fault !== undefined) scope.report([...path, ...at], { given, allowed: rule.allowed, ...fault });
    };
    if (file.kind === 'static') {
      report(accountRule, file.username, ['username']);
      checkLifetimeLimit(entry, 'passwordTtl', 'rotationPeriod', file.rotationPeriodSeconds);
    } else {
      file.memberOf.forEach((role, index) => report(databaseRoleRule, role, ['memberOf', index]));
      const key = file.maxTtlSeconds === file.defaultTtlSeconds ? 'ttl' : 'maxTtl';
      if (!checkLifetimeLimit(entry, 'credentialTtl', key, file.maxTtlSeconds)) {
        checkLeases(entry, 'database', { ttl: file.defaultTtlSeconds, maxTtl: file.maxTtlSeconds });
      }
    }
    if (file.kind === 'static' && file.username === database.username) {
      scope.report([...path, 'username'], {
        message: 'this is the account that the engine uses to create users',
        given: file.username,
        allowed: `an account other than ${database.username}`,
        fix: 'name the account of the tenant’s program',
      });
    }
    return { ...file, name, roleName: scope.names.inEngine('databases', scope.tenant, name), connection: database };
  },
};
