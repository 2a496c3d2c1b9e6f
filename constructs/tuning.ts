import type { AuthBackendTune } from '@cdktf/provider-vault/lib/auth-backend';
import type { MountConfig } from '@cdktf/provider-vault/lib/mount';

import type { MountTuning } from '../model/cluster/tuning';
import { providerDuration } from './duration';

/** Arguments of `vault_mount` that tune it. */
type TuningArguments = Required<
  Pick<MountConfig, 'defaultLeaseTtlSeconds' | 'maxLeaseTtlSeconds' | 'listingVisibility'>
>;

/** Zero is the default of the server. */
const serverTtl = 0;
const listedToNobody = 'hidden';

/**
 * Tuning of a secret engine, as arguments of its `vault_mount`. A setting that is not given has its default, because the server keeps
 * the old value of an omitted one. The lists are {@link mountLists}.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/mount
 */
export function mountTuning(tuning: MountTuning = {}): TuningArguments {
  return {
    defaultLeaseTtlSeconds: tuning.defaultLeaseTtlSeconds ?? serverTtl,
    maxLeaseTtlSeconds: tuning.maxLeaseTtlSeconds ?? serverTtl,
    listingVisibility: tuning.listingVisibility ?? listedToNobody,
  };
}

/** Arguments of `vault_mount` that Terraform leaves alone, because {@link mountLists} are written to the same mount. */
export const listArguments = [
  'audit_non_hmac_request_keys',
  'audit_non_hmac_response_keys',
  'passthrough_request_headers',
  'allowed_response_headers',
] as const;

/**
 * Lists of a secret engine’s tuning, as body of `sys/mounts/<path>/tune`. `vault_mount` sends no empty list in version 4.4 of the
 * provider, so the server would keep the old one.
 *
 * @see https://openbao.org/api-docs/system/mounts/#tune-mount-configuration
 */
export const mountLists = (tuning: MountTuning = {}): Record<(typeof listArguments)[number], readonly string[]> => ({
  audit_non_hmac_request_keys: tuning.auditNonHmacRequestKeys ?? [],
  audit_non_hmac_response_keys: tuning.auditNonHmacResponseKeys ?? [],
  passthrough_request_headers: tuning.passthroughRequestHeaders ?? [],
  allowed_response_headers: tuning.allowedResponseHeaders ?? [],
});

/**
 * Tuning of an auth method, as the `tune` block of its `vault_auth_backend`. Settings that are not given have their defaults. Empty
 * lists are omitted: the provider sends a list without names for them.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/auth_backend
 */
export function authTuning(tuning: MountTuning = {}): AuthBackendTune {
  const lists = {
    auditNonHmacRequestKeys: tuning.auditNonHmacRequestKeys,
    auditNonHmacResponseKeys: tuning.auditNonHmacResponseKeys,
    passthroughRequestHeaders: tuning.passthroughRequestHeaders,
    allowedResponseHeaders: tuning.allowedResponseHeaders,
  };
  const filled = Object.entries(lists).filter(([, list]) => list !== undefined && list.length > 0);
  return {
    defaultLeaseTtl: providerDuration(tuning.defaultLeaseTtlSeconds ?? serverTtl),
    maxLeaseTtl: providerDuration(tuning.maxLeaseTtlSeconds ?? serverTtl),
    listingVisibility: tuning.listingVisibility ?? listedToNobody,
    ...Object.fromEntries(filled),
  };
}
