import { setTimeout as sleep } from 'node:timers/promises';

import { Agent, request } from 'undici';

import { PlatformError } from '../model/errors';
import { healthCodes, type HealthState } from '../model/health';
import { refuseInsecure } from './server-address';
import { ServerRefusal } from './server-refusal';

export interface ServerClientOptions {
  /** URLs `https://host:port`. A request that one of them cannot serve is sent to the next. */
  readonly addresses: readonly string[];
  /** Certificate of the authority, PEM. @default - the authorities that this machine trusts */
  readonly ca?: string;
  /** Whether `http://` to this machine is accepted, which sends tokens without TLS. @default false */
  readonly allowHttp?: boolean;
  /** @default - requests without a token */
  readonly token?: string;
  /** How long to repeat a request while no node is active, as during a takeover. @default 30000 */
  readonly patienceMilliseconds?: number;
  /** Timeout of one request. @default 30000 */
  readonly requestMilliseconds?: number;
  /** Have responses wrapped for so long, in seconds. @default - they are not wrapped */
  readonly wrapTtlSeconds?: number;
}

/** Body of a response. `data` and `auth` are set when the path returns them. */
export interface ServerAnswer {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly auth?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** Health of a node, readable without a token. `down`: it does not answer. */
export interface NodeHealth {
  readonly state: HealthState | 'down';
  readonly version?: string;
}

export interface SealStatus {
  readonly initialized: boolean;
  readonly sealed: boolean;
  readonly type: string;
  /** Shares needed to unseal. */
  readonly threshold: number;
  readonly shares: number;
  /** Shares submitted so far. */
  readonly progress: number;
  readonly version: string;
}

export type Method = 'DELETE' | 'GET' | 'LIST' | 'PATCH' | 'POST' | 'PUT' | 'SCAN';

/**
 * Client of the HTTP API of Vault and OpenBao. It sends tokens in headers only, with TLS, and follows no redirect; its errors name a request by
 * method and path, never by content.
 */
export class ServerClient {
  /** @throws PlatformError `usage` for addresses without TLS */
  constructor(
    private readonly options: ServerClientOptions,
    private readonly agent: Agent = new Agent({
      connect: { timeout: 5000, ...(options.ca !== undefined && { ca: options.ca }) },
      keepAliveTimeout: 1000,
    }),
  ) {
    refuseInsecure(options.addresses, options.allowHttp ?? false);
  }

  /** A client with other options, such as another token or fewer addresses. It shares the connections of this one. */
  public with(options: Partial<Omit<ServerClientOptions, 'ca'>>): ServerClient {
    return new ServerClient({ ...this.options, ...options }, this.agent);
  }

  /** Reads a path. @throws ServerRefusal with status 404 when it does not exist */
  public async read(path: string): Promise<ServerAnswer> {
    return await this.send('GET', path);
  }

  /** Reads a path, or returns undefined when it does not exist. */
  public async find(path: string): Promise<ServerAnswer | undefined> {
    try {
      return await this.read(path);
    } catch (error) {
      if (error instanceof ServerRefusal && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Names below a path; empty when it does not exist. */
  public async list(path: string): Promise<string[]> {
    try {
      const keys = (await this.send('LIST', path)).data?.keys;
      return Array.isArray(keys) ? keys.map(String) : [];
    } catch (error) {
      if (error instanceof ServerRefusal && error.status === 404) return [];
      throw error;
    }
  }

  /** Writes to a path. */
  public async write(path: string, body: Readonly<Record<string, unknown>> = {}): Promise<ServerAnswer> {
    return await this.send('POST', path, body);
  }

  public async delete(path: string): Promise<void> {
    await this.send('DELETE', path);
  }

  /** Sends a request and returns the status of the answer, also of a refusal. */
  public async statusOf(method: Method, path: string, body?: Readonly<Record<string, unknown>>): Promise<number> {
    try {
      await this.send(method, path, body);
      return 200;
    } catch (error) {
      if (error instanceof ServerRefusal) return error.status;
      throw error;
    }
  }

  /** Health of the first address, without repeating the request: a node that does not answer is `down`. */
  public async health(): Promise<NodeHealth> {
    try {
      const { status, body } = await this.exchange(this.address(0), 'GET', 'sys/health', undefined, 3000);
      const { version } = body as { version?: string };
      return { state: healthCodes[status] ?? 'down', ...(version === undefined ? {} : { version }) };
    } catch {
      return { state: 'down' };
    }
  }

  public async sealStatus(): Promise<SealStatus> {
    const answer = await this.send('GET', 'sys/seal-status');
    return {
      initialized: answer.initialized === true,
      sealed: answer.sealed === true,
      type: String(answer.type),
      threshold: Number(answer.t),
      shares: Number(answer.n),
      progress: Number(answer.progress),
      version: String(answer.version),
    };
  }

  /** Closes the connections, also those of clients returned by {@link ServerClient.with}. */
  public async close(): Promise<void> {
    await this.agent.close();
  }

  /**
   * Repeats a request until a node serves it. A write is repeated only when it was certainly not carried out: the
   * connection was refused, or the node answered that it is not active or knows no active node.
   */
  private async send(method: Method, path: string, body?: Readonly<Record<string, unknown>>): Promise<ServerAnswer> {
    const { addresses, patienceMilliseconds = 30_000, requestMilliseconds = 30_000 } = this.options;
    const deadline = performance.now() + patienceMilliseconds;
    let sealed = 0;
    for (let attempt = 0; ; attempt += 1) {
      const last = performance.now() >= deadline;
      const address = this.address(attempt % addresses.length);
      try {
        const answer = await this.exchange(address, method, path, body, requestMilliseconds);
        if (answer.status < 300) return answer.body;
        const reasons = reasonsOf(answer.body);
        // A node that was restarted is sealed for a moment, while others serve.
        sealed = isSealed(answer.status, reasons) ? sealed + 1 : 0;
        const others = sealed > 0 && sealed < addresses.length;
        if (last || !(others || isPassing(answer.status, reasons))) {
          throw new ServerRefusal(answer.status, reasons, `${method} ${address}/v1/${path}`);
        }
      } catch (error) {
        if (error instanceof PlatformError) throw error;
        if (last || !(isRead(method) || wasNotSent(error))) throw unreachable(error, `${method} ${address}/v1/${path}`);
      }
      if ((attempt + 1) % addresses.length === 0) await sleep(100);
    }
  }

  private async exchange(
    address: string,
    method: Method,
    path: string,
    body: Readonly<Record<string, unknown>> | undefined,
    milliseconds: number,
  ): Promise<{ status: number; body: ServerAnswer }> {
    const { token, wrapTtlSeconds } = this.options;
    // LIST and SCAN are not methods of HTTP; servers accept these instead.
    const target = method === 'LIST' ? `${path}?list=true` : method === 'SCAN' ? `${path}?scan=true` : path;
    const response = await request(`${address}/v1/${target}`, {
      method: method === 'LIST' || method === 'SCAN' ? 'GET' : method,
      dispatcher: this.agent,
      signal: AbortSignal.timeout(milliseconds),
      headers: {
        'X-Vault-Request': 'true',
        ...(method === 'PATCH' && { 'Content-Type': 'application/merge-patch+json' }),
        ...(token === undefined ? {} : { 'X-Vault-Token': token }),
        ...(wrapTtlSeconds === undefined ? {} : { 'X-Vault-Wrap-TTL': String(wrapTtlSeconds) }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.body.text();
    return { status: response.statusCode, body: parse(text) };
  }

  private address(index: number): string {
    const address = this.options.addresses[index];
    if (address === undefined) throw new Error('a client needs at least one address');
    return address;
  }
}

function parse(text: string): ServerAnswer {
  try {
    return text === '' ? {} : (JSON.parse(text) as ServerAnswer);
  } catch {
    return { errors: [text.slice(0, 200)] };
  }
}

function reasonsOf(body: ServerAnswer): string[] {
  return Array.isArray(body.errors) ? body.errors.map((reason) => String(reason).trim()) : [];
}

const isSealed = (status: number, reasons: readonly string[]): boolean =>
  status === 503 && /sealed/i.test(reasons.join(' '));

/** Whether a node answered so because its role is changing. It did not carry out the request. */
function isPassing(status: number, reasons: readonly string[]): boolean {
  const said = reasons.join(' ');
  return (
    // A standby that cannot forward redirects to the last known active node, which during a takeover is the dead one.
    status === 307 ||
    (status === 500 && /not active|active cluster node not found|active node/i.test(said)) ||
    (status === 503 && !/sealed/i.test(said)) ||
    status === 502
  );
}

const isRead = (method: Method): boolean => ['GET', 'LIST', 'SCAN'].includes(method);
const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code ?? '');
const wasNotSent = (error: unknown): boolean => ['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT'].includes(codeOf(error));

function unreachable(error: unknown, request: string): PlatformError {
  return new PlatformError('server', [
    {
      message: `the server cannot be reached: ${(error as Error).message || codeOf(error)}`,
      given: request,
      fix: 'check that it runs: npm run platform -- status',
    },
  ]);
}
