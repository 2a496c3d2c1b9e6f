import type { z } from 'zod';

import { duration, ttlFault } from '../language/duration';
import { cidrRule, coverEverything } from '../language/rules/cidr';
import { filledList, map, optional, refuse, text, wholeNumber, word, type Output } from '../language/schema';
import type { ProblemList } from '../source/problem-list';
import type { SourceFile, ValuePath } from '../source/source-file';

/** Servers cut longer lifetimes of tokens and SecretIDs to their own maximum, 768 hours, with no more than a warning. */
export const maxDays = 32;

export const maxUses = 1_000_000;

export const tokenType = word(['service', 'batch']);

/** What an AppRole gets unless a file says otherwise: the one place for it. */
const defaults = {
  tokenTtl: '20m',
  tokenMaxTtl: '1h',
  tokenType: 'service',
  secretIdTtl: '30d',
  secretIdNumUses: 0,
} as const;

const allowedNetworks = 'a list of networks in CIDR notation';

/** Networks that are not every address, neither one of them nor all of them together. */
export const boundCidrs = filledList(text(cidrRule), allowedNetworks).superRefine((networks, context) => {
  if (!coverEverything(networks)) return;
  const index = networks.findIndex((network) => network.endsWith('/0'));
  const message =
    index === -1
      ? 'these networks together contain every address, so they bound nothing'
      : 'this network contains every address, so it bounds nothing';
  const fault = { message, fix: 'name networks, or remove the key' };
  refuse(context, index === -1 ? [] : [index], allowedNetworks, fault);
});

const cidrs = (what: string, networks: string) =>
  optional(boundCidrs).describe(`Networks that ${what} from. Default: ${networks}.`);

/** A setting that a layer may leave out. Editors show the default; it is filled in once all layers are merged. */
const setting = <Schema extends z.ZodType>(schema: Schema, preset: string | number | undefined) =>
  optional(schema).meta(preset === undefined ? {} : { default: preset });

/**
 * The settings of one layer: an environment, a tenant, or a tenant in one environment. What is absent is inherited.
 *
 * @param networks default of the networks, for their descriptions
 */
const layer = (inherited: Partial<typeof defaults>, networks: string) =>
  map({
    tokenTtl: setting(duration(maxDays), inherited.tokenTtl).describe('Lifetime (TTL) of a token after login.'),
    tokenMaxTtl: setting(duration(maxDays), inherited.tokenMaxTtl).describe(
      'Maximum lifetime (TTL) of a token, reached by renewing it.',
    ),
    tokenType: setting(tokenType, inherited.tokenType).describe(
      'service: renewable, and revocable one by one. batch: cheap for programs that log in often; neither renewable nor revocable.',
    ),
    tokenBoundCidrs: cidrs('a token may be used', networks),
    secretIdTtl: setting(duration(maxDays), inherited.secretIdTtl).describe(
      'Lifetime (TTL) of a SecretID; issue a new one before it ends.',
    ),
    secretIdNumUses: setting(wholeNumber(0, maxUses), inherited.secretIdNumUses).describe(
      'How many logins one SecretID allows; 0: any number until it expires.',
    ),
    secretIdBoundCidrs: cidrs('a login may come', networks),
  });

/** Settings of an environment. @see https://openbao.org/api-docs/auth/approle/ */
export const environmentAppRoleSchema = layer(defaults, 'any');

/** Settings of a tenant, which inherits from its environment. */
export const appRoleSchema = layer({}, 'those of the environment');

type AppRoleLayerSettings = Output<typeof appRoleSchema>;

/** How an AppRole issues tokens; networks: empty is any. */
export type AppRoleSettings = Required<AppRoleLayerSettings>;

/** What a token is like that a login gives, by whatever method. */
export type TokenSettings = Pick<
  AppRoleSettings,
  'tokenTtlSeconds' | 'tokenMaxTtlSeconds' | 'tokenType' | 'tokenBoundCidrs'
>;

export const defaultAppRole: AppRoleSettings = {
  tokenBoundCidrs: [],
  secretIdBoundCidrs: [],
  ...(appRoleSchema.parse(defaults) as Omit<AppRoleSettings, 'tokenBoundCidrs' | 'secretIdBoundCidrs'>),
};

/** Settings in one place of one file. */
export interface AppRoleLayer {
  readonly settings: AppRoleLayerSettings | undefined;
  readonly source: SourceFile;
  readonly path: ValuePath;
}

/** The settings on top of others, the last layer winning. Reports what contradicts itself once merged. */
export function linkAppRole(
  base: AppRoleSettings,
  layers: readonly AppRoleLayer[],
  problems: ProblemList,
): AppRoleSettings {
  const given = layers.filter(({ settings }) => settings !== undefined);
  if (given.length === 0) return base;
  const merged = given.reduce<AppRoleSettings>((settings, { settings: own }) => ({ ...settings, ...own }), base);
  checkTokenTtls(merged, given, problems);
  return merged;
}

/** Reported at the last place that set one of the settings: its author saw the others. */
function checkTokenTtls(merged: AppRoleSettings, layers: readonly AppRoleLayer[], problems: ProblemList): void {
  const { tokenTtlSeconds: ttl, tokenMaxTtlSeconds: max, tokenType } = merged;
  const setsTtl = layers.findLast(({ settings }) => settings?.tokenTtlSeconds !== undefined);
  const setsMax = layers.findLast(({ settings }) => settings?.tokenMaxTtlSeconds !== undefined);
  const later = layers.findLast((candidate) => candidate === setsTtl || candidate === setsMax);
  const fault = ttlFault(ttl, max, 'tokenTtl', 'tokenMaxTtl');
  if (fault !== undefined && later !== undefined) {
    const key = later === setsTtl ? 'tokenTtl' : 'tokenMaxTtl';
    problems.addAt(later.source, [...later.path, key], {
      ...fault,
      given: `tokenTtl ${ttl} s, tokenMaxTtl ${max} s`,
      allowed: 'tokenTtl up to tokenMaxTtl; what is not set here is inherited',
    });
  } else if (tokenType === 'batch' && setsMax !== undefined && ttl !== max) {
    problems.addAt(setsMax.source, [...setsMax.path, 'tokenMaxTtl'], {
      message: 'a batch token cannot be renewed, so it has no other maximum than its tokenTtl',
      given: `tokenType batch, tokenTtl ${ttl} s, tokenMaxTtl ${max} s`,
      allowed: 'tokenTtl alone, or tokenType service',
      fix: 'remove tokenMaxTtl, or write `tokenType: service`',
    });
  }
}
