import { readFileSync } from 'node:fs';

import type { ServerClient } from '../../../client/server-client';
import { sendSignal, identify, waitUntil } from '../../../local/cluster/processes';
import { useTestCluster } from '../../support/vault/embedded-cluster';

const leases = 10_000;
const atOnce = 50;
/** Where the servers list the leases of these tokens, from storage and at once. */
const made = 'sys/leases/lookup/auth/token/create';
/** Long enough to make them all, so that they expire together, while nobody is there to see to it. */
const leaseSeconds = 240;

jest.setTimeout(900_000);

describe.each(['openbao', 'vault'] as const)('a takeover of %s with ten thousand expired leases', (dialect) => {
  const test = useTestCluster(dialect);

  it('leaves an unsealed, serving cluster, which takes another takeover', async () => {
    const cluster = test().open();
    const client = cluster.client(cluster.adminToken());
    await client.write('sys/mounts/survivors', { type: 'kv' });
    await client.write('survivors/document', { value: 'kept' });
    await makeLeases(client);
    const until = performance.now() + leaseSeconds * 1000;
    for (const { pid } of (await cluster.status()).nodes) kill(pid);
    await waitUntil(() => performance.now() > until, leaseSeconds * 1000 + 1000, 1000);

    await cluster.start(test().setup);
    // The new active node has them all to revoke; the next is thrown into the same while they are not all gone.
    kill((await cluster.status()).nodes.find(({ health }) => health === 'active')?.pid);
    expect((await client.read('survivors/document')).data).toEqual({ value: 'kept' });
    await cluster.start(test().setup);

    // The tokens of the cluster itself were made elsewhere: none of these is left in the end.
    await waitUntil(async () => (await client.list(made)).length === 0, 600_000, 1000);
    expect(await client.list(made)).toEqual([]);
    const status = await cluster.status();
    expect(status.nodes.map(({ health }) => health).sort()).toEqual(['active', 'standby', 'standby']);
    await client.write('survivors/document', { value: 'written after' });
    await client.close();

    for (const file of Object.values(cluster.logFiles)) {
      expect(readFileSync(file, 'utf8')).not.toMatch(/too many clients|failed to mark token as revoked/);
    }
  });

  async function makeLeases(client: ServerClient): Promise<void> {
    for (let count = 0; count < leases; count += atOnce) {
      await Promise.all(
        Array.from({ length: atOnce }, () =>
          client.write('auth/token/create', {
            no_parent: true,
            policies: ['default'],
            ttl: `${leaseSeconds}s`,
            explicit_max_ttl: `${leaseSeconds}s`,
          }),
        ),
      );
    }
    expect(await client.list(made)).toHaveLength(leases);
  }

  function kill(pid: number | undefined): void {
    const identity = pid === undefined ? undefined : identify(pid);
    if (identity === undefined) throw new Error('there is nothing to kill');
    sendSignal(identity, 'SIGKILL');
  }
});
