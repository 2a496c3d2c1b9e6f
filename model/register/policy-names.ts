import { environmentPlaceholder, ownPolicies } from '../names';

/**
 * The short form of a policy's name as files had it formerly, with the tenant and the environment in it: `intake` for
 * `card-vault-{environment}-intake`.
 *
 * @param tenants names of the tenant: in the inventory, on servers
 * @returns a name that `policies` accepts
 */
export function shortPolicyName(name: string, tenants: readonly string[]): string {
  const words = tenants.reduce(
    (rest, tenant) => (rest === tenant || rest.startsWith(`${tenant}-`) ? rest.slice(tenant.length) : rest),
    name,
  );
  const short = words.replaceAll(environmentPlaceholder, '').replaceAll(/-+/g, '-').replaceAll(/^-|-$/g, '');
  if (short === '') return 'access';
  return /^[a-z]/.test(short) && !ownPolicies.includes(short) ? short : `policy-${short}`;
}

/** Whether a name has the tenant or the environment in it, as names had formerly. */
export const isFormerPolicyName = (name: string, tenants: readonly string[]): boolean =>
  name.includes(environmentPlaceholder) || tenants.some((tenant) => name.startsWith(`${tenant}-`));
