import { isIP } from 'node:net';

import { z } from 'zod';

import { durationRule } from '../rules/duration';
import { directoryRule, documentPathRule, fileNameRule } from '../rules/file-name';
import { policyNameRule } from '../rules/name';
import type { Rule } from '../rules/rule';
import { textRule } from '../rules/text';
import { domainRule } from '../rules/words';
import { custom, filledList, itself, map, namedMap, reference, text, word } from './parts';

const ipRule: Rule = {
  allowed: 'an IP address such as 10.20.0.7',
  pattern: /^[0-9a-f.:]+$/,
  fault: (address) =>
    isIP(address) === 0
      ? { message: 'this is not an IP address', fix: 'write one address, without a length behind it' }
      : undefined,
};

const aCommand = 'a list of words: a program and its arguments';

const certificate = map({
  name: reference('a name in `certificates`').describe('A certificate of the tenant, by its name; it names the files.'),
  commonName: text(domainRule).describe(
    'Name that it is made out to, one of its domains. `{environment}` is filled in.',
  ),
  altNames: filledList(text(domainRule), 'a list of names', itself)
    .meta({ uniqueItems: true })
    .optional()
    .describe('More names. `{environment}` is filled in. Default: none.'),
  ipAddresses: filledList(text(ipRule), 'a list of IP addresses', itself)
    .meta({ uniqueItems: true })
    .optional()
    .describe('IP addresses. Default: none.'),
  ttl: text(durationRule(3650))
    .optional()
    .describe(
      'How long each is good for; renewed when two thirds are over (OpenBao: nine tenths). Default: as the certificate has it.',
    ),
  format: word(['pem', 'java'])
    .optional()
    .describe(
      'What <name>.ca.pem, beside <name>.pem with key and certificate, trusts. pem (the default): up to the root, for OpenSSL. java: the authority alone, for Kafka.',
    ),
});

const document = map({
  path: text(documentPathRule).describe('The document, relative to the tenant’s folder.'),
  file: text(fileNameRule).describe('Name of the file.'),
});

const agent = map({
  policy: text(policyNameRule).describe('Policy of the tenant that it logs in with, by its name in `policies`.'),
  directory: text(directoryRule).describe('Folder that the files go to. `{environment}` is filled in.'),
  certificates: filledList(certificate, 'a list of certificates', ({ name }) => name)
    .optional()
    .describe('Certificates that it keeps fresh. Default: none.'),
  documents: filledList(document, 'a list of documents', ({ file }) => file)
    .optional()
    .describe('Documents that it writes into files. Default: none.'),
  command: z
    .array(text(textRule), { error: aCommand })
    .min(1, { error: aCommand })
    .optional()
    .describe('Run after files have changed, without a shell. Default: nothing.'),
}).superRefine(({ certificates, documents }, context) => {
  if (certificates !== undefined || documents !== undefined) return;
  const fault = { message: 'the agent writes nothing', fix: 'add certificates or documents' };
  context.addIssue({ ...custom(fault), message: 'certificates, documents or both' });
});

/** What agents write for the tenant's programs. */
export const agentsSchema = namedMap('agent', agent, 'a map from names to agents');

export type AgentFile = z.output<typeof agent>;
