import { randomBytes } from 'node:crypto';

import type { DeployedServers } from './deployed-servers';
import type { Span } from './span';
import { CountingWriter } from './writer';

/** What clients saw of something that happened. */
export interface Witnessed {
  /** The longest time without an acknowledged write, for those who open a connection for each. */
  readonly outage: Span;
  /** The same for those who keep their connections, and so may go on talking to a server that is no longer active. */
  readonly keptOutage: Span;
  /** The longest time in which the Service of clients had no endpoint. */
  readonly withoutEndpoint: Span;
  readonly written: number;
  /** What went wrong and was tried again, how often: for the former, and for the latter. */
  readonly failures: readonly Readonly<Record<string, number>>[];
  /** Acknowledged writes that are gone; none, or something is badly wrong. */
  readonly lost: readonly string[];
}

/** Lets clients write while things happen, and tells how it was for them. */
export class OutageMeter {
  /** Makes a key-value engine for the writers, and a token that may use it and nothing else. */
  public static async prepare(servers: DeployedServers): Promise<OutageMeter> {
    const mount = `survivors-${randomBytes(4).toString('hex')}`;
    const rules = `path "${mount}/*" { capabilities = ["create", "read", "update"] }\n`;
    const admin = await servers.client(servers.token('admin'));
    await admin.write(`sys/mounts/${mount}`, { type: 'kv', options: { version: '2' } });
    const token = await servers.tokenWith(mount, rules);
    // It becomes one of version 2 a moment after it was made.
    await servers.until('the engine is ready', async () => {
      const write = admin.with({ token }).write(`${mount}/data/ready`, { data: {} });
      return await write.then(
        () => true,
        () => false,
      );
    });
    return new OutageMeter(servers, mount, token);
  }

  private runs = 0;

  private constructor(
    private readonly servers: DeployedServers,
    private readonly mount: string,
    private readonly token: string,
  ) {}

  /**
   * Writes through the active Service before, while and after something happens.
   *
   * @param happening ends when everything is as it should be again, as far as it can tell
   */
  public async during(happening: () => Promise<unknown>): Promise<Witnessed> {
    const { servers } = this;
    this.runs += 1;
    const [fresh, kept] = await Promise.all(
      [false, true].map(async (keep) => {
        const client = await servers.impatientClient(this.token, keep);
        const folder = `run-${this.runs}-${keep ? 'kept' : 'fresh'}`;
        return await new CountingWriter(client, this.mount, folder, servers.gone).start();
      }),
    );
    const both = [fresh!, kept!];
    const wait = (): Promise<unknown> => Promise.all(both.map((writer) => writer.wait(10)));
    try {
      await wait();
      const since = performance.now();
      await happening();
      await wait();
      const [outage, keptOutage] = both.map((writer) => writer.longestOutage(since));
      await Promise.all(both.map((writer) => writer.stop()));
      return {
        outage: outage!,
        keptOutage: keptOutage!,
        withoutEndpoint: servers.endpoints.longestGap(since),
        written: both.reduce((sum, { count }) => sum + count, 0),
        failures: both.map(({ failures }) => Object.fromEntries(failures)),
        lost: both.flatMap(({ lost }) => lost),
      };
    } finally {
      await Promise.all(both.map((writer) => writer.stop()));
    }
  }
}
