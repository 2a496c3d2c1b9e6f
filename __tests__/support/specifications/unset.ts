import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Dialect } from '../../../model/dialect';
import { everySetting, filesOf, writeInventory } from '../inventory/optional-settings';
import { TestReplica } from '../replica/replica';
import { planOf } from '../replica/replica-plan';
import { differences, dumpServer, type ServerDump } from '../vault/dump-server';

/** An inventory that no longer has its optional settings: the server is as if it never had them. */
export function describeUnset(dialect: Dialect): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-unset-'));
  const bare = new Map<never, never>();
  let replica: TestReplica;
  const start = (): Promise<string> => replica.start('--inventory', folder);
  /** Changes that the next start would make. */
  const planned = async (): Promise<string[]> => {
    const stacks = ['nonprod-platform', 'devel-engines', 'devel-shop'];
    const plans = await Promise.all(stacks.map((stack) => planOf(replica, stack)));
    return plans.flatMap(({ changes }) => changes);
  };

  beforeAll(() => {
    replica = new TestReplica(dialect);
  });
  afterAll(async () => {
    await replica.dispose();
    rmSync(folder, { recursive: true });
  }, 60_000);

  it('every setting has its default after it was removed', async () => {
    writeInventory(folder, filesOf(dialect, everySetting(dialect)));
    await start();
    const full = await dumpServer(replica.admin);
    expect(await planned()).toEqual([]);

    writeInventory(folder, filesOf(dialect, bare));
    await start();
    const changed = await dumpServer(replica.admin);
    expect(differences(full, changed).length).toBeGreaterThan(100);
    expect(await planned()).toEqual([]);

    await replica.dispose();
    replica = new TestReplica(dialect);
    await start();
    const fresh: ServerDump = await dumpServer(replica.admin);
    expect(differences(changed, fresh)).toEqual([]);
  }, 900_000);
}
