import type { z } from 'zod';

import { imageRule, memoryRule, namespaceRule, objectNameRule } from '../rules/kubernetes';
import { databaseRule, hostRule } from '../rules/words';
import { podResources, secretEntry, somePeers } from './kubernetes-parts';
import { oneOf } from './one-of';
import { map, text, wholeNumber } from './parts';

const shared = () => ({
  database: text(databaseRule).optional().describe('Name of the database. Default: the program’s, openbao or vault.'),
  connections: map({
    maxParallel: wholeNumber(4, 1000)
      .optional()
      .describe('Connections of each server. Default 64, or what maxConnections leaves for each.'),
    maxConnections: wholeNumber(20, 100_000)
      .optional()
      .describe(
        'max_connections of the database. Say it: a takeover opens every connection, and servers seal themselves where there are too few. Default: not known, and what is needed with cloudNativePg.',
      ),
  })
    .optional()
    .describe('What limits the servers’ connections.'),
  clientImage: text(imageRule)
    .optional()
    .describe('Image with psql and pg_dump, no older than the database. Default postgres:18.'),
});

const postgresql = map({
  host: text(hostRule).describe('Host name of the database, which its certificate has to have.'),
  port: wholeNumber(1, 65_535).optional().describe('Port of the database. Default 5432.'),
  user: text(databaseRule)
    .optional()
    .describe('Account of the servers. Default: the program’s name, openbao or vault.'),
  passwordFile: secretEntry('pgpass').describe(
    'Where the password file of PostgreSQL is: a line host:port:database:user:password.',
  ),
  authority: secretEntry('ca.crt')
    .optional()
    .describe(
      'Where the certificate in PEM of the CA is that the database is trusted by. Default: what the image trusts.',
    ),
  peers: somePeers().optional().describe('Where the database is, for the NetworkPolicy. Default: anywhere.'),
  ...shared(),
});

const cloudNativePg = map({
  instances: wholeNumber(1, 9).optional().describe('Instances, one of which takes writes. Default 3.'),
  size: text(memoryRule).optional().describe('Size of each instance’s volume. Default 10Gi.'),
  storageClass: text(objectNameRule).optional().describe('Class of the volumes. Default: that of the cluster.'),
  image: text(imageRule).optional().describe('Image of PostgreSQL. Default: what the operator is set to.'),
  resources: podResources({ cpu: '500m', memory: '1Gi', limit: '1Gi' })
    .optional()
    .describe('Resources of each instance.'),
  operatorNamespace: text(namespaceRule).optional().describe('Namespace of the operator. Default cnpg-system.'),
  ...shared(),
});

/** Where the servers keep their data. */
export const storageSchema = oneOf([], {
  postgresql: postgresql.describe('A PostgreSQL that exists. Its certificate and its name are always verified.'),
  cloudNativePg: cloudNativePg.describe('A PostgreSQL that the operator CloudNativePG provides beside the servers.'),
});

export type StorageFile = z.output<typeof storageSchema>;
