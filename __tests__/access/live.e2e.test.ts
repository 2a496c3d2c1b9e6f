import type { Server } from '../../access/servers';
import type { Dialect } from '../../model/dialect';
import { seed, soak } from '../support/soak';
import { compare } from './live/compare';
import { LiveServer } from './live/live-server';

const count = soak ? 200_000 : 5000;

describe.each<[Dialect, Server]>([
  ['openbao', 'openbao-2.7'],
  ['vault', 'vault-1.21'],
])('decisions of a real %s', (dialect, server) => {
  let live: LiveServer | undefined;
  beforeAll(async () => {
    live = await LiveServer.start(dialect);
  }, 300_000);
  afterAll(async () => {
    await live?.dispose();
  }, 60_000);

  it(`are those of ${server} for ${count} random requests`, async () => {
    if (live === undefined) throw new Error('the server did not start');
    process.stderr.write(`${dialect}: ${count} requests; repeat with VAULT_PLATFORM_SEED=${seed}\n`);
    const { compared, undecided, allowed, mismatches } = await compare({ live, server, seed, count, workers: 8 });
    expect({ seed, mismatches: mismatches.slice(0, 5) }).toEqual({ seed, mismatches: [] });
    expect(compared).toBeGreaterThanOrEqual(count * 0.98);
    expect(undecided).toBeLessThan(count * 0.02);
    expect(allowed / compared).toBeGreaterThan(0.1);
    expect(allowed / compared).toBeLessThan(0.9);
  }, 3_600_000);
});
