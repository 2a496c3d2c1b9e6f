import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';
import { Agent } from 'undici';

import { ServerClient } from '../../../client/server-client';
import type { Dialect } from '../../../model/dialect';
import { loadInventory } from '../../../model/load';
import { clusterPolicies, provisionerMount, stackKinds, type StackKind } from '../../../model/names';
import { inventoryFiles } from '../../model/small-inventory';
import { lokiRule, writesByOthers } from '../audit/guide-rules';
import { countedByLoki, lokiMissing } from '../loki/loki-rule';
import { startTokenIssuer, type Claims, type TokenIssuer } from '../oidc/token-issuer';
import { itUnless } from '../skips';
import { AppliedInventory } from '../terraform/applied-inventory';

type LoginKind = 'approle' | 'jwt';

const stackOf = { platform: 'west-platform', engines: 'devel-engines', teams: 'devel-shop' } as const;

const claimsOf = (kind: StackKind): Record<string, string> => ({
  repository: 'example/vault-platform',
  environment: `vault-${kind}`,
});

const jwt = ({ address, ca }: TokenIssuer) => ({
  boundIssuer: address,
  discoveryUrl: address,
  caCertificate: ca,
  audience: 'vault',
  claims: Object.fromEntries(stackKinds.map((kind) => [kind, claimsOf(kind)])),
});

/** A file of JSON is one of YAML. */
const inventory = (dialect: Dialect, provisioner: object) =>
  loadInventory(
    inventoryFiles(
      {
        'clusters/west.yaml': JSON.stringify({
          ...{ description: 'A cluster', dialect, address: 'https://west.example.com', state: { backend: 'local' } },
          provisioner,
        }),
        'environments/devel.yaml':
          'description: An environment\ncluster: west\nstate: {backend: local}\nengines: {transit: {}}\n',
        'tenants/shop/basket.yaml':
          'description: Baskets\nenvironments: [devel]\nidentity: {}\nkeys: {card: {type: aes256-gcm96}}\n',
      },
      {},
    ),
  );

/** The commands of the guide that log a run in, by what they contain. */
function guideCommand(text: string): string {
  const blocks = readFileSync('docs/guides/platform.md', 'utf8').matchAll(/```sh\n([^`]+)```/g);
  return [...blocks].map(([, block = '']) => block).find((block) => block.includes(text)) ?? '';
}

/** Terraform logs in as the cluster's file says, and applies every stack, on servers in memory. */
export function describeProvisionerLogins(dialect: Dialect): void {
  let issuer: TokenIssuer;
  beforeAll(async () => {
    issuer = await startTokenIssuer();
  });
  afterAll(() => issuer.stop());

  describe.each<LoginKind>(['jwt', 'approle'])('by %s', (login) => {
    let applied: AppliedInventory;
    let elsewhere: ServerClient;
    let administrator: string;
    /** All that a run had in its hands. */
    const secrets: string[] = [];

    beforeAll(async () => {
      const ways = { jwt: () => jwt(issuer), approle: () => ({}) };
      const networks = ['127.0.0.1/32'];
      applied = await AppliedInventory.start(
        dialect,
        inventory(dialect, { login, networks, ttl: '10m', ...ways[login]() }),
      );
      const { address, ca } = applied.server;
      const agent = new Agent({ connect: { ca }, localAddress: '127.0.0.2' });
      elsewhere = new ServerClient({ addresses: [address] }, agent);
      administrator = await applied.tokenWith('admin');
      await applied.apply(stackOf.platform, await applied.tokenWith('provisioner-platform'));
    }, 60_000);
    afterAll(async () => {
      await elsewhere.close();
      await applied.dispose();
    });

    const anonymous = (): ServerClient => applied.server.admin.with({ token: '' });
    const pathOf = (kind: StackKind): string => `auth/${provisionerMount}/role/${kind}`;

    /** Commands as somebody copies them into a shell, and what they print. */
    async function shell(script: string, token: string): Promise<string> {
      const prefix = dialect === 'openbao' ? 'BAO' : 'VAULT';
      const { stdout } = await execa('bash', ['-euc', `bao() { ${applied.server.program} "$@"; }\n${script}`], {
        cwd: applied.folder,
        env: {
          ...{ PATH: process.env.PATH, HOME: applied.folder },
          ...{ [`${prefix}_ADDR`]: applied.server.address, [`${prefix}_CACERT`]: 'ca.pem', [`${prefix}_TOKEN`]: token },
        },
        extendEnv: false,
      });
      return stdout;
    }

    /** The token of a run, by the commands of the guide. */
    async function logIn(kind: StackKind): Promise<string> {
      const keep = (name: string): string => readFileSync(path.join(applied.folder, name), 'utf8').trim();
      let script: string;
      if (login === 'jwt') {
        writeFileSync(
          path.join(applied.folder, 'ci-token'),
          issuer.token({ sub: 'run-1', aud: 'vault', ...claimsOf(kind) }),
        );
        script = guideCommand('jwt=@ci-token');
        secrets.push(keep('ci-token'));
      } else {
        const [handOver = '', ...run] = guideCommand('-wrap-ttl=5m')
          .replaceAll('role/teams', `role/${kind}`)
          .split('\n');
        await shell(`bao read -field=role_id ${pathOf(kind)}/role-id > role-id\n${handOver}`, administrator);
        script = run.join('\n');
        secrets.push(keep('wrapped'));
      }
      // The commands of both servers read a token from the variable of their own name.
      const token = await shell(`${script.replaceAll('role=teams', `role=${kind}`)}\necho "$VAULT_TOKEN"`, '');
      secrets.push(token);
      return token;
    }

    it('a run gets a token of its kind of stack, for minutes and for its network', async () => {
      for (const kind of stackKinds) {
        const token = await logIn(kind);
        const { data } = await anonymous().with({ token }).read('auth/token/lookup-self');
        expect(data).toMatchObject({
          creation_ttl: 600,
          bound_cidrs: ['127.0.0.1'],
          policies: expect.arrayContaining([`provisioner-${kind}`]) as unknown,
        });
        expect((data?.policies as string[]).filter((name) => name !== 'default')).toHaveLength(1);
        expect(await elsewhere.with({ token }).statusOf('GET', 'auth/token/lookup-self')).toBe(403);
      }
    });

    it('Terraform plans and applies every stack, and no secret is in a plan, a state or another file', async () => {
      const plans: string[] = [];
      const apply = async (kind: StackKind) =>
        await applied.apply(stackOf[kind], await logIn(kind), (plan) => plans.push(plan));
      // It was applied before, to create the logins.
      expect(await apply('platform')).toEqual({ added: 0, changed: 0, removed: 0 });
      expect(await apply('engines')).toMatchObject({ changed: 0, removed: 0 });
      expect((await apply('teams')).added).toBeGreaterThan(8);
      const written = [...plans, ...stackKinds.map((kind) => applied.filesOf(stackOf[kind]))].join('\n');
      expect(written).toContain('"resource_changes"');
      expect(secrets.length).toBeGreaterThan(11);
      expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
    });

    it('the command of the guide finds who else writes what belongs to Terraform, and none of its runs', async () => {
      const found = async (): Promise<string[]> => writesByOthers(readFileSync(applied.server.auditFile, 'utf8'));
      const bootstrap = await found();
      expect(bootstrap.map((line) => line.split(' ').slice(1))).toEqual(
        clusterPolicies.map((name) => ['update', `sys/policies/acl/${name}`]),
      );
      await writeAsAdministrator();
      expect((await found()).slice(bootstrap.length)).toEqual(written.map((at) => `token-admin update ${at}`));
    });

    // After the writes of the test before.
    const rule = 'the rule of the guide for Loki fires for the same writes of policies and logins, and for no run';
    itUnless(lokiMissing(), rule)(
      rule,
      async () => {
        const counted = await countedByLoki(lokiRule(), readFileSync(applied.server.auditFile, 'utf8'));
        const labels = (name: string, at: string): string => `{name="${name}", path="${at}"}`;
        const ofPolicies = written.filter((at) => !at.startsWith('identity/'));
        expect(counted.slice(clusterPolicies.length)).toEqual(ofPolicies.map((at) => labels('token-admin', at)));
      },
      3_600_000,
    );

    /** Paths that belong to Terraform, and that an administrator may write. */
    const written = ['sys/policies/acl/provisioner-teams', 'auth/provisioner/role/teams', 'identity/group'];
    async function writeAsAdministrator(): Promise<void> {
      const client = anonymous().with({ token: administrator });
      const { data: policy } = await client.read('sys/policies/acl/provisioner-teams');
      const { data: role } = await client.read(pathOf('teams'));
      const bodies = [
        { policy: policy?.policy },
        { ...(login === 'jwt' && role), token_ttl: 599 },
        { name: 'operators' },
      ];
      for (const [index, at] of written.entries()) await client.write(at, bodies[index]);
    }

    if (login === 'jwt') {
      const teams: Claims = { sub: 'run-2', aud: 'vault', ...claimsOf('teams') };
      const logInWith = async (token: string, client = anonymous()): Promise<number> =>
        await client.statusOf('POST', `auth/${provisionerMount}/login`, { role: 'teams', jwt: token });

      it.each<[string, Claims]>([
        ['of another repository', { repository: 'example/other' }],
        ['without a repository', { repository: undefined }],
        ['for the environment of another kind of stack', claimsOf('platform')],
        ['for another audience', { aud: 'other' }],
        ['of another issuer', { iss: 'https://other.example.com' }],
        ['that has expired', { iat: 1, nbf: 1, exp: 2 }],
      ])('a token %s is refused', async (_, claims) => {
        expect(await logInWith(issuer.token(teams))).toBe(200);
        expect(await logInWith(issuer.token({ ...teams, ...claims }))).toBe(400);
      });

      it('a run on teams does not apply engines, and the refusal contains no secret', async () => {
        await applied.server.admin.write('sys/mounts/v1/devel/kv/tune', { description: 'Changed by hand' });
        const run = applied.apply(stackOf.engines, await logIn('teams'));
        const refusal: unknown = await run.catch((error: unknown) => error);
        const text = JSON.stringify(refusal, ['problems', 'message', 'given', 'fix']);
        expect(text).toContain('permission denied');
        expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      });

      it('a token with a forged signature, or from another network, is refused', async () => {
        expect(await logInWith(await issuer.forgedToken(teams))).toBe(400);
        expect([400, 403]).toContain(await logInWith(issuer.token(teams), elsewhere));
      });
    } else {
      const wrapped = async (): Promise<string> => {
        const { wrap_info: wrapping } = await anonymous()
          .with({ token: administrator, wrapTtlSeconds: 300 })
          .write(`${pathOf('teams')}/secret-id`);
        return (wrapping as { token: string }).token;
      };
      const unwrap = async (token: string): Promise<string> =>
        String((await anonymous().with({ token }).write('sys/wrapping/unwrap')).data?.secret_id);
      const logInWith = async (secretId: string, role: StackKind = 'teams', client = anonymous()): Promise<number> => {
        const { data } = await applied.server.admin.read(`${pathOf(role)}/role-id`);
        const body = { role_id: data?.role_id, secret_id: secretId };
        return await client.statusOf('POST', `auth/${provisionerMount}/login`, body);
      };

      it('a SecretID is valid for one login, and is unwrapped once', async () => {
        const token = await wrapped();
        const secretId = await unwrap(token);
        await expect(unwrap(token)).rejects.toThrow(/wrapping token/);
        expect([await logInWith(secretId), await logInWith(secretId)]).toEqual([200, 400]);
      });

      it('a SecretID of another kind of stack, or from another network, is refused', async () => {
        expect(await logInWith(await unwrap(await wrapped()), 'platform')).toBe(400);
        expect([400, 403]).toContain(await logInWith(await unwrap(await wrapped()), 'teams', elsewhere));
      });
    }
  });
}
