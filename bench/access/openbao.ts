import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { execa } from 'execa';
import { Agent } from 'undici';

import type { AccessRequest } from '../../access/decide/request';
import { freePorts } from '../../local/cluster/ports';
import { GuardedFolder } from '../../local/guard/guarded-folder';
import { Toolbox } from '../../local/toolbox/toolbox';
import { principalPolicies } from './principal';

/** An OpenBao in memory without TLS, which is its fastest form, with a token of the principal. */
export interface MeasuredServer {
  /** Sends requests for some time. @returns requests a second */
  readonly rate: (requests: readonly AccessRequest[], milliseconds: number) => Promise<number>;
  readonly dispose: () => Promise<void>;
}

const connections = 16;

/** Starts the server on a free port of the loopback. */
export async function startOpenBao(): Promise<MeasuredServer> {
  const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
  const { path: program } = await toolbox.server('openbao', () => undefined);
  const [port = 0] = await freePorts(1, []);
  const folder = GuardedFolder.create('bench');
  const rootToken = randomUUID();
  const server = execa(
    program,
    ['server', '-dev', '-dev-no-store-token', `-dev-listen-address=127.0.0.1:${port}`, '-log-level=error'],
    {
      env: { HOME: folder.directory, BAO_DEV_ROOT_TOKEN_ID: rootToken },
      extendEnv: false,
      reject: false,
      stdio: 'ignore',
    },
  );
  const agent = new Agent({ connections, keepAliveTimeout: 60_000 });
  const send = async (method: 'GET' | 'POST', path: string, token: string, body?: unknown): Promise<unknown> => {
    const response = await agent.request({
      origin: `http://127.0.0.1:${port}`,
      path: `/v1/${path}`,
      method,
      headers: { 'X-Vault-Token': token },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.body.text();
    return text === '' ? undefined : JSON.parse(text);
  };
  const dispose = async (): Promise<void> => {
    await agent.close();
    server.kill();
    await server;
    await folder.dispose();
  };
  try {
    await untilActive(() => send('GET', 'sys/health', rootToken));
    for (const { name, text } of principalPolicies) {
      await send('POST', `sys/policies/acl/${name}`, rootToken, { policy: text });
    }
    const policies = principalPolicies.map(({ name }) => name);
    const login = await send('POST', 'auth/token/create', rootToken, { policies, no_default_policy: true });
    const token = (login as { auth: { client_token: string } }).auth.client_token;
    return {
      dispose,
      rate: async (requests, milliseconds) => {
        const begin = performance.now();
        let sent = 0;
        const work = async (): Promise<void> => {
          while (performance.now() - begin < milliseconds) {
            const { operation, path } = requests[sent++ % requests.length] ?? { operation: 'read', path: 'secret' };
            await send('GET', operation === 'list' ? `${path}?list=true` : path, token);
          }
        };
        await Promise.all(Array.from({ length: connections }, work));
        return (sent / (performance.now() - begin)) * 1000;
      },
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function untilActive(health: () => Promise<unknown>): Promise<void> {
  for (const deadline = performance.now() + 60_000; ; await sleep(100)) {
    try {
      await health();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}
