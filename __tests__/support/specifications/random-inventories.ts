import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Dialect } from '../../../model/dialect';
import { seededRandom } from '../../../rehearsal/seeded-random';
import {
  secondTeams,
  someSettings,
  writeInventory,
  writeSecondTenant,
  type OptionalSetting,
} from '../inventory/optional-settings';
import { TestReplica } from '../replica/replica';
import { seed } from '../soak';
import { differences, dumpServer } from '../vault/dump-server';

/** An inventory of a pair. */
interface Chosen {
  readonly settings: ReadonlyMap<OptionalSetting, unknown>;
  /** Team of the second tenant. */
  readonly team: string | undefined;
}

/**
 * A server that had one random inventory and then another is as a server that had none of the first one’s settings. One server has
 * each inventory after the one before; the other has the bare inventory in between, after which a server is as a fresh one.
 */
export function describeRandomInventories(dialect: Dialect, count: number): void {
  const random = seededRandom(seed);
  const folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-random-'));
  const one = new TestReplica(dialect);
  const other = new TestReplica(dialect);
  const bare: Chosen = { settings: new Map(), team: undefined };

  afterAll(async () => {
    await one.dispose();
    await other.dispose();
    rmSync(folder, { recursive: true });
  }, 120_000);

  async function apply(replica: TestReplica, { settings, team }: Chosen): Promise<string> {
    writeInventory(folder, dialect, settings);
    writeSecondTenant(folder, team);
    return await replica.start('--inventory', folder);
  }

  const any = (): Chosen => ({
    settings: someSettings(dialect, random),
    team: secondTeams[Math.floor(random() * secondTeams.length)],
  });

  it(
    `${count} pairs, with VAULT_PLATFORM_SEED=${seed}`,
    async () => {
      await apply(one, any());
      for (let index = 0; index < count; index++) {
        const next = any();
        await apply(other, bare);
        await apply(other, next);
        await apply(one, next);
        const found = differences(await dumpServer(one.admin), await dumpServer(other.admin));
        expect({ index, found }).toEqual({ index, found: [] });
        expect(await apply(one, next)).toMatch(/\nno changes, \d/);
      }
    },
    Math.max(1, count) * 600_000,
  );
}
