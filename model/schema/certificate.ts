import type { z } from 'zod';

import { durationRule } from '../rules/duration';
import { domainRule } from '../rules/words';
import { checkKey, keyKeys } from './authority';
import { someEnvironments } from './environment-list';
import { custom, filledList, flag, itself, map, namedMap, reference, text, word } from './parts';
import { checkTtls } from './ttl';

const certificate = map({
  authority: reference('the name of an authority of the environment').describe(
    'Authority of the environment that signs.',
  ),
  use: word(['server', 'client', 'peer']).describe(
    'server, client, or peer for programs that are both to one another. A client’s certificate never serves as a server’s.',
  ),
  domains: filledList(text(domainRule), 'a list of names', itself)
    .meta({ uniqueItems: true })
    .describe('Names that certificates may be made out to. `{environment}` is filled in.'),
  subdomains: flag().optional().describe('Whether names below the domains are allowed too. Default false.'),
  ipAddresses: flag().optional().describe('Whether certificates may name IP addresses; not for client. Default false.'),
  ttl: text(durationRule(3650)).describe('How long a certificate is good for unless a request says less or more.'),
  maxTtl: text(durationRule(3650)).optional().describe('How long it can be good for at most. Default: ttl.'),
  ...keyKeys,
  environments: someEnvironments(),
}).superRefine((value, context) => {
  checkKey(value, context);
  checkTtls(value, context);
  if (value.use === 'client' && value.ipAddresses === true) {
    const fault = { message: 'a client’s certificate names no IP address', fix: 'remove ipAddresses' };
    context.addIssue({ ...custom(fault), message: 'ipAddresses with use: server or peer', path: ['ipAddresses'] });
  }
});

/** Roles that a tenant gets certificates by. */
export const certificatesSchema = namedMap('certificate', certificate, 'a map from names to certificates');

export type CertificateFile = z.output<typeof certificate>;
