import type { AwsEngineSettings, DatabaseConnection, EnvironmentEngines } from '../inventory';
import type { EnginesFile } from '../schema/engines';
import { defined } from './defined';
import { hour, optionalSeconds } from './seconds';
import { resolveTuning } from './tuning';

/** The engines of an environment; without a word about them, the key-value engine alone. */
export function resolveEngines(file: EnginesFile = {}): EnvironmentEngines {
  const { keyValue = {}, keyValue1, transit, database, aws, ssh } = file;
  const tuning = Object.entries(file).flatMap(([engine, settings]) =>
    settings?.tuning === undefined ? [] : [[engine, resolveTuning(settings.tuning)] as const],
  );
  return defined({
    keyValue: defined({
      maxVersions: keyValue.maxVersions ?? 10,
      casRequired: keyValue.casRequired ?? false,
      deleteVersionAfterSeconds: optionalSeconds(keyValue.deleteVersionAfter),
    }),
    keyValue1: keyValue1 !== undefined,
    transit: transit !== undefined,
    database: database && { connections: resolveConnections(database) },
    aws: aws && resolveAws(aws),
    ssh: ssh !== undefined,
    tuning: Object.fromEntries(tuning),
  });
}

function resolveConnections({ connections }: NonNullable<EnginesFile['database']>): DatabaseConnection[] {
  return Object.entries(connections).map(([name, { url, maxOpenConnections = 4, ...file }]) =>
    defined({ name, connectionUrl: url, maxOpenConnections, ...file }),
  );
}

function resolveAws({ region, iamEndpoint, stsEndpoint, ...file }: NonNullable<EnginesFile['aws']>): AwsEngineSettings {
  const [ttl, max] = [optionalSeconds(file.defaultTtl), optionalSeconds(file.maxTtl)];
  return defined({ region, iamEndpoint, stsEndpoint, ...ttlWithin(ttl, max, { ttl: hour, max: 12 * hour }) });
}

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
