import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { RemovedMounts } from '../../../local/terraform/removed-mounts';
import { StackRunner } from '../../../local/terraform/stack-runner';
import { Terraform } from '../../../local/terraform/terraform';

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'removed-mounts-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, content: unknown): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), JSON.stringify(content));
}

/** JSON of a stack, from its resources by address. */
function jsonOf(resources: Resources): object {
  const resource: Record<string, Record<string, unknown>> = {};
  for (const [address, given] of Object.entries(resources)) {
    const [type = '', name = ''] = address.split('.');
    (resource[type] ??= {})[name] = given;
  }
  return { resource };
}

const synthesised = (stack: string, resources: Resources): void =>
  write(`synthesis/stacks/${stack}/cdk.tf.json`, jsonOf(resources));

/** A stack that was applied with these resources. */
function applied(stack: string, resources: Resources): void {
  write(`work/${stack}/cdk.tf.json`, jsonOf(resources));
  const entries = Object.entries(resources).map(([address, attributes]) => {
    const [type, name] = address.split('.');
    return { mode: 'managed', type, name, instances: [{ attributes }] };
  });
  write(`work/${stack}/terraform.tfstate`, { version: 4, serial: 1, lineage: stack, outputs: {}, resources: entries });
}

function addresses(file: string): string[] {
  const { resources } = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as {
    resources: { type: string; name: string }[];
  };
  return resources.map(({ type, name }) => `${type}.${name}`).sort();
}

function removedMounts(): RemovedMounts {
  const terraform = new Terraform({ program: '/no/such/terraform', environment: {} });
  return new RemovedMounts({
    runner: new StackRunner({
      terraform,
      synthesis: path.join(folder, 'synthesis'),
      directory: path.join(folder, 'work'),
    }),
    directory: path.join(folder, 'removed'),
    mountStacks: ['lab-platform', 'devel-engines'],
  });
}

const approle = { 'vault_auth_backend.approle': { path: 'approle', type: 'approle' } };
const ci = {
  'vault_auth_backend.ci': { path: 'ci', type: 'jwt' },
  'vault_generic_endpoint.ci_config': { path: 'auth/ci/config' },
};
const kv = { 'vault_mount.kv': { path: 'v1/devel/kv', type: 'kv' } };
const transit = {
  'vault_generic_endpoint.transit_tuning': { path: 'sys/mounts/v1/devel/transit/tune' },
  'vault_mount.transit': { path: 'v1/devel/transit', type: 'transit' },
};
const team = {
  'vault_policy.ro': { name: 'ro' },
  'vault_approle_auth_backend_role.ro': { backend: 'approle', role_name: 'ro' },
  'vault_generic_endpoint.document': { path: 'v1/devel/kv/data/basket/configs' },
};
const inRemoved = {
  'vault_jwt_auth_backend_role.deploy': { backend: 'ci', role_name: 'deploy' },
  'vault_transit_secret_backend_key.kept': { backend: 'v1/devel/transit', name: 'kept', deletion_allowed: false },
  'vault_transit_secret_backend_key.other': { backend: 'v1/devel/transit', name: 'other', deletion_allowed: true },
  'vault_quota_rate_limit.logins': { path: 'auth/ci/', name: 'logins' },
};

function apply(): void {
  applied('lab-platform', { ...approle, ...ci });
  applied('devel-engines', { ...kv, ...transit });
  applied('devel-shop', { ...team, ...inRemoved });
}

function synthesise(withMounts: boolean): void {
  synthesised('lab-platform', { ...approle, ...(withMounts && ci) });
  synthesised('devel-engines', { ...kv, ...(withMounts && transit) });
  synthesised('devel-shop', team);
}

describe('mounts that left the inventory', () => {
  it('leave the states with all that is in them, of every stack', async () => {
    apply();
    synthesise(false);
    const changes = await removedMounts().update();
    const left = [
      { kind: 'auth', path: 'ci', type: 'jwt' },
      { kind: 'secret', path: 'v1/devel/transit', type: 'transit' },
    ];
    expect(changes).toEqual({ left, back: [], replaced: [] });
    expect(await removedMounts().list()).toEqual(left);
    expect(addresses('work/lab-platform/terraform.tfstate')).toEqual(Object.keys(approle));
    expect(addresses('work/devel-engines/terraform.tfstate')).toEqual(Object.keys(kv));
    expect(addresses('work/devel-shop/terraform.tfstate')).toEqual(
      [...Object.keys(team), 'vault_quota_rate_limit.logins'].sort(),
    );
    expect(await removedMounts().update()).toEqual({ left: [], back: [], replaced: [] });
  });

  it('come back with all that the server can delete, and that the inventory lists', async () => {
    apply();
    synthesise(false);
    await removedMounts().update();
    synthesise(true);
    expect((await removedMounts().update()).back).toHaveLength(2);
    expect(addresses('work/lab-platform/terraform.tfstate')).toEqual(Object.keys({ ...approle, ...ci }).sort());
    expect(addresses('work/devel-shop/terraform.tfstate')).toEqual(
      Object.keys({ ...team, ...inRemoved })
        .filter((address) => !address.endsWith('.kept'))
        .sort(),
    );
    expect(addresses('removed/devel-shop@v1%2Fdevel%2Ftransit.tfstate')).toEqual([
      'vault_transit_secret_backend_key.kept',
    ]);
    expect(await removedMounts().list()).toEqual([]);
  });

  it('are forgotten with all that is in them, once the server has none', async () => {
    apply();
    synthesise(false);
    await removedMounts().update();
    await removedMounts().forget({ kind: 'auth', path: 'ci', type: 'jwt' });
    expect(existsSync(path.join(folder, 'removed/lab-platform@auth%2Fci.tfstate'))).toBe(false);
    expect(addresses('removed/devel-shop@v1%2Fdevel%2Ftransit.tfstate')).toEqual([
      'vault_transit_secret_backend_key.kept',
      'vault_transit_secret_backend_key.other',
    ]);
    expect(await removedMounts().list()).toHaveLength(1);
  });

  it('are completed after an interruption, with what a stack still has', async () => {
    apply();
    synthesise(false);
    await removedMounts().update();
    applied('devel-shop', { ...team, ...inRemoved });
    expect((await removedMounts().update()).left).toEqual([]);
    expect(addresses('work/devel-shop/terraform.tfstate')).not.toContain('vault_jwt_auth_backend_role.deploy');
  });

  it('of another type at the same path are replaced: the old one is deleted first, with its roles', async () => {
    applied('lab-platform', { ...approle, ...ci });
    applied('devel-shop', { ...team, 'vault_jwt_auth_backend_role.deploy': { backend: 'ci', role_name: 'deploy' } });
    const kubernetes = { 'vault_auth_backend.ci': { path: 'ci', type: 'kubernetes' } };
    synthesised('lab-platform', { ...approle, ...kubernetes });
    synthesised('devel-shop', { ...team, 'vault_kubernetes_auth_backend_role.deploy': { backend: 'ci' } });
    const old = { kind: 'auth', path: 'ci', type: 'jwt' } as const;
    expect(await removedMounts().update()).toEqual({ left: [old], back: [], replaced: [old] });
    expect(addresses('work/devel-shop/terraform.tfstate')).toEqual(Object.keys(team).sort());
    // The start was interrupted before it deleted the method.
    expect(await removedMounts().update()).toEqual({ left: [], back: [], replaced: [old] });
    await removedMounts().forget(old);
    expect(await removedMounts().update()).toEqual({ left: [], back: [], replaced: [] });
  });

  it('come back to the stack of a team that was renamed meanwhile, or to their own, which deletes what left', async () => {
    apply();
    synthesise(false);
    await removedMounts().update();
    rmSync(path.join(folder, 'synthesis'), { recursive: true });
    rmSync(path.join(folder, 'work/devel-shop'), { recursive: true });
    synthesised('lab-platform', { ...approle, ...ci });
    synthesised('devel-engines', { ...kv, ...transit });
    synthesised('devel-store', { ...team, 'vault_transit_secret_backend_key.kept': { name: 'kept' } });
    await removedMounts().update();
    expect(addresses('work/devel-store/terraform.tfstate')).toEqual(['vault_transit_secret_backend_key.kept']);
    expect(addresses('work/devel-engines/terraform.tfstate')).toContain('vault_transit_secret_backend_key.other');
    expect(addresses('work/lab-platform/terraform.tfstate')).toContain('vault_jwt_auth_backend_role.deploy');
    expect(await removedMounts().list()).toEqual([]);
  });
});

describe('a role that is in one of two mounts at a time', () => {
  const authority = (name: string): Resources => ({
    [`vault_mount.authority-${name}`]: { path: `v1/devel/pki/${name}`, type: 'pki' },
  });
  const role = (name: string): Resources => ({
    'vault_pki_secret_backend_role.web': { backend: `v1/devel/pki/${name}`, id: `v1/devel/pki/${name}/roles/web` },
  });
  const roleIn = (file: string): unknown =>
    (
      JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { resources: { type: string; instances: unknown }[] }
    ).resources
      .filter(({ type }) => type === 'vault_pki_secret_backend_role')
      .map(({ instances }) => instances);
  const instancesOf = (name: string): unknown => [[{ attributes: Object.values(role(name))[0] }]];
  const start = async (mounts: readonly string[], at: string): Promise<void> => {
    synthesised('devel-engines', Object.assign({}, ...mounts.map(authority)) as Resources);
    synthesised('devel-shop', role(at));
    await removedMounts().update();
  };
  const state = 'work/devel-shop/terraform.tfstate';

  beforeEach(() => {
    applied('devel-engines', authority('root'));
    applied('devel-shop', role('root'));
  });

  it('is in the state of each of them, and comes back with the one that does', async () => {
    await start(['anchor'], 'anchor');
    expect(roleIn(state)).toEqual([]);
    applied('devel-engines', authority('anchor'));
    applied('devel-shop', role('anchor'));
    await start(['root'], 'root');
    expect(roleIn(state)).toEqual(instancesOf('root'));
    await start(['anchor'], 'anchor');
    expect(roleIn(state)).toEqual(instancesOf('anchor'));
  });

  it('leaves the mount that comes back, when it is in the other one by then', async () => {
    await start(['anchor'], 'anchor');
    applied('devel-engines', authority('anchor'));
    applied('devel-shop', role('anchor'));
    await start(['anchor', 'root'], 'anchor');
    // Terraform deletes what is in the state and not in its configuration.
    expect(addresses(state)).toEqual(['vault_pki_secret_backend_role.web', 'vault_pki_secret_backend_role.web_former']);
    await start(['anchor', 'root'], 'anchor');
    expect(addresses(state)).toHaveLength(2);
  });
});

describe('the signature of an authority', () => {
  const authority = (name: string): Resources => ({
    [`vault_mount.authority-${name}`]: { path: `v1/devel/pki/${name}`, type: 'pki' },
  });
  const request = {
    'vault_pki_secret_backend_intermediate_cert_request.a': { backend: 'v1/devel/pki/services', csr: 'PEM' },
  };
  const signature = {
    'vault_pki_secret_backend_root_sign_intermediate.a': { backend: 'v1/devel/pki/root', csr: 'PEM' },
  };
  const services = { ...authority('services'), ...request, ...signature };

  it('stays when its signer leaves, so that the authority is not signed again', async () => {
    applied('devel-engines', { ...authority('root'), ...services });
    synthesised('devel-engines', { ...authority('anchor'), ...services });
    expect((await removedMounts().update()).left).toEqual([{ kind: 'secret', path: 'v1/devel/pki/root', type: 'pki' }]);
    expect(addresses('work/devel-engines/terraform.tfstate')).toEqual(Object.keys(services).sort());
  });

  it('leaves and comes back with its authority', async () => {
    applied('devel-engines', { ...authority('root'), ...services });
    synthesised('devel-engines', authority('root'));
    await removedMounts().update();
    expect(addresses('work/devel-engines/terraform.tfstate')).toEqual(Object.keys(authority('root')));
    synthesised('devel-engines', { ...authority('root'), ...services });
    await removedMounts().update();
    expect(addresses('work/devel-engines/terraform.tfstate')).toEqual(
      Object.keys({ ...authority('root'), ...services }).sort(),
    );
  });
});

describe('a connection of a database engine', () => {
  const engine = { 'vault_mount.database': { path: 'v1/devel/database', type: 'database' } };
  const connection = (name: string, backend = 'v1/devel/database', plugin = 'postgresql'): Resources => ({
    [`vault_database_secret_backend_connection.database-${name}`]: { backend, name, mysql: [], [plugin]: [{}] },
    [`vault_generic_endpoint.database-${name}_certificate`]: { path: `${backend}/config/${name}` },
  });
  const inJson = '${vault_mount.database.path}';
  const other = { kind: 'connection', path: 'v1/devel/database/config/other', type: 'postgresql' } as const;

  it('leaves the states when it left the inventory, and comes back alone', async () => {
    applied('devel-engines', { ...engine, ...connection('main'), ...connection('other') });
    synthesised('devel-engines', { ...engine, ...connection('main', inJson) });
    expect(await removedMounts().update()).toEqual({ left: [other], back: [], replaced: [] });
    expect(await removedMounts().list()).toEqual([other]);
    const kept = Object.keys({ ...engine, ...connection('main') }).sort();
    expect(addresses('work/devel-engines/terraform.tfstate')).toEqual(kept);
    expect(await removedMounts().update()).toEqual({ left: [], back: [], replaced: [] });
    synthesised('devel-engines', { ...engine, ...connection('main', inJson), ...connection('other', inJson) });
    expect((await removedMounts().update()).back).toEqual([other]);
    expect(addresses('work/devel-engines/terraform.tfstate')).toHaveLength(5);
  });

  it('cannot change its plugin, also while it is kept: the server would keep its password', async () => {
    applied('devel-engines', { ...engine, ...connection('main'), ...connection('other') });
    synthesised('devel-engines', { ...engine, ...connection('other', inJson) });
    await removedMounts().update();
    synthesised('devel-engines', { ...engine, ...connection('main', inJson, 'mysql'), ...connection('other', inJson) });
    await expect(removedMounts().update()).rejects.toThrow(
      /connection v1\/devel\/database\/config\/main cannot change from postgresql to mysql\n.*another name/,
    );
  });

  it('leaves with its engine, and stays when only the engine comes back', async () => {
    applied('devel-engines', { ...kv, ...engine, ...connection('main'), ...connection('other') });
    synthesised('devel-engines', { ...kv, ...engine, ...connection('main', inJson) });
    await removedMounts().update();
    synthesised('devel-engines', kv);
    const database = { kind: 'secret', path: 'v1/devel/database', type: 'database' };
    expect((await removedMounts().update()).left).toEqual([database]);
    expect(await removedMounts().list()).toEqual([database]);
    synthesised('devel-engines', { ...kv, ...engine, ...connection('main', inJson) });
    expect((await removedMounts().update()).back).toEqual([database]);
    expect(await removedMounts().list()).toEqual([other]);
    expect(addresses('work/devel-engines/terraform.tfstate')).toHaveLength(4);
  });
});
