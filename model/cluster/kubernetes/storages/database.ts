import type { z } from 'zod';

import { map } from '../../../language/map';
import { imageRule } from '../../../language/rules/kubernetes';
import { databaseRule } from '../../../language/rules/words';
import { optional, text, wholeNumber } from '../../../language/values';

const connections = map({
  maxParallel: optional(wholeNumber(4, 1000)).describe(
    'Maximum number of connections of each server. Default: 64, or each server’s share of maxConnections.',
  ),
  maxConnections: optional(wholeNumber(20, 100_000)).describe(
    'max_connections of the database. Set it for an existing database: a takeover opens every connection, and servers seal themselves if the database refuses one. Default: unknown; with cloudNativePg what the servers need.',
  ),
});

/** The keys of every kind of PostgreSQL. */
export const databaseKeys = (): {
  database: z.ZodExactOptional<z.ZodString>;
  connections: z.ZodPrefault<typeof connections>;
  clientImage: z.ZodPrefault<z.ZodString>;
} => ({
  database: optional(text(databaseRule)).describe('Name of the database. Default: openbao or vault, by the dialect.'),
  connections: optional(connections, {}).describe('Limits of the servers’ connections.'),
  clientImage: optional(text(imageRule), 'postgres:18').describe(
    'Image with psql and pg_dump, no older than the database.',
  ),
});
