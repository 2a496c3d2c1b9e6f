import { Agent } from 'undici';

import { ServerClient } from '../../../client/server-client';

/** How long a request of a test may take before it is tried again, in milliseconds. */
const requestMilliseconds = 2000;
export interface ClientSettings {
  /** @default - requests without a token */
  readonly token?: string | undefined;
  /** How long to go on while no server is active, in milliseconds. @default - not at all */
  readonly patience?: number;
  /** How long one request may take, in milliseconds. @default 2000 */
  readonly wait?: number;
  /** Whether it uses connections again. @default true */
  readonly keep?: boolean;
}

/** Clients of servers that certify themselves by the name that is known outside, whichever address they are reached by. */
export class ServerClients {
  private readonly keeping: Agent;
  private readonly fresh: Agent;

  /** @param ca PEM of the authority of the servers' certificate */
  constructor(servername: string, ca: string) {
    const connect = { servername, ca, timeout: requestMilliseconds };
    this.keeping = new Agent({ connect, keepAliveTimeout: 1000 });
    this.fresh = new Agent({ connect, pipelining: 0 });
  }

  public of(address: string, settings: ClientSettings = {}): ServerClient {
    const { token, patience = 0, wait = requestMilliseconds, keep = true } = settings;
    return new ServerClient(
      {
        addresses: [`https://${address}:8200`],
        patienceMilliseconds: patience,
        requestMilliseconds: wait,
        ...(token !== undefined && { token }),
      },
      keep ? this.keeping : this.fresh,
    );
  }

  public async destroy(): Promise<void> {
    await Promise.all([this.keeping.destroy(), this.fresh.destroy()]);
  }
}
