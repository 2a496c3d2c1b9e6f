import type { ServerClient } from '../../../client/server-client';
import { adminPolicy } from '../../../constructs/policy/admin-policy';
import type { Dialect } from '../../../model/dialect';
import {
  appRoleMount,
  kvMount,
  ownAppRoleMount,
  provisionerMount,
  stackKinds,
  type StackKind,
} from '../../../model/names';
import { cluster, environment, jwtMethod } from '../inventory/model';
import { abilities, devel, isAllowed } from '../provisioner/abilities';
import { startDevServer, type DevServer } from '../vault/dev-server';
import { provisionerTokenOf } from '../vault/provisioner';

/** Tries with each of Terraform's credentials what the security guide says about it, on a server in memory. */
export function describeProvisioner(dialect: Dialect): void {
  let server: DevServer;
  const clients = new Map<StackKind, ServerClient>();

  beforeAll(async () => {
    server = await startDevServer(dialect, '127.0.0.1');
    const { admin } = server;
    for (const mount of [appRoleMount, provisionerMount]) await admin.write(`sys/auth/${mount}`, { type: 'approle' });
    await admin.write('sys/auth/ci', { type: 'jwt' });
    await admin.write(`sys/mounts/${kvMount(devel)}`, { type: 'kv', options: { version: '2' } });
    await admin.write('sys/mounts/v1/devel/transit', { type: 'transit' });
    await admin.write('sys/policies/acl/admin', { policy: 'path "sys/*" { capabilities = ["sudo"] }' });
    await admin.write(`${kvMount(devel)}/data/shop/configs`, { data: { of: 'the application' } });
    await admin.write('identity/group', { name: 'operators', policies: ['admin'] });
    for (const kind of stackKinds) clients.set(kind, admin.with({ token: await tokenOf(kind) }));
  }, 60_000);
  afterAll(() => server.dispose());

  const tokenOf = async (kind: StackKind): Promise<string> => {
    const engines = { ...environment().engines, transit: { tuning: {} } };
    const props = {
      cluster: cluster({
        dialect,
        authMethods: [jwtMethod({ name: 'ci', mountPath: 'ci' })],
        provisioner: { login: 'approle', networks: ['10.0.0.0/8'], ttlSeconds: 900 },
      }),
      environments: [{ ...devel, engines }],
      tenants: [],
    };
    return await provisionerTokenOf(server.admin, props, [kind]);
  };

  it.each(abilities.map((ability) => [ability.what, ability] as const))('%s', async (_, ability) => {
    // Servers differ in who may do it, so all that a token may not do comes first: what it may do changes the server.
    const kinds = stackKinds
      .filter((kind) => ability.who[kind] !== 'as above')
      .sort((one, other) => Number(can(one)) - Number(can(other)));
    function can(kind: StackKind): boolean {
      return isAllowed(ability, kind, dialect);
    }
    for (const kind of kinds) {
      for (const [method, path, body] of ability.attempts) {
        const status = await clients.get(kind)!.statusOf(method, path, body);
        expect([
          kind,
          method,
          path,
          body,
          can(kind) ? status : [400, 403].includes(status) ? 'refused' : status,
        ]).toEqual([kind, method, path, body, can(kind) ? 200 : 'refused']);
      }
    }
    for (const kind of kinds.filter(can)) clients.set(kind, server.admin.with({ token: await tokenOf(kind) }));
  });

  it('issue SecretIDs as an administrator, of Terraform and of tenants, wrapped only', async () => {
    const { admin } = server;
    await admin.write('sys/policies/acl/administrator', { policy: adminPolicy().rules });
    const { auth } = await admin.write('auth/token/create', { policies: ['administrator'], no_default_policy: true });
    const administrator = admin.with({ token: String(auth?.client_token) });
    const mount = ownAppRoleMount(devel);
    await admin.write(`sys/auth/${mount}`, { type: 'approle' });
    for (const role of [appRoleMount, provisionerMount, mount].map((each) => `auth/${each}/role/issued`)) {
      await admin.write(role);
      const statusOf = async (path: string, wrapTtlSeconds?: number): Promise<number> => {
        const client = wrapTtlSeconds === undefined ? administrator : administrator.with({ wrapTtlSeconds });
        return await client.statusOf(
          'POST',
          `${role}/${path}`,
          path.startsWith('custom') ? { secret_id: 'chosen' } : {},
        );
      };
      expect(await statusOf('secret-id', 15 * 60)).toBe(200);
      expect(await statusOf('secret-id')).toBe(403);
      expect(await statusOf('secret-id', 15 * 60 + 1)).toBe(403);
      expect(await statusOf('secret-id/')).toBe(400);
      expect(await statusOf('custom-secret-id', 60)).toBe(403);
      // Vault decides a list by the rule for the path without its slash.
      const list = { openbao: 200, vault: 403 }[dialect];
      expect(await administrator.statusOf('LIST', `${role}/secret-id`)).toBe(list);
      expect(await administrator.with({ wrapTtlSeconds: 60 }).statusOf('LIST', `${role}/secret-id`)).toBe(200);
    }
  });
}
