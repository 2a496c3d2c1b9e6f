import type { AuthBackendTune } from '@cdktf/provider-vault/lib/auth-backend';
import type { MountConfig } from '@cdktf/provider-vault/lib/mount';

import type { MountTuning } from '../model/cluster/tuning';
import { providerDuration } from './duration';

/** Arguments of `vault_mount` that tune it. */
type TuningArguments = Pick<
  MountConfig,
  | 'defaultLeaseTtlSeconds'
  | 'maxLeaseTtlSeconds'
  | 'listingVisibility'
  | 'auditNonHmacRequestKeys'
  | 'auditNonHmacResponseKeys'
  | 'passthroughRequestHeaders'
  | 'allowedResponseHeaders'
>;

/**
 * Tuning of a secret engine, as arguments of its `vault_mount`. Terraform leaves settings that are not given unchanged.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/mount
 */
export function mountTuning(tuning: MountTuning = {}): TuningArguments {
  const { defaultLeaseTtlSeconds, maxLeaseTtlSeconds } = tuning;
  return {
    ...(defaultLeaseTtlSeconds !== undefined && { defaultLeaseTtlSeconds }),
    ...(maxLeaseTtlSeconds !== undefined && { maxLeaseTtlSeconds }),
    ...common(tuning),
  };
}

/**
 * Tuning of an auth method, as the `tune` block of its `vault_auth_backend`; undefined if no setting is given.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/auth_backend
 */
export function authTuning(tuning: MountTuning = {}): AuthBackendTune[] | undefined {
  const { defaultLeaseTtlSeconds, maxLeaseTtlSeconds } = tuning;
  const tune: AuthBackendTune = {
    ...(defaultLeaseTtlSeconds !== undefined && { defaultLeaseTtl: providerDuration(defaultLeaseTtlSeconds) }),
    ...(maxLeaseTtlSeconds !== undefined && { maxLeaseTtl: providerDuration(maxLeaseTtlSeconds) }),
    ...common(tuning),
  };
  return Object.keys(tune).length === 0 ? undefined : [tune];
}

/** Settings with the same name in both. Empty lists are omitted: the server returns none for them, so a plan would show a change. */
function common(tuning: MountTuning): Omit<TuningArguments, 'defaultLeaseTtlSeconds' | 'maxLeaseTtlSeconds'> {
  const { listingVisibility } = tuning;
  const lists = {
    auditNonHmacRequestKeys: tuning.auditNonHmacRequestKeys,
    auditNonHmacResponseKeys: tuning.auditNonHmacResponseKeys,
    passthroughRequestHeaders: tuning.passthroughRequestHeaders,
    allowedResponseHeaders: tuning.allowedResponseHeaders,
  };
  const filled = Object.entries(lists).filter(([, list]) => list !== undefined && list.length > 0);
  return { ...(listingVisibility !== undefined && { listingVisibility }), ...Object.fromEntries(filled) };
}
