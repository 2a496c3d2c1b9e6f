import { setTimeout as sleep } from 'node:timers/promises';

import { Agent, Pool } from 'undici';

/** A final response: the request was executed, or refused for a permanent reason. */
export interface Answer {
  readonly status: number;
  readonly body: { readonly data?: Record<string, unknown>; readonly auth?: Record<string, unknown> };
}

export type Method = 'DELETE' | 'GET' | 'POST';

/** How long a request is retried, in milliseconds. */
const patience = 30_000;
const connectionsPerNode = 64;

/**
 * Clients of the active node, as through a load balancer with that node as its only backend: connections stay open. If the
 * node fails, the clients find the new active node and retry. Requests must be idempotent.
 */
export class ActiveNode {
  private readonly pools: readonly Pool[];
  /** Separate connections, so that health checks do not wait for requests. */
  private readonly health: Agent;
  private current = 0;
  private search: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly addresses: readonly string[],
    ca: string,
  ) {
    const connect = { ca, timeout: 2000 };
    this.pools = addresses.map((address) => new Pool(address, { connections: connectionsPerNode, connect }));
    this.health = new Agent({ connect });
  }

  /**
   * Sends a request until it has a final response.
   * @param onRepeat called before each retry
   * @throws Error with the last reason, but no content, after 30 s or if this is closed
   */
  public async send(
    method: Method,
    path: string,
    options: { readonly token?: string; readonly body?: object; readonly onRepeat?: () => void } = {},
  ): Promise<Answer> {
    const deadline = performance.now() + patience;
    for (;;) {
      const node = this.current;
      const answer = await this.attempt(node, method, path, options);
      if (typeof answer !== 'string' && answer.status < 500 && answer.status !== 307) return answer;
      const reason = typeof answer === 'string' ? answer : `HTTP ${answer.status}`;
      if (this.closed || performance.now() >= deadline) throw new Error(reason);
      options.onRepeat?.();
      await this.findActive(node);
    }
  }

  /** Aborts pending requests. */
  public async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.pools, this.health].map((pool) => pool.destroy()));
  }

  /** @returns the response, or an error code if there was none */
  private async attempt(
    node: number,
    method: Method,
    path: string,
    { token, body }: { readonly token?: string; readonly body?: object },
  ): Promise<Answer | string> {
    try {
      const response = await this.pool(node).request({
        method,
        path: `/v1/${path}`,
        headers: { 'X-Vault-Request': 'true', ...(token === undefined ? {} : { 'X-Vault-Token': token }) },
        headersTimeout: patience,
        bodyTimeout: patience,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.body.text();
      return { status: response.statusCode, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? (error as Error).name;
    }
  }

  /** Waits until a node is active. Concurrent calls share one search. */
  private async findActive(failed: number): Promise<void> {
    if (this.current !== failed) return;
    this.search ??= this.searchActive().finally(() => (this.search = undefined));
    await this.search;
  }

  private async searchActive(): Promise<void> {
    const deadline = performance.now() + patience;
    while (!this.closed) {
      if (performance.now() >= deadline) throw new Error(`no node became active within ${patience / 1000} s`);
      await sleep(50);
      const states = await Promise.all(this.addresses.map((address) => this.isActive(address)));
      const active = states.indexOf(true);
      if (active >= 0) {
        this.current = active;
        return;
      }
    }
  }

  private async isActive(address: string): Promise<boolean> {
    try {
      const { statusCode, body } = await this.health.request({
        origin: address,
        method: 'GET',
        path: '/v1/sys/health',
        headersTimeout: 2000,
      });
      await body.dump();
      return statusCode === 200;
    } catch {
      return false;
    }
  }

  private pool(node: number): Pool {
    const pool = this.pools[node];
    if (pool === undefined) throw new Error('there is no such node');
    return pool;
  }
}
