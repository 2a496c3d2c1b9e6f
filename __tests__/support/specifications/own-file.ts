import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Agent } from 'undici';

import { issueCredentials } from '../../../client/app-role-credentials';
import { ServerClient, type ServerAnswer } from '../../../client/server-client';
import type { Dialect } from '../../../model/dialect';
import { loadInventory } from '../../../model/load';
import { customPolicy, kindOfStack, provisionerPolicyName, roleOfPolicy } from '../../../model/names';
import { inventoryFiles } from '../../model/small-inventory';
import { CiSystem } from '../oidc/ci-system';
import { ofTheOtherTeam, type Request } from '../ownership/attempts';
import { neighbours, type NeighbourLogin } from '../ownership/neighbours';
import { ciIssuer, twoTeams, type Keys } from '../ownership/two-teams';
import { startPostgresql, type TestDatabase } from '../postgresql/database-server';
import { AppliedInventory } from '../terraform/applied-inventory';

const password = 'initial-password';

/** Accounts and tables of both teams, and the account of the engine. */
const tables = `
  CREATE ROLE vault LOGIN CREATEROLE PASSWORD '${password}';
  CREATE ROLE ledger_owner; CREATE ROLE basket_reader;
  CREATE ROLE ledger_nightly LOGIN; CREATE ROLE basket_nightly LOGIN;
  GRANT ledger_owner, basket_reader, ledger_nightly, basket_nightly TO vault WITH ADMIN OPTION;
  CREATE TABLE ledger_rows (); GRANT SELECT ON ledger_rows TO ledger_owner;
  CREATE TABLE basket_rows (); GRANT SELECT ON basket_rows TO basket_reader`;

/** What a team may have next to what it may not, applied in one inventory to a server in memory, and what its logins reach. */
export function describeOwnFile(dialect: Dialect): void {
  const ci = new CiSystem();
  const { files, logins } = neighbours(dialect);
  let folder: string;
  let database: TestDatabase;
  let applied: AppliedInventory;
  let elsewhere: ServerClient;

  beforeAll(async () => {
    database = await startPostgresql();
    await database.query(tables);
    folder = mkdtempSync(path.join(tmpdir(), 'own-file-'));
    const caFile = path.join(folder, 'database.pem');
    writeFileSync(caFile, database.ca);
    const { port, ca } = database;
    const base = twoTeams(dialect, { ciPublicKey: ci.publicKey, database: { port, ca, caFile } });
    applied = await AppliedInventory.start(dialect, loadInventory(inventoryFiles(files, base)));
    const { address, ca: serverCa, admin } = applied.server;
    elsewhere = new ServerClient(
      { addresses: [address] },
      new Agent({ connect: { ca: serverCa }, localAddress: '127.0.0.2' }),
    );
    await apply('west-platform', 'devel-engines', 'stag-engines');
    await admin.write('v1/devel/database/config/books', { password });
    await apply('devel-payments', 'stag-payments', 'devel-shop');
  }, 120_000);
  afterAll(async () => {
    await elsewhere.close();
    await applied.dispose();
    await database.dispose();
    rmSync(folder, { recursive: true });
  });

  async function apply(...stacks: readonly string[]): Promise<void> {
    const policyOf = (stack: string): string => provisionerPolicyName(kindOfStack(stack) ?? 'platform');
    await Promise.all(stacks.map(async (stack) => applied.apply(stack, await applied.tokenWith(policyOf(stack)))));
  }

  const roleOf = (tenant: string): string => roleOfPolicy(customPolicy({ name: tenant }, 'app', { name: 'devel' }));
  const anonymous = (): ServerClient => applied.server.admin.with({ token: '' });
  const withPipeline = async (tenant: string, boundClaims: Keys): Promise<ServerAnswer> => {
    const claims: Record<string, unknown> = Object.fromEntries(
      Object.entries(boundClaims).map(([claim, values]) => [claim, (values as readonly string[])[0]]),
    );
    const jwt = ci.token({ iss: ciIssuer, aud: 'vault', sub: `of ${tenant}`, ...claims });
    return await anonymous().write('auth/pipelines/login', { role: roleOf(tenant), jwt });
  };

  /** Where each type of login has the policies of its clients. */
  const policiesAt: Readonly<Record<string, (tenant: string, login: Keys) => string>> = {
    kubernetes: (tenant) => `auth/apps/role/${roleOf(tenant)}`,
    aws: (tenant) => `auth/cloud/role/${roleOf(tenant)}`,
    ldap: (_, { groups }) => `auth/corporate/groups/${(groups as string[])[0]}`,
  };

  /** By AppRole and by JWT as a program does; a token with the policies of the role where a directory or a cloud decides. */
  async function tokenOf({ tenant, login }: NeighbourLogin): Promise<string> {
    const { admin } = applied.server;
    const tokenIn = ({ auth }: ServerAnswer): string => String(auth?.client_token);
    if (login.type === 'jwt') return tokenIn(await withPipeline(tenant, login.boundClaims as Keys));
    if (login.type === 'approle') {
      const credentials = await issueCredentials(admin, `auth/approle/role/${roleOf(tenant)}`);
      return tokenIn(await anonymous().write('auth/approle/login', credentials));
    }
    const { data = {} } = await admin.read(policiesAt[String(login.type)]!(tenant, login));
    const policies = data.token_policies ?? data.policies;
    return tokenIn(await admin.write('auth/token/create', { policies, no_default_policy: true }));
  }

  const statusOf = async (client: ServerClient, [at, body]: Request): Promise<number> =>
    await client.statusOf(body === undefined ? 'GET' : 'POST', at, body);

  it.each(logins.map((login) => [login.tenant, login] as const))(
    'a login of %s gets what is its own, and nothing of the other team',
    async (tenant, login) => {
      const client = anonymous().with({ token: await tokenOf(login) });
      const { gets = [], refused = [], token = {} } = login.neighbour;
      for (const request of [[`v1/devel/kv/data/${tenant}/configs`] as const, ...gets])
        expect([request, await statusOf(client, request)]).toEqual([request, 200]);
      for (const request of refused)
        expect([request, [400, 403].includes(await statusOf(client, request))]).toEqual([request, true]);
      for (const request of ofTheOtherTeam) expect([request, await statusOf(client, request)]).toEqual([request, 403]);
      if (Object.keys(token).length > 0)
        expect((await client.read('auth/token/lookup-self')).data).toMatchObject(token);
    },
  );

  const loginOf = (name: string): NeighbourLogin => logins.find(({ tenant }) => tenant === name)!;

  it('a narrower network binds tokens', async () => {
    const token = await tokenOf(loginOf('network'));
    const at = 'v1/devel/kv/data/network/configs';
    expect(await anonymous().with({ token }).statusOf('GET', at)).toBe(200);
    expect(await elsewhere.with({ token }).statusOf('GET', at)).toBe(403);
  });

  it('clients of the other team, and its audience alone, do not log in', async () => {
    for (const claims of [{ repository: ['pay/ledger'] }, {}])
      await expect(withPipeline('pipeline', claims)).rejects.toMatchObject({ status: 400 });
    await expect(withPipeline('twice', { sub: ['repo:both/monorepo'] })).rejects.toMatchObject({ status: 400 });
  });

  it('accounts of the database read the tables of the team, and not those of the other', async () => {
    for (const [tenant, at] of [
      ['member', 'creds/member.books'],
      ['static', 'static-creds/static.nightly'],
    ] as const) {
      const client = anonymous().with({ token: await tokenOf(loginOf(tenant)) });
      const { data = {} } = await client.read(`v1/devel/database/${at}`);
      const session = await database.login(String(data.username), String(data.password));
      await expect(session.query('SELECT * FROM ledger_rows')).rejects.toThrow(/permission denied/);
      if (tenant === 'member') expect(await session.query('SELECT * FROM basket_rows')).toEqual([]);
      await session.close();
    }
  });

  it('what is refused exists: a token without restrictions gets it', async () => {
    for (const request of ofTheOtherTeam)
      expect([request, await statusOf(applied.server.admin, request)]).toEqual([request, 200]);
  });
}
