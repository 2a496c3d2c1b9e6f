import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { sendSignal, identify, waitUntil } from '../../../local/cluster/processes';
import { useTestCluster } from '../../support/vault/embedded-cluster';
import { countLeases, expiringLeases, makeExpiringLeases } from '../../support/vault/expiring-leases';

/** Between the last lease and the moment at which all of them expire: enough to kill the servers. */
const marginSeconds = 15;

jest.setTimeout(900_000);

describe.each(['openbao', 'vault'] as const)(`a takeover of %s with ${expiringLeases} expired leases`, (dialect) => {
  const test = useTestCluster(dialect);

  it('leaves an unsealed, serving cluster, which survives another takeover', async () => {
    const cluster = test().open();
    const client = cluster.client(cluster.adminToken());
    await client.write('sys/mounts/survivors', { type: 'kv' });
    await client.write('survivors/document', { value: 'kept' });
    const expired = await makeExpiringLeases(client, marginSeconds);
    expect(await countLeases(client)).toBe(expiringLeases);
    for (const { pid } of (await cluster.status()).nodes) kill(pid);
    // They expire together, while nobody is there to see to it.
    expect(performance.now()).toBeLessThan(expired);
    await sleep(expired - performance.now());

    await cluster.start(test().setup);
    // The new active node has them all to revoke; the next is thrown into the same while they are not all gone.
    const left = await countLeases(client);
    process.stderr.write(`  ${dialect}: ${left} of ${expiringLeases} leases are left at the second takeover\n`);
    expect(left).toBeGreaterThan(0);
    kill((await cluster.status()).nodes.find(({ health }) => health === 'active')?.pid);
    expect((await client.read('survivors/document')).data).toEqual({ value: 'kept' });
    await cluster.start(test().setup);

    // The tokens of the cluster itself were made elsewhere: none of these is left in the end.
    await waitUntil(async () => (await countLeases(client)) === 0, 600_000, 1000);
    expect(await countLeases(client)).toBe(0);
    const status = await cluster.status();
    expect(status.nodes.map(({ health }) => health).sort()).toEqual(['active', 'standby', 'standby']);
    await client.write('survivors/document', { value: 'written after' });
    await client.close();

    for (const file of Object.values(cluster.logFiles)) {
      expect(readFileSync(file, 'utf8')).not.toMatch(/too many clients|failed to mark token as revoked/);
    }
  });

  function kill(pid: number | undefined): void {
    const identity = pid === undefined ? undefined : identify(pid);
    if (identity === undefined) throw new Error('there is nothing to kill');
    sendSignal(identity, 'SIGKILL');
  }
});
