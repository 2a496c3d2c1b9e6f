import type { AppRoleSettings } from '../inventory';
import { durationSeconds } from '../rules/duration';
import type { AppRoleFile } from '../schema/app-role';
import type { ProblemList } from '../source/problem-list';
import type { SourceFile, ValuePath } from '../source/source-file';

/** What an AppRole gets when nobody says anything: the one place for it. */
export const defaultAppRole: AppRoleSettings = {
  tokenTtlSeconds: 20 * 60,
  tokenMaxTtlSeconds: 60 * 60,
  tokenType: 'service',
  tokenBoundCidrs: [],
  secretIdTtlSeconds: 30 * 86_400,
  secretIdNumUses: 0,
  secretIdBoundCidrs: [],
};

/** Settings in one place of one file. */
export interface AppRoleLayer {
  readonly settings: AppRoleFile | undefined;
  readonly source: SourceFile;
  readonly path: ValuePath;
}

/** The settings on top of others, the last layer winning. Reports what contradicts itself once merged. */
export function resolveAppRole(
  base: AppRoleSettings,
  layers: readonly AppRoleLayer[],
  problems: ProblemList,
): AppRoleSettings {
  const said = layers.filter((layer) => layer.settings !== undefined);
  if (said.length === 0) return base;
  const merged = said.reduce((settings, layer) => merge(settings, layer.settings ?? {}), base);
  checkTtls(merged, said, problems);
  return merged;
}

function merge(base: AppRoleSettings, file: AppRoleFile): AppRoleSettings {
  return {
    tokenTtlSeconds: secondsOr(file.tokenTtl, base.tokenTtlSeconds),
    tokenMaxTtlSeconds: secondsOr(file.tokenMaxTtl, base.tokenMaxTtlSeconds),
    tokenType: file.tokenType ?? base.tokenType,
    tokenBoundCidrs: file.tokenBoundCidrs ?? base.tokenBoundCidrs,
    secretIdTtlSeconds: secondsOr(file.secretIdTtl, base.secretIdTtlSeconds),
    secretIdNumUses: file.secretIdNumUses ?? base.secretIdNumUses,
    secretIdBoundCidrs: file.secretIdBoundCidrs ?? base.secretIdBoundCidrs,
  };
}

const secondsOr = (duration: string | undefined, inherited: number): number =>
  (duration === undefined ? undefined : durationSeconds(duration)) ?? inherited;

/** Said at the last place that set one of the settings: whoever wrote that saw the others. */
function checkTtls(merged: AppRoleSettings, layers: readonly AppRoleLayer[], problems: ProblemList): void {
  const { tokenTtlSeconds: ttl, tokenMaxTtlSeconds: max, tokenType } = merged;
  const lastWith = (key: keyof AppRoleFile): AppRoleLayer | undefined =>
    layers.findLast(({ settings }) => settings?.[key] !== undefined);
  const setsTtl = lastWith('tokenTtl');
  const setsMax = lastWith('tokenMaxTtl');
  if (ttl > max) {
    const later = layers.findLast((layer) => layer === setsTtl || layer === setsMax);
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
