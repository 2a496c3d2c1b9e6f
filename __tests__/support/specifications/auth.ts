import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

import type { Construct } from 'constructs';

import { AuditedHeader } from '../../../constructs/audit/audited-header';
import { AppRoleAuth } from '../../../constructs/auth/app-role-auth';
import type { IAuthMethod } from '../../../constructs/auth/auth-method';
import { createAuthMethod } from '../../../constructs/auth/auth-methods';
import { addLogin } from '../../../constructs/auth/logins';
import { addIdentity, type IdentifiedLogin } from '../../../constructs/identity/identity';
import { Policy } from '../../../constructs/policy/policy';
import { RateLimitQuota } from '../../../constructs/quota/rate-limit-quota';
import type { AuthMethod } from '../../../model/cluster/auth-method';
import type { Dialect } from '../../../model/dialect';
import type { Login } from '../../../model/tenant/login';
import { certificate } from '../../model/pem';
import {
  customPolicy,
  environment,
  appRole,
  awsMethod,
  cluster as model,
  jwtMethod,
  kubernetesMethod,
  ldapMethod,
  oidcMethod,
  tenant,
  tenantEnvironment,
} from '../inventory/model';
import { TerraformRun } from '../terraform/terraform-run';
import { useTestCluster } from '../vault/embedded-cluster';
import { provisionerTokenOn } from '../vault/provisioner';
import { RawClient } from '../vault/raw-request';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicKeys = [publicKey.export({ type: 'spki', format: 'pem' }).toString()];
const issuer = 'https://ci.example.com';
const subject = 'repo:acme/checkout';

const kubernetes = (over: object = {}) =>
  kubernetesMethod({ caCertificate: certificate, aliasNameSource: 'serviceaccount_name', ...over });
const jwt = jwtMethod({
  keys: { from: 'static', publicKeys },
  boundIssuer: issuer,
  supportedAlgorithms: ['ES256'],
  tuning: { maxLeaseTtlSeconds: 5400, listingVisibility: 'hidden' },
});
const oidc = oidcMethod();
const reviewed = kubernetes({ name: 'reviewed', mountPath: 'reviewed', tokenReview: 'reviewer' });
const ldap = (groupAttribute: string) =>
  ldapMethod({ bindDn: 'cn=vault,dc=example,dc=com', userAttribute: 'sAMAccountName', groupAttribute });
/** Its principals could not be looked up here. */
const aws = (serverIdHeader: string) => awsMethod({ resolveUniqueIds: false, serverIdHeader });

/** The auth methods that a server of a dialect has built in. */
const methods = (dialect: Dialect, generation: string): readonly AuthMethod[] => [
  kubernetes({ host: `https://${generation}.example.com` }),
  reviewed,
  jwt,
  oidc,
  ...(dialect === 'vault' ? [ldap(`cn${generation}`), aws(`${generation}.example.com`)] : []),
];

const logins = (dialect: Dialect): readonly Login[] => [
  { type: 'approle' },
  {
    type: 'kubernetes',
    method: kubernetes(),
    serviceAccounts: ['worker'],
    namespaces: ['payments'],
  },
  {
    type: 'jwt',
    method: jwt,
    audiences: ['vault'],
    boundClaims: { sub: [subject], ref: ['main', 'release'] },
    boundClaimsType: 'string',
  },
  {
    type: 'oidc',
    method: oidc,
    boundClaims: { groups: ['checkout-*'] },
    boundClaimsType: 'glob',
    scopes: ['groups'],
  },
  { type: 'token', orphan: false, renewable: true },
  ...(dialect === 'vault'
    ? ([
        { type: 'ldap', method: ldap('cn'), groups: ['checkout operators'] },
        { type: 'aws', method: aws(''), authType: 'iam', iamPrincipalArns: ['arn:aws:iam::111122223333:role/x'] },
      ] as const)
    : []),
];

/** Auth methods, a policy with every way to log in, and one identity over them. */
export function buildAuth(scope: Construct, dialect: Dialect, generation: string): void {
  const approle = new AppRoleAuth(scope, 'approle', { mountPath: 'approle', description: 'Programs' });
  const auth = new Map<string, IAuthMethod>(
    methods(dialect, generation).map((method) => [method.name, createAuthMethod(scope, `auth-${method.name}`, method)]),
  );
  new AuditedHeader(scope, 'header', { headerName: 'X-Request-Id' });
  new RateLimitQuota(scope, 'quota', {
    quotaName: 'logins',
    path: `auth/${approle.backend}/`,
    role: 'app-role',
    rate: 100,
  });
  const made: IdentifiedLogin[] = [];
  const addPolicy = (policyName: string, ways: readonly Login[]): void => {
    const policy = new Policy(scope, policyName, { policyName });
    const path = 'cubbyhole/{{identity.entity.metadata.tenant}}/*';
    policy.addStatement({ path, capabilities: ['read', 'list'], reason: 'Its own.' });
    for (const login of ways) {
      const method =
        login.type === 'approle' ? approle : login.type === 'token' ? undefined : auth.get(login.method.name);
      const role = { roleName: `${policyName}-role`, policies: [policy], appRole: appRole() };
      made.push({ login, auth: method, role: addLogin(policy, login.type, { login, auth: method, ...role }) });
    }
  };
  addPolicy('app', logins(dialect));
  const boundClaims = { sub: [subject] };
  addPolicy('app-ro', [
    { type: 'approle' },
    { type: 'jwt', method: jwt, audiences: ['vault'], boundClaims, boundClaimsType: 'string' },
  ]);
  addIdentity(scope, 'identity', { groupName: 'checkout.devel', metadata: { tenant: 'checkout' }, logins: made });
}

/** A token of the CI system, with which the role `app-role` of `auth/github` logs in. */
export function ciToken(claims: object, key: KeyObject = privateKey): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const body = { iss: issuer, aud: 'vault', sub: subject, ref: 'main', iat: now, exp: now + 300, ...claims };
  const signed = `${encode({ alg: 'ES256', typ: 'JWT' })}.${encode(body)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

interface LoginAnswer {
  readonly auth: { readonly entity_id: string; readonly token_policies: readonly string[] };
}

/** Auth methods, logins and identity as Terraform makes them with a provisioner's token, and as programs use them. */
export function describeAuth(dialect: Dialect): void {
  const cluster = useTestCluster(dialect, 1);
  let admin: RawClient;
  let run: TerraformRun;

  beforeAll(async () => {
    admin = await RawClient.admin(cluster());
    const authMethods = methods(dialect, 'first');
    const policies = ['app', 'app-ro'].map((name) => customPolicy({ name, inventoryName: name }));
    const tenants = [tenant({ environments: [tenantEnvironment({ policies })] })];
    const props = { cluster: model({ dialect, authMethods }), environments: [environment()], tenants };
    const token = await provisionerTokenOn(cluster(), props);
    run = await TerraformRun.on(cluster(), (scope) => buildAuth(scope, dialect, 'first'), { token });
  }, 120_000);
  afterAll(async () => {
    await admin.close();
  });

  const read = async (path: string): Promise<Record<string, unknown>> => {
    const { data } = await admin.send('GET', path);
    return (data as { data: Record<string, unknown> }).data;
  };
  const login = (method: string, body: object) => admin.send('POST', `auth/${method}/login`, body);
  const appRoleLogin = async (role: string): Promise<LoginAnswer['auth']> => {
    const { role_id } = await read(`auth/approle/role/${role}/role-id`);
    const { data } = await admin.send('POST', `auth/approle/role/${role}/secret-id`, {});
    const { secret_id } = (data as { data: { secret_id: string } }).data;
    return ((await login('approle', { role_id, secret_id })).data as LoginAnswer).auth;
  };

  it('are created by the provisioner in one apply, and the next plan has no changes', async () => {
    expect(run.applied.added).toBeGreaterThan(20);
    expect(await run.plan()).toEqual([]);
  });

  it('are tuned', async () => {
    expect(await read('sys/auth/github/tune')).toMatchObject({ max_lease_ttl: 5400, listing_visibility: 'hidden' });
  });

  it('a signed token logs in, and one with a single difference does not', async () => {
    const status = async (jwt: string): Promise<number> => (await login('github', { role: 'app-role', jwt })).status;
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    expect(await status(ciToken({}))).toBe(200);
    expect(await status(ciToken({ ref: 'release' }))).toBe(200);
    expect(await status(ciToken({ aud: 'other' }))).toBe(400);
    expect(await status(ciToken({ ref: 'branch' }))).toBe(400);
    expect(await status(ciToken({ sub: 'repo:acme/other' }))).toBe(400);
    expect(await status(ciToken({ iss: 'https://other.example.com' }))).toBe(400);
    expect(await status(ciToken({}, stranger))).toBe(400);
  });

  it('one role is one entity, with every login', async () => {
    const byAppRole = await appRoleLogin('app-role');
    const byToken = (await login('github', { role: 'app-role', jwt: ciToken({}) })).data as LoginAnswer;
    expect(byToken.auth.entity_id).toBe(byAppRole.entity_id);
    expect(byAppRole.token_policies).toEqual(['app', 'default']);
    const entity = await read(`identity/entity/id/${byAppRole.entity_id}`);
    expect(entity).toMatchObject({ name: 'app-role', metadata: { tenant: 'checkout' }, policies: [] });
  });

  it('another role of the tenant is another entity of the same group, with the same metadata', async () => {
    const { entity_id } = await appRoleLogin('app-ro-role');
    const entity = await read(`identity/entity/id/${entity_id}`);
    expect(entity).toMatchObject({ name: 'app-ro-role', metadata: { tenant: 'checkout' } });
    const group = await read('identity/group/name/checkout.devel');
    expect(group.member_entity_ids).toContain(entity_id);
    expect(group.member_entity_ids).toHaveLength(2);
  });

  it('a token is one client, whichever role of the mount it logs in to, also in other letters', async () => {
    const entityOf = async (role: string, jwt: string): Promise<string> =>
      ((await login('github', { role, jwt })).data as LoginAnswer).auth.entity_id;
    const entity = await entityOf('app-role', ciToken({}));
    // Claims that a pipeline chooses do not name it.
    expect(await entityOf('app-ro-role', ciToken({ name: 'other', actor: 'other', email: 'other' }))).toBe(entity);
    for (const role of ['app-role', 'app-ro-role']) {
      expect(await read(`auth/github/role/${role}`)).toMatchObject({ user_claim: 'sub' });
    }
    // Which the inventory refuses for two tenants: see __tests__/model/identity.test.ts.
    const [{ aliases = [] }] = [await read(`identity/entity/id/${entity}`)];
    const alias = (aliases as { name: string; mount_accessor: string }[]).find(({ name }) => name === subject);
    const lookUp = { alias_name: subject.toUpperCase(), alias_mount_accessor: alias?.mount_accessor };
    const { data } = await admin.send('POST', 'identity/lookup/entity', lookUp);
    expect((data as { data: { id: string } }).data.id).toBe(entity);
  });

  it('a credential that was set is not in a plan and not lost when settings change', async () => {
    const { host, caCertificate } = reviewed;
    const reviewer = { kubernetes_host: host, kubernetes_ca_cert: caCertificate, disable_local_ca_jwt: true };
    const writes = [
      admin.statusOf('POST', 'auth/reviewed/config', { ...reviewer, token_reviewer_jwt: 'not-a-real-token' }),
      ...(dialect === 'vault'
        ? [
            admin.statusOf('POST', 'auth/corporate/config', { bindpass: 'not-a-real-password' }),
            admin.statusOf('POST', 'auth/cloud/config/client', { access_key: 'AKIAEXAMPLE', secret_key: 'not-a-key' }),
          ]
        : []),
    ];
    expect(new Set(await Promise.all(writes))).toEqual(new Set([204]));
    expect(await run.plan()).toEqual([]);
    const { changed, removed } = await run.apply((scope) => buildAuth(scope, dialect, 'second'));
    expect({ changed, removed }).toEqual({ changed: dialect === 'vault' ? 3 : 1, removed: 0 });
    expect(await run.plan()).toEqual([]);
    expect(await read('auth/reviewed/config')).toMatchObject({ token_reviewer_jwt_set: true });
    if (dialect === 'vault') {
      expect(await read('auth/cloud/config/client')).toMatchObject({
        access_key: 'AKIAEXAMPLE',
        iam_server_id_header_value: 'second.example.com',
      });
    }
    expect(run.stateText()).not.toContain('not-a-');
  });

  it('everything except methods with credentials can be destroyed', async () => {
    const mounts = ['approle', ...methods(dialect, 'second').map(({ name }) => `auth-${name}`)];
    const settings = dialect === 'vault' ? ['vault_aws_auth_backend_client.auth-cloud_config'] : [];
    await run.forget(...mounts.map((id) => `vault_auth_backend.${id}`), ...settings);
    await run.destroy();
    expect(await admin.statusOf('GET', 'auth/github/role/app-role')).toBe(404);
    expect(await admin.statusOf('GET', 'identity/entity/name/app-role')).toBe(404);
    expect(await admin.statusOf('GET', 'sys/auth/github')).toBe(200);
  });
}
