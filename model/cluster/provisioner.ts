import { z } from 'zod';

import { boundCidrs } from '../environment/app-role';
import { duration } from '../language/duration';
import { textRule } from '../language/rules/text';
import { urlRule } from '../language/rules/url';
import { wordsRule } from '../language/rules/words';
import {
  byWord,
  defined,
  literal,
  map,
  optional,
  refuse,
  text,
  type CheckContext,
  type Output,
} from '../language/schema';
import { stackKinds } from '../names';
import { allowedBoundClaims, unboundFault } from '../tenant/logins/bound-claims';
import { caCertificate, supportedAlgorithms } from './auth-methods/parts';

const maxTtlSeconds = 15 * 60;

const ttl = optional(
  duration(1).superRefine((seconds, context) => {
    if (seconds <= maxTtlSeconds) return;
    const fault = {
      message: 'the provisioner’s token is valid for too long',
      fix: 'write 15m or less: a token serves one run',
    };
    refuse(context, [], 'at most 15m', fault);
  }),
  '15m',
).describe('Lifetime (TTL) of a token of Terraform, and of a SecretID, at most 15m.');

const networks = boundCidrs.describe('Networks that Terraform logs in from and uses its tokens from.');

const claims = z
  .record(text(textRule), text(wordsRule), { error: 'a map from claims to texts' })
  .superRefine((given, context) => {
    const unbound = unboundFault(given);
    if (unbound !== undefined) refuse(context, [], allowedBoundClaims, unbound);
    if (Object.keys(given).length > 0) return;
    const fix = 'name claims, for example `repository: example/vault-platform` and `environment: vault-teams`';
    refuse(context, [], 'at least one claim', { message: 'without claims, every token of the issuer can log in', fix });
  });

type Claims = Readonly<Record<string, string>>;

const jwt = map(
  {
    login: literal('jwt').describe('Terraform logs in with the token that the CI system issues for a run.'),
    networks,
    ttl,
    boundIssuer: text(textRule).describe('Required issuer (`iss`) of the token.'),
    discoveryUrl: text(urlRule).describe(
      'OpenID Connect Discovery URL of the issuer, for the keys that verify tokens.',
    ),
    caCertificate: caCertificate('the server at discoveryUrl'),
    supportedAlgorithms,
    audience: text(textRule).describe(
      'Required audience (`aud`) of the token, for example the address of this cluster.',
    ),
    claims: map({
      platform: claims.describe('Claims that the token of a run on `<cluster>-platform` must have.'),
      engines: claims.describe('Claims that the token of a run on `<environment>-engines` must have.'),
      teams: claims.describe('Claims that the token of a run on the stacks of teams must have.'),
    }).describe('Claims by kind of stack, such as repository, branch and environment. No token may have two of them.'),
  },
  ({ claims: byKind }, context) => refuseSharedClaims(byKind, context),
).transform(({ discoveryUrl, caCertificate: certificate, ...method }) => ({
  ...method,
  keys: { from: 'discovery' as const, url: discoveryUrl, ...defined({ caCertificate: certificate }) },
}));

/** Two kinds need one claim with different values, or one token would get the rights of both. */
function refuseSharedClaims(
  byKind: Readonly<Record<(typeof stackKinds)[number], Claims>>,
  context: CheckContext,
): void {
  for (const [index, kind] of stackKinds.entries()) {
    for (const other of stackKinds.slice(0, index)) {
      const [one, two]: [Claims, Claims] = [byKind[kind], byKind[other]];
      const excludes = Object.keys(one).some((claim) => Object.hasOwn(two, claim) && one[claim] !== two[claim]);
      if (excludes) continue;
      refuse(context, ['claims', kind], `a claim of \`${other}\` with another value`, {
        message: `a token can have these claims and those of \`${other}\`, and would get the rights of both`,
        fix: 'give each kind of stack its own value of one claim, for example `environment: vault-teams`',
      });
    }
  }
}

const approle = map({
  login: literal('approle').describe(
    'Terraform logs in with a SecretID that is valid for one login and is handed over wrapped.',
  ),
  networks,
  ttl,
});

/** How Terraform logs in. */
export const provisionerSchema = byWord('login', [jwt, approle], 'login: jwt or approle, with networks');

export type Provisioner = Output<typeof provisionerSchema>;
