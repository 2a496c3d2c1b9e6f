import { cutLifetime } from '../checks/lifetimes';
import { mountLimitSeconds, tuning } from '../cluster/tuning';
import { duration } from '../language/duration';
import { regionRule } from '../language/rules/address';
import { connectionUrlFault, connectionUrlRule } from '../language/rules/connection-url';
import { accountRule, databaseNameFault } from '../language/rules/database-name';
import { certificateRule } from '../language/rules/pem';
import { urlRule } from '../language/rules/url';
import { flag, map, namedMap, optional, refuse, text, wholeNumber, word, type Output } from '../language/schema';

const hour = 3600;

/** Defaults that the constructs have as well. */
export const engineDefaults = { maxVersions: 10, maxOpenConnections: 4 } as const;

const bare = optional(map({ tuning }));

/** @see https://openbao.org/docs/secrets/kv/kv-v2/ */
const keyValue = map({
  maxVersions: optional(wholeNumber(1, 1000), engineDefaults.maxVersions).describe(
    'Number of versions kept of each document.',
  ),
  casRequired: optional(flag, false).describe('Whether every write must state the version that it replaces.'),
  deleteVersionAfter: optional(duration(3650)).describe('Age at which a version is deleted. Default: never.'),
  tuning,
});

/** Kinds of database. */
export const databasePlugins = ['postgresql', 'mysql'] as const;

/** A database that credentials are created in. The password of its account is set by an operator and never in the state. */
const connection = map(
  {
    plugin: word(databasePlugins).describe('Kind of database.'),
    url: text(connectionUrlRule).describe(
      'URL of the database, with the placeholders {{username}} and {{password}}, for example postgresql://{{username}}:{{password}}@db:5432/app?sslmode=verify-full, or {{username}}:{{password}}@tcp(db:3306)/?tls=true for mysql.',
    ),
    username: text(accountRule).describe(
      'Account that the engine uses to create users; an operator sets its password.',
    ),
    maxOpenConnections: optional(wholeNumber(1, 1000), engineDefaults.maxOpenConnections).describe(
      'Connections that each server may open at a time.',
    ),
    caCertificate: optional(text(certificateRule)).describe(
      'Certificate in PEM of the CA that signed the database’s certificate. Default: the CAs of the server’s machine.',
    ),
  },
  ({ plugin, url, username }, context) => {
    const tooLong = accountRule.fault(username) === undefined && databaseNameFault(accountRule, plugin, username);
    if (tooLong) refuse(context, ['username'], accountRule.allowed, tooLong);
    const fault = connectionUrlRule.fault(url) === undefined ? connectionUrlFault(plugin, url) : undefined;
    if (fault !== undefined) refuse(context, ['url'], fault.allowed, fault);
  },
);

export type DatabaseConnection = Output<typeof connection> & { readonly name: string };
export type DatabasePlugin = DatabaseConnection['plugin'];

const database = map({
  connections: namedMap('connection', connection, 'a map from names to databases')
    .transform((connections) => Object.entries(connections).map(([name, settings]) => ({ name, ...settings })))
    .describe('Databases, by name.'),
  tuning,
});

/** Its own credential is the server's instance role, or set by an operator. */
const aws = map(
  {
    region: text(regionRule).describe('AWS region of its requests.'),
    iamEndpoint: optional(text(urlRule)).describe('URL of IAM. Default: AWS’s own.'),
    stsEndpoint: optional(text(urlRule)).describe('URL of STS. Default: AWS’s own.'),
    defaultTtl: optional(duration(32, '15m')).describe(
      'Lifetime (TTL) of credentials. Default: 1h, or maxTtl where that is shorter.',
    ),
    maxTtl: optional(duration(32, '15m')).describe(
      'Maximum lifetime (TTL) of credentials. Default: 12h, or defaultTtl where that is longer.',
    ),
    tuning,
  },
  ({ defaultTtl = 0, maxTtl = 0, tuning: ownTuning }, context) => {
    const place = { mount: 'the engine', tuning: '`tuning.maxLeaseTtl`' };
    for (const [key, seconds] of Object.entries({ defaultTtl, maxTtl })) {
      const found = cutLifetime({ key, seconds }, mountLimitSeconds(ownTuning), place);
      if (found !== undefined) refuse(context, [key], found.allowed ?? '', found);
    }
  },
).transform(({ defaultTtlSeconds, maxTtlSeconds, ...settings }) => {
  const limit = mountLimitSeconds(settings.tuning);
  const defaults = { ttl: Math.min(hour, limit), max: Math.min(12 * hour, limit) };
  return { ...settings, ...ttlWithin(defaultTtlSeconds, maxTtlSeconds, defaults) };
});

const engines = {
  keyValue: optional(keyValue, {}).describe('The key-value engine of version 2, which every environment has.'),
  keyValue1: bare.describe('A key-value engine of version 1 as well, for programs that know no versions.'),
  transit: bare.describe('An engine for keys that never leave the server.'),
  database: optional(database).describe('An engine that creates credentials of databases.'),
  aws: optional(aws).describe('An engine that creates credentials of AWS. With `dialect: vault` only.'),
  ssh: bare.describe('A certificate authority that signs SSH keys.'),
};

/** Engines of an environment; one that is absent is not mounted. */
export const enginesSchema = map(engines);

/** Names of the engines, each with one path in an environment. */
export const engineNames: ReadonlySet<string> = new Set(Object.keys(engines));

export type EnvironmentEngines = Output<typeof enginesSchema>;
export type KeyValueSettings = EnvironmentEngines['keyValue'];
export type AwsEngineSettings = NonNullable<EnvironmentEngines['aws']>;

/** A TTL and its maximum; a default gives way to what a file says. */
export function ttlWithin(
  ttl: number | undefined,
  max: number | undefined,
  defaults: { readonly ttl: number; readonly max: number },
): { readonly defaultTtlSeconds: number; readonly maxTtlSeconds: number } {
  return {
    defaultTtlSeconds: ttl ?? Math.min(defaults.ttl, max ?? Infinity),
    maxTtlSeconds: max ?? Math.max(defaults.max, ttl ?? 0),
  };
}
