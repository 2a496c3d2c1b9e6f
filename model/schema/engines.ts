import type { z } from 'zod';

import { regionRule } from '../rules/address';
import { connectionUrlFault, connectionUrlRule } from '../rules/connection-url';
import { durationRule } from '../rules/duration';
import { certificateRule } from '../rules/pem';
import { urlRule } from '../rules/url';
import { databaseNameRule } from '../rules/words';
import { custom, flag, map, namedMap, text, wholeNumber, word } from './parts';
import { tuning } from './tuning';

const connection = map({
  plugin: word(['postgresql', 'mysql']).describe('Kind of database.'),
  url: text(connectionUrlRule).describe(
    'Where it is, with {{username}} and {{password}} where they go, for example postgresql://{{username}}:{{password}}@db:5432/app?sslmode=verify-full, or {{username}}:{{password}}@tcp(db:3306)/?tls=true for mysql.',
  ),
  username: text(databaseNameRule).describe('Account that makes the others; an operator hands over its password.'),
  maxOpenConnections: wholeNumber(1, 1000).optional().describe('Connections of each server at a time. Default 4.'),
  caCertificate: text(certificateRule)
    .optional()
    .describe('Certificate in PEM of the CA that the database is trusted by. Default: those of the server’s machine.'),
}).superRefine(({ plugin, url }, context) => {
  const fault = connectionUrlRule.fault(url) === undefined ? connectionUrlFault(plugin, url) : undefined;
  if (fault !== undefined) context.addIssue({ ...custom(fault), message: fault.allowed, path: ['url'] });
});

const bare = () => map({ tuning: tuning() });

/** Engines of an environment. What is not named does not exist, but for the key-value engine. */
export const enginesSchema = map({
  keyValue: map({
    maxVersions: wholeNumber(1, 1000).optional().describe('Versions kept of each document. Default 10.'),
    casRequired: flag().optional().describe('Whether every write must say which version it replaces. Default false.'),
    deleteVersionAfter: text(durationRule(3650))
      .optional()
      .describe('Age at which versions are deleted. Default: never.'),
    tuning: tuning(),
  })
    .optional()
    .describe('The key-value engine of version 2, which every environment has.'),
  keyValue1: bare().optional().describe('A key-value engine of version 1 as well, for programs that know no versions.'),
  transit: bare().optional().describe('An engine for keys that never leave the server.'),
  database: map({
    connections: namedMap('connection', connection, 'a map from names to databases').describe('Databases, by name.'),
    tuning: tuning(),
  })
    .optional()
    .describe('An engine that makes credentials of databases.'),
  aws: map({
    region: text(regionRule).describe('Region of its requests.'),
    iamEndpoint: text(urlRule).optional().describe('URL of IAM. Default: AWS’s own.'),
    stsEndpoint: text(urlRule).optional().describe('URL of STS. Default: AWS’s own.'),
    defaultTtl: text(durationRule(32, '15m')).optional().describe('How long credentials are good for. Default 1h.'),
    maxTtl: text(durationRule(32, '15m'))
      .optional()
      .describe('How long credentials are good for at most. Default 12h.'),
    tuning: tuning(),
  })
    .optional()
    .describe('An engine that makes credentials of AWS. With `dialect: vault` only.'),
  ssh: bare().optional().describe('An authority that signs SSH keys.'),
});

export type EnginesFile = z.output<typeof enginesSchema>;
