import { z } from 'zod';

import { cidrRule } from '../rules/cidr';
import { durationRule } from '../rules/duration';
import { itself, list, map, text } from './parts';

/** Servers cut longer leases to their own maximum, 768 hours, with no more than a warning. */
const maxTokenDays = 32;
const maxSecretIdDays = 365;

const cidrs = () => list(text(cidrRule), 'a list of networks in CIDR notation', itself).meta({ uniqueItems: true });

/** @see https://openbao.org/api-docs/auth/approle/ */
export const appRoleSchema = map({
  tokenTtl: text(durationRule(maxTokenDays))
    .optional()
    .describe('How long a token is good for after a login. Default 20m.'),
  tokenMaxTtl: text(durationRule(maxTokenDays))
    .optional()
    .describe('How long a token can be kept alive by renewing it. Default 1h.'),
  tokenType: z
    .enum(['service', 'batch'], { error: 'service or batch' })
    .optional()
    .describe(
      'service (the default): renewable, and revocable one by one. batch: cheap for programs that log in often, and neither renewable nor revocable.',
    ),
  tokenBoundCidrs: cidrs().optional().describe('Networks a token may be used from. Default: anywhere.'),
  secretIdTtl: text(durationRule(maxSecretIdDays))
    .optional()
    .describe('How long a SecretID is good for; issue a new one before that. Default 30d.'),
  secretIdNumUses: z
    .int({ error: 'a whole number from 0 to 1000000' })
    .min(0, { error: 'a whole number from 0 to 1000000' })
    .max(1_000_000, { error: 'a whole number from 0 to 1000000' })
    .optional()
    .describe('Logins one SecretID is good for; 0 (the default): any number until it expires.'),
  secretIdBoundCidrs: cidrs().optional().describe('Networks a login may come from. Default: anywhere.'),
});

/** AppRole settings as a file has them: every one may be missing. */
export type AppRoleFile = z.output<typeof appRoleSchema>;
