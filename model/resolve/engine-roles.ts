import type { AwsEngineSettings, AwsRole, DatabaseConnection, DatabaseRole, SshRole, TransitKey } from '../inventory';
import { fillIn, inEngine } from '../names';
import { listNames, nearest } from '../rules/nearest';
import { shorten, show } from '../rules/show';
import type { Finding } from '../source/problem-list';
import type { ValuePath } from '../source/source-file';
import { defined } from './defined';
import { ttlWithin } from './engines';
import { namesOf } from './environments';
import type { ResolvedEnvironment } from './environments';
import { resolveOwned } from './owned';
import type { Owned, OwnedEntry, Provided } from './owned';
import { optionalSeconds, seconds } from './seconds';
import type { TenantScope } from './tenant-scope';

/** Keys of a tenant in the transit engines of its environments. */
export function resolveKeys(scope: TenantScope): Owned<TransitKey> {
  return resolveOwned(scope, {
    key: 'keys',
    title: 'key',
    find: (home) => engine(home, home.environment.engines.transit || undefined),
    lacking: (homes) => lackingEngine(homes, 'transit'),
    resolve: ({ name, file }) => ({
      name,
      keyName: inEngine(scope.entry, name),
      type: file.type,
      ...defined({ autoRotateSeconds: optionalSeconds(file.autoRotate) }),
      convergent: file.convergent ?? false,
      deletable: file.deletable ?? false,
    }),
  });
}

/** Roles of a tenant in the database engines. */
export function resolveDatabases(scope: TenantScope): Owned<DatabaseRole> {
  return resolveOwned(scope, {
    key: 'databases',
    title: 'role of a database',
    find: (home, { connection }) => {
      const connections = home.environment.engines.database?.connections ?? [];
      return engine(
        home,
        connections.find(({ name }) => name === connection),
      );
    },
    lacking: (homes, { connection }) => lackingConnection(homes, connection),
    resolve: resolveDatabase,
  });
}

/** Roles of a tenant in the AWS engines. */
export function resolveAwsRoles(scope: TenantScope): Owned<AwsRole> {
  return resolveOwned(scope, {
    key: 'awsRoles',
    title: 'role of AWS',
    find: (home) => engine(home, home.environment.engines.aws),
    lacking: (homes) => lackingEngine(homes, 'aws'),
    resolve: resolveAwsRole,
  });
}

/** Roles of a tenant in the SSH engines. */
export function resolveSshRoles(scope: TenantScope): Owned<SshRole> {
  return resolveOwned(scope, {
    key: 'sshRoles',
    title: 'role of SSH',
    find: (home) => engine(home, home.environment.engines.ssh || undefined),
    lacking: (homes) => lackingEngine(homes, 'ssh'),
    resolve: resolveSshRole,
  });
}

function engine<Provider>(home: ResolvedEnvironment, provider: Provider | undefined): Provided<Provider> {
  if (provider !== undefined) return { provider };
  return home.unsound.has('engines') ? 'unsound' : 'lacking';
}

function lackingEngine(
  homes: readonly ResolvedEnvironment[],
  name: 'aws' | 'ssh' | 'transit',
): Finding & { readonly at: ValuePath } {
  return {
    at: [],
    message: `there is no engine \`${name}\` in ${namesOf(homes)}`,
    given: namesOf(homes),
    allowed: `environments with \`engines.${name}\``,
    fix: `add \`${name}:\` to \`engines\` in the environment’s file`,
  };
}

function lackingConnection(
  homes: readonly ResolvedEnvironment[],
  connection: string,
): Finding & { readonly at: ValuePath } {
  const connections = homes.flatMap(({ environment }) => environment.engines.database?.connections ?? []);
  const known = [...new Set(connections.map(({ name }) => name))];
  const meant = nearest(connection, known);
  return {
    at: ['connection'],
    message: `no connection \`${shorten(connection)}\` in ${namesOf(homes)}`,
    given: show(connection),
    allowed: known.length === 0 ? `none: there is no engine \`database\` in ${namesOf(homes)}` : listNames(known),
    fix:
      meant === undefined ? 'add it to `engines.database.connections` in the environment’s file' : `write \`${meant}\``,
  };
}

function resolveDatabase(
  { name, file, path, scope }: OwnedEntry<'databases'>,
  connection: DatabaseConnection,
): DatabaseRole {
  const role = { name, roleName: inEngine(scope.entry, name), connection };
  if (file.kind === 'static') {
    if (file.username === connection.username) {
      scope.report([...path, 'username'], {
        message: 'this is the account that makes the others',
        given: file.username,
        allowed: `an account other than ${connection.username}`,
        fix: 'name the account of the tenant’s program',
      });
    }
    const { kind, username, rotationPeriod } = file;
    return { ...role, kind, username, rotationPeriodSeconds: seconds(rotationPeriod) };
  }
  const { kind, memberOf = [], creationStatements = [], ttl, maxTtl } = file;
  const defaultTtlSeconds = seconds(ttl);
  const maxTtlSeconds = optionalSeconds(maxTtl) ?? defaultTtlSeconds;
  return { ...role, kind, memberOf, creationStatements, defaultTtlSeconds, maxTtlSeconds };
}

function resolveAwsRole({ name, file, scope }: OwnedEntry<'awsRoles'>, settings: AwsEngineSettings): AwsRole {
  const { kind, roleArns = [], policyArns = [], policyDocument, ttl, maxTtl } = file;
  const defaults = { ttl: settings.defaultTtlSeconds, max: settings.maxTtlSeconds };
  return {
    ...defined({ name, roleName: inEngine(scope.entry, name), kind, roleArns, policyArns, policyDocument }),
    ...ttlWithin(optionalSeconds(ttl), optionalSeconds(maxTtl), defaults),
  };
}

function resolveSshRole({ name, file, home, scope }: OwnedEntry<'sshRoles'>): SshRole {
  const { certificateType, principals, ttl, maxTtl } = file;
  return {
    name,
    roleName: inEngine(scope.entry, name),
    certificateType,
    principals: principals.map((principal) => fillIn(principal, home.environment)),
    extensions: file.extensions ?? (certificateType === 'user' ? ['permit-pty'] : []),
    ttlSeconds: seconds(ttl),
    maxTtlSeconds: optionalSeconds(maxTtl) ?? seconds(ttl),
  };
}
