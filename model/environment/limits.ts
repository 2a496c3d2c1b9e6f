import { duration } from '../language/duration';
import { tenantRule } from '../language/rules/tenant';
import { textRule } from '../language/rules/text';
import { byWord, filledList, list, literal, map, optional, text, wholeNumber, word } from '../language/schema';
import type { Output } from '../language/schema';
import { until } from '../language/until';
import { Place } from '../source/place';
import type { SourceFile } from '../source/source-file';
import { boundCidrs, maxDays, maxUses, tokenType, type AppRoleSettings } from './app-role';

const longDays = 3650;

const tokenTypes = filledList(tokenType, 'a list of token types: service, batch');
const uses = wholeNumber(0, maxUses);

/** What every exception says. */
const exceptionKeys = {
  for: filledList(text(tenantRule), 'a list of tenants, as team/tenant').describe('Tenants that may go beyond it.'),
  reason: text(textRule).describe('Reason, in one sentence, for reviewers.'),
  until: until.describe(
    'Day in UTC from which synthesis fails as long as the entry is here. Synthesis warns in the 14 days before.',
  ),
};

const limit = 'Limit that the tenants may go beyond.';
const to = 'What they may have instead';

const exception = byWord(
  'limit',
  [
    map({
      ...exceptionKeys,
      limit: word(['tokenMaxTtl', 'secretIdTtl', 'credentialTtl']).describe(limit),
      to: duration(maxDays).describe(`${to}.`),
    }),
    map({
      ...exceptionKeys,
      limit: word(['passwordTtl', 'certificateTtl', 'sshTtl', 'sshHostTtl']).describe(limit),
      to: duration(longDays).describe(`${to}.`),
    }),
    map({
      ...exceptionKeys,
      limit: literal('secretIdNumUses').describe(limit),
      to: uses.describe(`${to}; 0: any number.`),
    }),
    map({ ...exceptionKeys, limit: literal('networks').describe(limit), to: boundCidrs.describe('Networks besides.') }),
    map({ ...exceptionKeys, limit: literal('tokenTypes').describe(limit), to: tokenTypes.describe(`${to}.`) }),
  ],
  'a map with for, limit, to, reason and until',
);

/** Limits of what tenants of an environment can set. @see docs/decisions/0043-limits.md */
export const limitsSchema = map({
  tokenMaxTtl: optional(duration(maxDays), '24h').describe('Maximum of tokenTtl and tokenMaxTtl.'),
  tokenTypes: optional(tokenTypes, ['service', 'batch']).describe('Allowed types of tokens.'),
  secretIdTtl: optional(duration(maxDays), '30d').describe('Maximum of secretIdTtl.'),
  secretIdNumUses: optional(wholeNumber(1, maxUses)).describe('Maximum of secretIdNumUses. Default: any number.'),
  networks: optional(boundCidrs).describe(
    'Networks that contain every network of tokenBoundCidrs and secretIdBoundCidrs; they are also the default of these. Default: the environment’s own.',
  ),
  credentialTtl: optional(duration(maxDays), '24h').describe(
    'Maximum lifetime (TTL) of credentials of databases and of AWS.',
  ),
  passwordTtl: optional(duration(longDays), '90d').describe('Maximum of the rotationPeriod of an account’s password.'),
  certificateTtl: optional(duration(longDays), '90d').describe('Maximum lifetime (TTL) of a tenant’s certificate.'),
  sshTtl: optional(duration(longDays), '24h').describe('Maximum lifetime (TTL) of a user’s SSH certificate.'),
  sshHostTtl: optional(duration(longDays), '90d').describe('Maximum lifetime (TTL) of a host’s SSH certificate.'),
  exceptions: optional(
    list(exception, 'a list of exceptions', (entry) => `${entry.limit} for ${entry.for.join(', ')}`),
    [],
  ).describe('Tenants that may go beyond a limit, until a day.'),
});

type LimitsFile = Output<typeof limitsSchema>;
type ExceptionFile = LimitsFile['exceptions'][number];

/** Limits with a lifetime. */
export type LifetimeLimit = Extract<ExceptionFile, { readonly toSeconds: number }>['limit'];
export type LimitName = ExceptionFile['limit'];

/** The limits of one tenant in an environment. Networks: empty is any. */
export type Limits = Omit<LimitsFile, 'exceptions' | 'networks'> &
  Pick<AppRoleSettings, 'tokenBoundCidrs' | 'secretIdBoundCidrs'>;

/** What lets tenants go beyond a limit, and its place in the environment's file. */
export type LimitException = ExceptionFile & { readonly place: Place };

/** The limits of an environment. */
export interface EnvironmentLimits {
  readonly all: Limits;
  readonly exceptions: readonly LimitException[];
}

/** The settings of AppRoles with the networks of the limits where the environment has none. */
export const withinNetworks = (appRole: AppRoleSettings, { networks = [] }: LimitsFile): AppRoleSettings => ({
  ...appRole,
  ...(appRole.tokenBoundCidrs.length === 0 && { tokenBoundCidrs: networks }),
  ...(appRole.secretIdBoundCidrs.length === 0 && { secretIdBoundCidrs: networks }),
});

/** @param appRole settings of the environment, with {@link withinNetworks} */
export function linkLimits(file: LimitsFile, appRole: AppRoleSettings, source: SourceFile): EnvironmentLimits {
  const { exceptions, networks, ...settings } = file;
  return {
    all: {
      ...settings,
      tokenBoundCidrs: networks ?? appRole.tokenBoundCidrs,
      secretIdBoundCidrs: networks ?? appRole.secretIdBoundCidrs,
    },
    exceptions: exceptions.map((entry, index) => ({
      ...entry,
      place: new Place(source, ['limits', 'exceptions', index]),
    })),
  };
}

/** Limits of the tenants that an exception names, as `team/tenant`. */
export function exceptionalLimits({ all, exceptions }: EnvironmentLimits): ReadonlyMap<string, Limits> {
  const limits = new Map<string, Limits>();
  for (const entry of exceptions) {
    for (const tenant of entry.for) limits.set(tenant, { ...(limits.get(tenant) ?? all), ...allowedBy(entry, all) });
  }
  return limits;
}

function allowedBy(entry: ExceptionFile, { tokenBoundCidrs, secretIdBoundCidrs }: Limits): Partial<Limits> {
  if ('toSeconds' in entry) return { [`${entry.limit}Seconds`]: entry.toSeconds };
  switch (entry.limit) {
    case 'secretIdNumUses':
      return { secretIdNumUses: entry.to };
    case 'tokenTypes':
      return { tokenTypes: entry.to };
    case 'networks': {
      const widened = (networks: readonly string[]) => (networks.length === 0 ? [] : [...networks, ...entry.to]);
      return { tokenBoundCidrs: widened(tokenBoundCidrs), secretIdBoundCidrs: widened(secretIdBoundCidrs) };
    }
  }
}
