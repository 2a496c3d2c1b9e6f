import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { App, TerraformStack } from 'cdktf';

import { checkPlans } from '../../../cli/check-plan';
import type { ServerClient } from '../../../client/server-client';
import { refuseForeignObjects } from '../../../local/terraform/foreign-objects';
import type { Dialect } from '../../../model/dialect';
import type { PlatformError } from '../../../model/errors';
import { appRoleMount, keySetPolicy, kvMount, roleOfPolicy, tenantGroup } from '../../../model/names';
import { TeamStack, type TeamTenant } from '../../../stacks/team-stack';
import { plannedObjects } from '../../../synthesis/objects/planned-objects';
import { cluster, customPolicy, environment, tenant, tenantEnvironment } from '../inventory/model';
import { TerraformFolder } from '../terraform/terraform-folder';
import { startDevServer, type DevServer } from '../vault/dev-server';
import { differences, dumpServer } from '../vault/dump-server';
import { provisionerTokenOf } from '../vault/provisioner';

const devel = environment();
const ops = tenant({ name: 'ops' });
const breakGlass = customPolicy({
  name: 'break-glass',
  grants: [{ type: 'documents', environment: devel, path: 'ops/*', operations: ['read'] }],
});
const settings = tenantEnvironment({
  environment: devel,
  identity: { groupName: tenantGroup(ops, devel), metadata: {} },
  policies: [breakGlass],
});
const owner = tenant({ name: 'ops', environments: [settings] });
const stackOf =
  (...tenants: readonly TeamTenant[]) =>
  (app: App): TerraformStack =>
    new TeamStack(app, { environment: devel, team: 'payments', tenants });
const first: TeamTenant = { tenant: ops, settings };

/** A tenant that gets its identity after its programs logged in. */
const late = tenant({ name: 'late' });
const before = tenantEnvironment({ environment: devel });
const after = { ...before, identity: { groupName: tenantGroup(late, devel), metadata: {} } };
const stack = stackOf(first, { tenant: late, settings: before });
const stackWithIdentity = stackOf(first, { tenant: late, settings: after });

/** A plan is refused if it would take over what others made, on a server in memory. */
export function describeForeignObjects(dialect: Dialect): void {
  let server: DevServer;
  let folder: string;
  let run: TerraformFolder;
  let provisioner: ServerClient;
  let provisionerToken: string;
  const apply = async (make = stack): Promise<number> => {
    const check = async (plan: unknown): Promise<void> => {
      writeFileSync(path.join(folder, 'plan.json'), JSON.stringify(plan), { mode: 0o600 });
      await refuseForeignObjects(provisioner, plannedObjects(plan) ?? { objects: [], unknown: [] });
    };
    return (await run.apply(make, check)).added;
  };

  beforeAll(async () => {
    server = await startDevServer(dialect, '127.0.0.1');
    folder = mkdtempSync(path.join(tmpdir(), 'foreign-objects-'));
    const { admin } = server;
    await admin.write(`sys/auth/${appRoleMount}`, { type: 'approle' });
    await admin.write(`sys/mounts/${kvMount(devel)}`, { type: 'kv', options: { version: '2' } });
    const props = {
      cluster: cluster({ dialect }),
      environments: [devel],
      tenants: [owner, tenant({ name: 'late', environments: [after] })],
    };
    const token = await provisionerTokenOf(admin, props, ['teams']);
    provisionerToken = token;
    provisioner = admin.with({ token });
    writeFileSync(path.join(folder, 'ca.pem'), server.ca);
    run = await TerraformFolder.prepare(folder, {
      VAULT_ADDR: server.address,
      VAULT_CACERT: path.join(folder, 'ca.pem'),
      VAULT_TOKEN: token,
    });
  }, 120_000);
  afterAll(async () => {
    await server.dispose();
    rmSync(folder, { recursive: true });
  });

  const group = `identity/group/name/${tenantGroup(ops, devel)}`;

  it('stops before anything is written, with everything that others made and what it is', async () => {
    const { admin } = server;
    const { data } = await admin.write('identity/entity', { name: 'alice' });
    await admin.write(group, { policies: ['admin'], member_entity_ids: [data?.id] });
    await admin.write('sys/policies/acl/break-glass', { policy: 'path "sys/*" {\n  capabilities = ["sudo"]\n}\n' });
    await admin.write(`${kvMount(devel)}/data/ops/configs`, { data: { of: 'somebody else' } });
    const before = await dumpServer(admin);

    await expect(apply()).rejects.toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({
          given: expect.stringMatching(`${group}\npolicies: \\["admin"\\]\nmember_entity_ids: 1`) as string,
        }),
        expect.objectContaining({
          given: expect.stringMatching(/break-glass\npolicy:\n {2}path "sys\/\*" \{\n/) as string,
        }),
        expect.objectContaining({ message: expect.stringContaining('this document exists') as string }),
      ]) as unknown,
    });
    expect(differences(before, await dumpServer(admin))).toEqual([]);
  });

  it('is refused by the command as well, which finds the server in the plan', async () => {
    const context = { environment: { VAULT_TOKEN: provisionerToken, VAULT_CACERT: path.join(folder, 'ca.pem') } };
    await expect(checkPlans(context, [folder])).rejects.toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({ given: expect.stringContaining(group) as string }),
      ]) as unknown,
    });
  });

  it('applies what is new on the server', async () => {
    const { admin } = server;
    await admin.delete(group);
    await admin.delete('sys/policies/acl/break-glass');
    await admin.delete(`${kvMount(devel)}/metadata/ops/configs`);
    expect(await apply()).toBeGreaterThan(8);
    expect(await apply()).toBe(0);
  });

  it('names the alias that the server created at a login, and applies after it is deleted', async () => {
    const { admin } = server;
    const role = `auth/${appRoleMount}/role/${roleOfPolicy(keySetPolicy(late, devel, 'ro'))}`;
    const { data: id } = await admin.read(`${role}/role-id`);
    const { data: secret } = await admin.write(`${role}/secret-id`);
    const login = { role_id: id?.role_id, secret_id: secret?.secret_id };
    const { auth } = await admin.write(`auth/${appRoleMount}/login`, login);

    const failure: unknown = await apply(stackWithIdentity).catch((error: unknown) => error);
    const { problems } = failure as PlatformError;
    expect(problems).toMatchObject([{ message: expect.stringContaining('logged in before') as string }]);
    await admin.delete(/`bao delete (\S+)`/.exec(problems[0]?.fix ?? '')?.[1] ?? '');
    expect(await apply(stackWithIdentity)).toBeGreaterThan(4);
    const self = await admin.with({ token: auth?.client_token as string }).read('auth/token/lookup-self');
    expect(self.data?.policies).toContain(keySetPolicy(late, devel, 'ro'));
    expect((await admin.write(`auth/${appRoleMount}/login`, login)).auth).toBeDefined();
  });

  it('refuses every object of a stack whose state is lost', async () => {
    rmSync(path.join(folder, 'terraform.tfstate'));
    const failure: unknown = await apply().catch((error: unknown) => error);
    const { problems } = failure as { readonly problems: readonly { readonly message: string }[] };
    const kinds = [...new Set(problems.map(({ message }) => /^this (.*) exists/.exec(message)?.[1]))].sort();
    expect(kinds).toEqual(['AppRole', 'document', 'identity entity', 'identity group', 'policy']);
  });

  it('plans a stack against the cluster of the inventory, whatever VAULT_ADDR says', async () => {
    const elsewhere = environment('devel', { cluster: cluster({ dialect, address: 'https://127.0.0.1:1' }) });
    const tenants = [{ tenant: ops, settings }];
    const other = (app: App): TerraformStack =>
      new TeamStack(app, { environment: elsewhere, team: 'payments', tenants });
    expect(await run.planUnchanged(other)).toContain('127.0.0.1:1');
  });
}
