import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Dialect } from '../../../model/dialect';
import { loadInventory } from '../../../model/load';
import { kvMount } from '../../../model/names';
import { seededRandom } from '../../../rehearsal/seeded-random';
import { encode, shrinkPair, type InventoryPair } from '../inventory/inventory-pairs';
import { writeInventory, type InventoryContents } from '../inventory/optional-settings';
import { randomInventory } from '../inventory/random-inventory';
import { TestReplica } from '../replica/replica';
import { seed } from '../soak';
import { differences, dumpServer, without, type ServerDump } from '../vault/dump-server';

/** Why a pair fails: what a start printed, or how the servers differ. */
interface Failure {
  readonly kind: 'the start failed' | 'the servers differ' | 'a second start changes something';
  readonly found: readonly string[];
}

/**
 * A server that had one random inventory and then another is as a fresh server with the other, but for what the guide of removals says stays.
 * One server gets each inventory after the one before. A pair that fails is shrunk on servers of its own, and printed.
 *
 * @param shrinkTries each takes two new servers: about two minutes
 */
export function describeRandomInventories(dialect: Dialect, count: number, shrinkTries: number): void {
  const random = seededRandom(seed);
  const keys = random() < 0.5 ? 'stay' : 'deletable';
  const any = (): InventoryContents => randomInventory(dialect, random, keys);
  const one = new Server(dialect);

  afterAll(() => one.dispose(), 120_000);

  it(
    `${count} pairs, with VAULT_PLATFORM_SEED=${seed}`,
    async () => {
      let before = any();
      await one.apply(before);
      for (let index = 0; index < count; index++) {
        const after = any();
        const failure = await failureOf(one, after);
        if (failure !== undefined) throw new Error(await explain({ before, after }, failure, index));
        await one.deleteDocuments(after);
        before = after;
      }
    },
    (count + 2) * 600_000 + shrinkTries * 300_000,
  );

  /** Applies the second inventory of a pair to a server that has the first one, and compares it with a fresh server. */
  async function failureOf(server: Server, after: InventoryContents): Promise<Failure | undefined> {
    const fresh = new Server(dialect);
    try {
      await server.apply(after);
      await fresh.apply(after);
      const kept = [...server.kept, ...fresh.kept];
      const [was, is] = [without(await fresh.dump(), kept), without(await server.dump(), kept)];
      const found = differences(is, was);
      if (found.length > 0) return { kind: 'the servers differ', found };
      const again = await server.apply(after);
      if (/\nno changes, \d/.test(again)) return undefined;
      return {
        kind: 'a second start changes something',
        found: again.split('\n').filter((line) => /changed|added|removed/.test(line)),
      };
    } catch (error) {
      const lines = (error as Error).message.trimEnd().split('\n');
      const problems = lines.filter((line) => /^✗|^ {2}given/.test(line));
      return { kind: 'the start failed', found: problems.length > 0 ? problems : lines.slice(-5) };
    } finally {
      await fresh.dispose();
    }
  }

  async function explain(pair: InventoryPair, failure: Failure, index: number): Promise<string> {
    let last = failure;
    const fails = async (smaller: InventoryPair): Promise<boolean> => {
      const server = new Server(dialect);
      try {
        await server.apply(smaller.before);
        const found = await failureOf(server, smaller.after);
        if (found === undefined || symptom(found) !== symptom(failure)) return false;
        last = found;
        return true;
      } catch {
        return false;
      } finally {
        await server.dispose();
      }
    };
    const smallest = await shrinkPair(pair, { isValid, fails, tries: shrinkTries });
    const lines = [
      `pair ${index} of ${dialect}, with VAULT_PLATFORM_SEED=${seed}: ${last.kind}`,
      ...last.found,
      `smallest pair found in ${shrinkTries} tries:`,
      JSON.stringify(smallest, null, 1),
    ];
    return lines.join('\n');
  }
}

/** What both failures of the same kind have: without addresses, ids and names. A smaller pair may fail for another reason. */
const symptom = ({ kind, found: [first = ''] }: Failure): string =>
  kind === 'the start failed' ? first.replaceAll(/https?:\S+|[0-9a-f]{8}-[0-9a-f-]{27}|["'`][^"'`]*["'`]/g, '…') : kind;

function isValid(files: InventoryContents): boolean {
  try {
    loadInventory(encode(files));
    return true;
  } catch {
    return false;
  }
}

/** A replica, and the folder of its inventory. */
class Server {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-random-'));
  private readonly replica: TestReplica;
  private printed = '';

  constructor(dialect: Dialect) {
    this.replica = new TestReplica(dialect);
  }

  public async apply(files: InventoryContents): Promise<string> {
    writeInventory(this.folder, files);
    const names = Object.keys(files).flatMap((file) => /^environments\/(.+)\.yaml$/.exec(file)?.[1] ?? []);
    this.printed = await this.replica.start('--inventory', this.folder, ...names);
    return this.printed;
  }

  /** Paths of engines and connections that the last start kept, because of what they contain. */
  public get kept(): string[] {
    return [...this.printed.matchAll(/kept (\S+) with/g)].map(([, path = '']) => path);
  }

  public async dump(): Promise<ServerDump> {
    return await dumpServer(this.replica.admin);
  }

  /** Deletes documents that an inventory no longer has, as the guide says: only then can they be created again. */
  public async deleteDocuments(files: InventoryContents): Promise<void> {
    const { tenants } = loadInventory(encode(files));
    const owners = tenants.flatMap(({ name, environments }) =>
      environments
        .filter(({ keySet }) => keySet === 'create')
        .map(({ environment }) => `${kvMount(environment)} ${name}/`),
    );
    const { admin } = this.replica;
    const { data = {} } = await admin.read('sys/mounts');
    for (const mount of Object.keys(data).filter((name) => /^v1\/[^/]+\/kv\/$/.test(name))) {
      for (const folder of await admin.list(`${mount}metadata`)) {
        if (!owners.includes(`${mount.slice(0, -1)} ${folder}`))
          await admin.delete(`${mount}metadata/${folder}configs`);
      }
    }
  }

  public async dispose(): Promise<void> {
    await this.replica.dispose();
    rmSync(this.folder, { recursive: true });
  }
}
