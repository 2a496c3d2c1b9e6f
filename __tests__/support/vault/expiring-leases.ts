import type { ServerClient } from '../../../client/server-client';
import { soak } from '../soak';

/** As many as keep all revocation workers of a server busy several times over; many times that in a soak test. */
export const expiringLeases = soak ? 10_000 : 1_000;

const atOnce = 50;
/** Where the servers list the leases of these tokens, from storage and at once. */
const made = 'sys/leases/lookup/auth/token/create';

/** How many leases of tokens there are. */
export const countLeases = async (admin: ServerClient): Promise<number> => (await admin.list(made)).length;

/**
 * Makes leases that all expire at one moment.
 *
 * @param marginSeconds between the last lease and that moment: enough to end the servers
 * @param count a multiple of 50
 * @returns that moment, of `performance.now()`
 */
export async function makeExpiringLeases(
  admin: ServerClient,
  marginSeconds: number,
  count = expiringLeases,
): Promise<number> {
  const make = async (how: string, ttl: number): Promise<void> => {
    const settings = { no_parent: true, policies: ['default'], ttl: `${ttl}s`, explicit_max_ttl: `${ttl}s` };
    await Promise.all(Array.from({ length: atOnce }, () => admin.write(`auth/token/${how}`, settings)));
  };
  // How long it takes depends on the machine; it is measured with leases of another path, which are not counted.
  const trials = 10;
  const begin = performance.now();
  for (let index = 0; index < trials; index += 1) await make('create-orphan', 60);
  const each = (performance.now() - begin) / trials;
  const expiry = performance.now() + 1.3 * each * (count / atOnce) + marginSeconds * 1000;
  const left = (): number => Math.max(1, Math.round((expiry - performance.now()) / 1000));
  for (let index = 0; index < count / atOnce; index += 1) await make('create', left());
  return expiry + 2000;
}
