import { randomUUID } from 'node:crypto';

import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

import { DatabaseConnection } from '../../../constructs/engines/database-connection';
import { DatabaseEngine } from '../../../constructs/engines/database-engine';
import { DatabaseRole } from '../../../constructs/engines/database-role';
import { DatabaseStaticRole } from '../../../constructs/engines/database-static-role';
import { PolicyDocument } from '../../../constructs/policy/policy-document';
import type { Dialect } from '../../../model/dialect';
import type { DatabasePlugin } from '../../../model/environment/engines';
import { databaseConnection } from '../inventory/model';
import type { TestDatabase } from '../postgresql/database-server';
import { testApp } from '../template/template';
import { TerraformRun } from '../terraform/terraform-run';
import { useTestCluster } from '../vault/embedded-cluster';
import { provisionerToken } from '../vault/provisioner';
import { RawClient, type Method } from '../vault/raw-request';

const mountPath = 'v1/devel/database';

/** What differs between the databases. */
export interface DatabaseFlavour {
  readonly plugin: DatabasePlugin;
  readonly start: () => Promise<TestDatabase>;
  readonly connectionUrl: (database: TestDatabase) => string;
  /** Whether the connection is told the database's authority, or need not know it. */
  readonly givesAuthority: boolean;
  /** Makes the engine's account `vault` with this password, the role `readers` that may read and write, and the account `batch`. */
  readonly prepare: (database: TestDatabase, password: string) => Promise<void>;
  /** A statement that reads what only `readers` may read. */
  readonly read: string;
  readonly rolesLike: (name: string) => string;
  readonly drop: (name: string) => string;
  /** Statements that create an account, with a semicolon in quotes and a line break at the end. */
  readonly create: readonly string[];
}

interface Lease {
  readonly id: string;
  readonly username: string;
  readonly password: string;
}

/** The database engine from its first apply to accounts that are gone. */
export function describeDatabase(dialect: Dialect, flavour: DatabaseFlavour): void {
  const cluster = useTestCluster(dialect, 1);
  const initialPassword = `initial-${randomUUID()}`;
  const secrets = [initialPassword];
  let database: TestDatabase;
  let admin: RawClient;
  let member: RawClient;
  let engines: TerraformRun;
  let team: TerraformRun;

  const buildEngines =
    (over: { maxOpenConnections?: number; allowedRoles?: string[] } = {}) =>
    (scope: Construct) => {
      const engine = new DatabaseEngine(scope, 'database', { mountPath, description: 'Accounts of databases' });
      new DatabaseConnection(scope, 'connection', {
        engine,
        connectionName: 'warehouse',
        plugin: flavour.plugin,
        connectionUrl: flavour.connectionUrl(database),
        username: 'vault',
        ...(flavour.givesAuthority && { caCertificate: database.ca }),
        ...over,
      });
    };
  const buildTeam = (kinds: readonly ('dynamic' | 'static')[]) => (scope: Construct) => {
    const engine = DatabaseEngine.fromDatabaseEngineAttributes(scope, 'Engine', { mountPath });
    const connection = { name: 'warehouse', plugin: flavour.plugin };
    const of = { engine, connection };
    if (kinds.includes('dynamic')) {
      const ttl = { defaultTtlSeconds: 600, maxTtlSeconds: 3600 };
      new DatabaseRole(scope, 'app', { ...of, ...ttl, roleName: 'checkout-app', memberOf: ['readers'] });
      const creationStatements = flavour.create;
      new DatabaseRole(scope, 'own', { ...of, ...ttl, roleName: 'checkout-own', creationStatements });
    }
    if (kinds.includes('static')) {
      const account = { username: 'batch', rotationPeriodSeconds: 86_400 };
      new DatabaseStaticRole(scope, 'batch', { ...of, ...account, roleName: 'checkout-batch' });
    }
  };

  beforeAll(async () => {
    database = await flavour.start();
    await flavour.prepare(database, initialPassword);
    admin = await RawClient.admin(cluster());
    const engine = DatabaseEngine.fromDatabaseEngineAttributes(new TerraformStack(testApp(), 'grants'), 'database', {
      mountPath,
    });
    const policy = new PolicyDocument('checkout');
    engine.grantCredentials(policy, { kind: 'dynamic', roleName: 'checkout-app' });
    engine.grantCredentials(policy, { kind: 'static', roleName: 'checkout-batch' });
    member = await RawClient.withPolicy(cluster(), 'checkout', policy.toHcl());
    const token = await provisionerToken(cluster(), {
      database: { connections: [databaseConnection()], tuning: {} },
    });
    engines = await TerraformRun.on(cluster(), buildEngines(), { token });
    team = await TerraformRun.on(cluster(), buildTeam(['dynamic']), { token });
  }, 180_000);
  afterAll(async () => {
    await Promise.all([admin?.close(), member?.close(), database?.dispose()]);
  });

  const done = async (
    client: RawClient,
    method: Method,
    path: string,
    body?: object,
  ): Promise<Record<string, unknown>> => {
    const { status, data } = await client.send(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(data)}`);
    return (data ?? {}) as Record<string, unknown>;
  };
  const lease = async (): Promise<Lease> => {
    const { lease_id: id, data } = await done(member, 'GET', `${mountPath}/creds/checkout-app`);
    const { username, password } = data as Omit<Lease, 'id'>;
    secrets.push(password);
    return { id: id as string, username, password };
  };
  const revoke = (id: string): Promise<unknown> =>
    done(admin, 'POST', 'sys/leases/revoke', { lease_id: id, sync: true });
  const staticPassword = async (): Promise<string> => {
    const { data } = await done(member, 'GET', `${mountPath}/static-creds/checkout-batch`);
    const { password } = data as { password: string };
    secrets.push(password);
    return password;
  };
  const accounts = async (name: string): Promise<number> => (await database.query(flavour.rolesLike(name))).length;

  it('is created without a password, and cannot be used yet', async () => {
    // Mount and connection, each with the settings that the provider cannot empty.
    expect(engines.applied).toEqual({ added: 4, changed: 0, removed: 0 });
    expect(await engines.plan()).toEqual([]);
    expect(await member.statusOf('GET', `${mountPath}/creds/checkout-app`)).toBeGreaterThanOrEqual(400);
  });

  it('a static role cannot be created before the credential is set', async () => {
    await expect(team.apply(buildTeam(['dynamic', 'static']))).rejects.toThrow(/checkout-batch/);
  });

  it('an operator sets the credential, a wrong one is refused, and the server rotates it', async () => {
    const path = `${mountPath}/config/warehouse`;
    const connection = { verify_connection: true, password: 'wrong' };
    expect(await admin.statusOf('POST', path, connection)).toBe(400);
    await done(admin, 'POST', path, { ...connection, password: initialPassword });
    await done(admin, 'POST', `${mountPath}/rotate-root/warehouse`);
    await expect(database.login('vault', initialPassword)).rejects.toThrow();
  });

  it('then everything is created, and the next plan has no changes', async () => {
    expect(await team.apply(buildTeam(['dynamic', 'static']))).toMatchObject({ removed: 0 });
    expect(await engines.plan()).toEqual([]);
    expect(await team.plan()).toEqual([]);
  });

  it('an account works, is named after its role, and is deleted with its connections after revocation', async () => {
    const { id, username, password } = await lease();
    expect(username).toMatch(/^v-checkout-/);
    const session = await database.login(username, password);
    expect(await session.query(flavour.read)).toHaveLength(1);
    expect(await accounts(username)).toBe(1);
    await revoke(id);
    expect(await accounts(username)).toBe(0);
    await expect(session.query(flavour.read)).rejects.toThrow();
    await session.close();
    await expect(database.login(username, password)).rejects.toThrow();
  });

  it('an account of one’s own statements is created, also with semicolons in quotes', async () => {
    const { lease_id: id, data } = await done(admin, 'GET', `${mountPath}/creds/checkout-own`);
    const { username, password } = data as Omit<Lease, 'id'>;
    const session = await database.login(username, password);
    expect(await session.query(flavour.read)).toHaveLength(1);
    await session.close();
    await revoke(id as string);
    expect(await accounts(username)).toBe(0);
  });

  it('revoking an account that was dropped by hand is no error', async () => {
    const { id, username } = await lease();
    await database.query(flavour.drop(username));
    await revoke(id);
    expect(await accounts(username)).toBe(0);
  });

  it('a static role gives the account’s password, and rotates it', async () => {
    const first = await staticPassword();
    await (await database.login('batch', first)).close();
    await done(admin, 'POST', `${mountPath}/rotate-role/checkout-batch`);
    const second = await staticPassword();
    await (await database.login('batch', second)).close();
    expect(second).not.toBe(first);
    await expect(database.login('batch', first)).rejects.toThrow();
    expect(await team.plan()).toEqual([]);
  });

  it('Terraform changes settings later and does not change the rotated password', async () => {
    const over = { maxOpenConnections: 7, allowedRoles: ['checkout-*'] };
    expect(await engines.apply(buildEngines(over))).toEqual({ added: 0, changed: 1, removed: 0 });
    const { id, username, password } = await lease();
    await (await database.login(username, password)).close();
    await revoke(id);
    expect(await engines.plan()).toEqual([]);
  });

  it('a connection refuses a role that it does not allow', async () => {
    await engines.apply(buildEngines({ allowedRoles: ['other-*'] }));
    expect(await member.statusOf('GET', `${mountPath}/creds/checkout-app`)).toBeGreaterThanOrEqual(400);
    await engines.apply(buildEngines());
    await revoke((await lease()).id);
  });

  it('grants credentials of one role only', async () => {
    for (const path of [
      'creds/checkout-batch',
      'static-creds/checkout-app',
      'creds/other',
      'roles/checkout-app',
      'config/warehouse',
    ]) {
      expect([path, await member.statusOf('GET', `${mountPath}/${path}`)]).toEqual([path, 403]);
    }
  });

  it('no password is in a state', () => {
    expect(secrets.length).toBeGreaterThan(5);
    for (const run of [engines, team]) {
      expect(secrets.filter((secret) => run.stateText().includes(secret))).toEqual([]);
    }
  });

  it('a removed role is deleted; the account of a static one stays in the database', async () => {
    await team.destroy();
    expect(await member.statusOf('GET', `${mountPath}/creds/checkout-app`)).toBe(400);
    expect(await accounts('batch')).toBe(1);
  });
}
