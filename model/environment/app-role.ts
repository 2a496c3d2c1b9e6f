import { duration } from '../language/duration';
import { filledList } from '../language/list';
import { map, type Output } from '../language/map';
import { cidrRule } from '../language/rules/cidr';
import { optional, text, wholeNumber, word } from '../language/values';
import type { ProblemList } from '../source/problem-list';
import type { SourceFile, ValuePath } from '../source/source-file';

/** Servers cut longer leases to their own maximum, 768 hours, with no more than a warning. */
const maxTokenDays = 32;
const maxSecretIdDays = 365;

/** What an AppRole gets unless a file says otherwise: the one place for it. */
const defaults = {
  tokenTtl: '20m',
  tokenMaxTtl: '1h',
  tokenType: 'service',
  secretIdTtl: '30d',
  secretIdNumUses: 0,
} as const;

const cidrs = () => filledList(text(cidrRule), 'a list of networks in CIDR notation');

/**
 * The settings of one layer: an environment, a tenant, or a tenant in one environment. What is absent is inherited.
 *
 * @param networks default of the networks, for their descriptions
 */
const layer = (inherited: Partial<typeof defaults>, networks: string) =>
  map({
    tokenTtl: optional(duration(maxTokenDays))
      .meta({ ...shown(inherited.tokenTtl) })
      .describe('Lifetime (TTL) of a token after login.'),
    tokenMaxTtl: optional(duration(maxTokenDays))
      .meta({ ...shown(inherited.tokenMaxTtl) })
      .describe('Maximum lifetime (TTL) of a token, reached by renewing it.'),
    tokenType: optional(word(['service', 'batch']))
      .meta({ ...shown(inherited.tokenType) })
      .describe(
        'service: renewable, and revocable one by one. batch: cheap for programs that log in often; neither renewable nor revocable.',
      ),
    tokenBoundCidrs: optional(cidrs()).describe(`Networks that a token may be used from. Default: ${networks}.`),
    secretIdTtl: optional(duration(maxSecretIdDays))
      .meta({ ...shown(inherited.secretIdTtl) })
      .describe('Lifetime (TTL) of a SecretID; issue a new one before it ends.'),
    secretIdNumUses: optional(wholeNumber(0, 1_000_000))
      .meta({ ...shown(inherited.secretIdNumUses) })
      .describe('How many logins one SecretID allows; 0: any number until it expires.'),
    secretIdBoundCidrs: optional(cidrs()).describe(`Networks that a login may come from. Default: ${networks}.`),
  });

/** Editors show the default; it is filled in once all layers are merged. */
const shown = (value: string | number | undefined): object => (value === undefined ? {} : { default: value });

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
  const lastWith = (key: keyof AppRoleLayerSettings): AppRoleLayer | undefined =>
    layers.findLast(({ settings }) => settings?.[key] !== undefined);
  const setsTtl = lastWith('tokenTtlSeconds');
  const setsMax = lastWith('tokenMaxTtlSeconds');
  if (ttl > max) {
    const later = layers.findLast((candidate) => candidate === setsTtl || candidate === setsMax);
    if (later === undefined) return;
    const key = later === setsTtl ? 'tokenTtl' : 'tokenMaxTtl';
    problems.addAt(later.source, [...later.path, key], {
      message: 'tokenTtl is longer than tokenMaxTtl',
      given: `tokenTtl ${ttl} s, tokenMaxTtl ${max} s`,
      allowed: 'tokenTtl up to tokenMaxTtl; what is not set here is inherited',
      fix: 'shorten tokenTtl or lengthen tokenMaxTtl',
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
