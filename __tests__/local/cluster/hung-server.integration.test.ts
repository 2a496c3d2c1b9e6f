import { useTestCluster } from '../../support/vault/embedded-cluster';

describe('a server that hangs', () => {
  const test = useTestCluster('openbao', 3);

  it('keeps no other from being started and unsealed, and is reported with its process', async () => {
    const cluster = test().open();
    const pids = async (): Promise<(number | undefined)[]> => (await cluster.status()).nodes.map(({ pid }) => pid);
    const [hung, killed] = await pids();
    process.kill(hung!, 'SIGSTOP');
    process.kill(killed!, 'SIGKILL');
    try {
      await expect(cluster.start(test().setup)).rejects.toMatchObject({
        problems: [
          {
            message: 'the server node-1 does not answer; the other servers run and are unsealed',
            given: `process ${hung}, state T, stopped by a signal`,
            fix: expect.stringContaining(`kill -CONT ${hung}`) as string,
          },
        ],
      });
      const { nodes, active } = await cluster.status();
      expect(nodes.map(({ health }) => health).sort()).toEqual(['active', 'down', 'standby']);
      expect(active).not.toBe('node-1');
    } finally {
      process.kill(hung!, 'SIGCONT');
    }
    await cluster.start(test().setup);
    expect((await cluster.status()).nodes.map(({ health }) => health)).not.toContain('down');
    expect((await pids())[0]).toBe(hung);
  }, 300_000);
});
