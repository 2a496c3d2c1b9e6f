import { setTimeout as sleep } from 'node:timers/promises';

import type { DeployedServers } from '../../deployment/deployed-servers';
import { strikeAndHeal } from '../../deployment/faults';
import { OutageMeter } from '../../deployment/outages';
import { eventually } from '../../eventually';
import { soak } from '../../soak';
import { countLeases, makeExpiringLeases } from '../../vault/expiring-leases';

/** More than on an embedded cluster: pods take longer to be ready again, while the first leases are revoked already. */
const leases = soak ? 10_000 : 2_000;
/** Between the last lease and the moment at which all of them expire: enough to end the servers. */
const marginSeconds = 30;

/** A takeover that has much to clean up; needs a deployment that was bootstrapped before. */
export function describeLeases(servers: () => DeployedServers): void {
  describe(`with ${leases} leases that expired while all servers were stopped`, () => {
    it('continues to serve during a failover, and during another one in the middle of it', async () => {
      const meter = await OutageMeter.prepare(servers());
      const admin = await servers().client(servers().token('admin'));
      // Those of Terraform are among them, which live longer.
      const others = await countLeases(admin);
      const expired = await makeExpiringLeases(admin, marginSeconds, leases);
      expect(await countLeases(admin)).toBe(others + leases);
      await servers().kubectl(`scale statefulset ${servers().name} --replicas=0`);
      await servers().until('every server has ended', () => servers().pods.pods.length === 0);
      expect(performance.now()).toBeLessThan(expired);
      await sleep(expired - performance.now());
      await servers().kubectl(`scale statefulset ${servers().name} --replicas=${servers().cluster.server.replicas}`);
      await servers().whole();

      // The new active server has them all to revoke; the next is thrown into the same while they are not all gone.
      let left = 0;
      const witnessed = await meter.during(async () => {
        left = (await countLeases(admin)) - others;
        await strikeAndHeal(servers(), 'delete', admin);
      });
      process.stderr.write(`  ${left} of ${leases} leases are left at the second takeover\n`);
      expect(left).toBeGreaterThan(0);
      expect(witnessed.lost).toEqual([]);
      const areGone = async (): Promise<boolean> => (await countLeases(admin)) <= others;
      await eventually('all leases to be revoked', areGone, { milliseconds: 400_000, interval: 1000 });
      await servers().whole();
      const logs = await servers().kubectl(
        'logs --selector=app.kubernetes.io/component=server --container=server --tail=-1',
      );
      expect(logs.match(/too many clients|failed to mark token as revoked/g)).toBeNull();
    }, 900_000);
  });
}
