import { readFileSync } from 'node:fs';

import { Agent, request } from 'undici';

import type { TestCluster } from './embedded-cluster';

export type Method = 'DELETE' | 'GET' | 'LIST' | 'PATCH' | 'POST';

/** A token's requests, as they are: every method, and the answer whatever its status. */
export class RawClient {
  /** A token with one policy. */
  public static async withPolicy(cluster: TestCluster, name: string, rules: string): Promise<RawClient> {
    const open = cluster.open();
    const admin = open.client(open.adminToken());
    try {
      await admin.write(`sys/policies/acl/${name}`, { policy: rules });
      const { auth } = await admin.write('auth/token/create', { policies: [name], no_default_policy: true });
      return new RawClient(await open.activeAddress(), open.caFile, auth?.client_token as string);
    } finally {
      await admin.close();
    }
  }

  /** The administrator of a test, who may do everything but PATCH. */
  public static async admin(cluster: TestCluster): Promise<RawClient> {
    const open = cluster.open();
    return new RawClient(await open.activeAddress(), open.caFile, open.adminToken());
  }

  private readonly agent: Agent;

  private constructor(
    private readonly address: string,
    caFile: string,
    public readonly token: string,
  ) {
    this.agent = new Agent({ connect: { ca: readFileSync(caFile, 'utf8') }, keepAliveTimeout: 1000 });
  }

  public async send(method: Method, path: string, body?: unknown): Promise<{ status: number; data: unknown }> {
    const response = await request(`${this.address}/v1/${path}${method === 'LIST' ? '?list=true' : ''}`, {
      method: method === 'LIST' ? 'GET' : method,
      dispatcher: this.agent,
      headers: {
        'X-Vault-Token': this.token,
        'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.body.text();
    return { status: response.statusCode, data: text === '' ? undefined : JSON.parse(text) };
  }

  public async statusOf(method: Method, path: string, body?: unknown): Promise<number> {
    return (await this.send(method, path, body)).status;
  }

  public async close(): Promise<void> {
    await this.agent.close();
  }
}
