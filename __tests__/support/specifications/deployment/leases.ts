import { setTimeout as sleep } from 'node:timers/promises';

import type { ServerClient } from '../../../../client/server-client';
import type { DeployedServers } from '../../deployment/deployed-servers';
import { strikeAndHeal } from '../../deployment/faults';
import { OutageMeter } from '../../deployment/outages';
import { eventually } from '../../eventually';

const leases = 10_000;
const atOnce = 50;
/** Where the servers list the leases of these tokens, from storage and at once. */
const made = 'sys/leases/lookup/auth/token/create';
/** Between the last lease and the moment at which all of them expire: enough to end the servers. */
const marginSeconds = 30;

/** A takeover that has much to clean up; needs a deployment that was bootstrapped before. */
export function describeLeases(servers: () => DeployedServers): void {
  describe('with ten thousand leases that expired while nobody was there', () => {
    it('a takeover, and another one in its midst, keep serving', async () => {
      const meter = await OutageMeter.prepare(servers());
      const admin = await servers().client(servers().token('admin'));
      // Those of Terraform are among them, which live longer.
      const others = (await admin.list(made)).length;
      const expired = await makeLeases(admin);
      expect(await admin.list(made)).toHaveLength(others + leases);
      await servers().kubectl(`scale statefulset ${servers().name} --replicas=0`);
      await servers().until('every server has ended', () => servers().pods.pods.length === 0);
      expect(performance.now()).toBeLessThan(expired);
      await sleep(expired - performance.now());
      await servers().kubectl(`scale statefulset ${servers().name} --replicas=${servers().cluster.server.replicas}`);
      await servers().whole();

      // The new active server has them all to revoke; the next is thrown into the same while they are not all gone.
      const witnessed = await meter.during(() => strikeAndHeal(servers(), 'delete', admin));
      expect(witnessed.lost).toEqual([]);
      const areGone = async (): Promise<boolean> => (await admin.list(made)).length <= others;
      await eventually('all leases to be revoked', areGone, { milliseconds: 400_000, interval: 1000 });
      await servers().whole();
      const logs = await servers().kubectl(
        'logs --selector=app.kubernetes.io/component=server --container=server --tail=-1',
      );
      expect(logs.match(/too many clients|failed to mark token as revoked/g)).toBeNull();
    }, 900_000);
  });
}

/** Makes leases that all expire at one moment, soon after the last was made. @returns that moment, of `performance.now()` */
async function makeLeases(admin: ServerClient): Promise<number> {
  const make = async (how: string, ttl: number): Promise<void> => {
    const settings = { no_parent: true, policies: ['default'], ttl: `${ttl}s`, explicit_max_ttl: `${ttl}s` };
    await Promise.all(Array.from({ length: atOnce }, () => admin.write(`auth/token/${how}`, settings)));
  };
  // How long it takes depends on the machine; others, which are not counted, tell.
  const trials = 10;
  const begin = performance.now();
  for (let index = 0; index < trials; index += 1) await make('create-orphan', 60);
  const each = (performance.now() - begin) / trials;
  const expiry = performance.now() + 1.3 * each * (leases / atOnce) + marginSeconds * 1000;
  const left = (): number => Math.max(1, Math.round((expiry - performance.now()) / 1000));
  for (let index = 0; index < leases / atOnce; index += 1) await make('create', left());
  return expiry + 2000;
}
