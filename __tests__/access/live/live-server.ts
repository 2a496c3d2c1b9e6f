import { Agent } from 'undici';

import type { Identity } from '../../../access/decide/identity';
import type { AccessRequest } from '../../../access/decide/request';
import type { Dialect } from '../../../model/dialect';
import { startDevServer, type DevServer } from '../../support/vault/dev-server';

/** A real server, whose decisions are read from its answers. */
export class LiveServer {
  public static async start(dialect: Dialect): Promise<LiveServer> {
    const server = await startDevServer(dialect, '127.0.0.1');
    return new LiveServer(server, new Agent({ connect: { ca: server.ca }, connections: 8, keepAliveTimeout: 60_000 }));
  }

  private group: { id: string; name: string; metadata: Record<string, string> } | undefined;
  private readonly entityIds: string[] = [];

  private constructor(
    private readonly server: DevServer,
    private readonly agent: Agent,
  ) {}

  /** Prepares a mount `name` of the key-value engine, version 1, and an entity with this alias for its tokens. */
  public async prepare(name: string): Promise<Identity> {
    const { admin } = this.server;
    await admin.write(`sys/mounts/${name}`, { type: 'kv', options: { version: '1' } });
    const metadata = { team: 'a', path: 'a/b', glob: 'x*' };
    const { data: entity } = await admin.write('identity/entity', { name, metadata });
    const id = String(entity?.id);
    const auth = (await admin.read('sys/auth')).data as Record<string, { accessor: string }>;
    const accessor = auth['token/']?.accessor;
    await admin.write('identity/entity-alias', { name, canonical_id: id, mount_accessor: accessor });
    await admin.write('auth/token/roles/live', { allowed_entity_aliases: ['*'], allowed_policies_glob: ['*'] });
    this.entityIds.push(id);
    const { data: group } = await admin.write('identity/group', { name: 'live', member_entity_ids: this.entityIds });
    this.group ??= { id: String(group?.id), name: 'live', metadata: {} };
    return { entity: { id, name, metadata, aliases: {} }, groups: [this.group] };
  }

  /** Stores policies and creates a token that has only these. @throws ServerRefusal if the server refuses one */
  public async token(name: string, texts: readonly string[]): Promise<string> {
    const policies = texts.map((_, index) => `${name}-${index}`);
    for (const [index, policy] of texts.entries()) {
      await this.server.admin.write(`sys/policies/acl/${policies[index] ?? ''}`, { policy });
    }
    const { auth } = await this.server.admin.write('auth/token/create/live', {
      policies,
      entity_alias: name,
      no_default_policy: true,
    });
    return String(auth?.client_token);
  }

  /** Root token, for comparison. */
  public async rootToken(): Promise<string> {
    const { data } = await this.server.admin.read('auth/token/lookup-self');
    return String(data?.id);
  }

  /** Sends a request and reads its status. Writes are POST, whatever exists. */
  public async statusOf(token: string, request: AccessRequest): Promise<number> {
    const { operation, path, parameters, wrapTtlSeconds } = request;
    const writes = operation === 'create' || operation === 'update' || operation === 'patch';
    const query = new URLSearchParams(writes ? {} : ((parameters ?? {}) as Record<string, string>));
    if (operation === 'list' || operation === 'scan') query.set(operation, 'true');
    const response = await this.agent.request({
      origin: this.server.address,
      path: `/v1/${path.split('/').map(encodeURIComponent).join('/')}${query.size > 0 ? `?${query.toString()}` : ''}`,
      method: writes ? (operation === 'patch' ? 'PATCH' : 'POST') : operation === 'delete' ? 'DELETE' : 'GET',
      headers: {
        'X-Vault-Token': token,
        ...(typeof wrapTtlSeconds === 'number' && { 'X-Vault-Wrap-TTL': String(wrapTtlSeconds) }),
        ...(writes && {
          'Content-Type': operation === 'patch' ? 'application/merge-patch+json' : 'application/json',
        }),
      },
      body: writes ? JSON.stringify(parameters ?? {}) : null,
    });
    await response.body.dump();
    return response.statusCode;
  }

  public async dispose(): Promise<void> {
    await this.agent.close();
    await this.server.dispose();
  }
}
