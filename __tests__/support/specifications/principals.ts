import { AuthBackend } from '@cdktf/provider-vault/lib/auth-backend';
import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import { IdentityEntity } from '@cdktf/provider-vault/lib/identity-entity';
import { IdentityEntityAlias } from '@cdktf/provider-vault/lib/identity-entity-alias';
import { IdentityGroup } from '@cdktf/provider-vault/lib/identity-group';
import { LdapAuthBackendGroup } from '@cdktf/provider-vault/lib/ldap-auth-backend-group';
import { LdapAuthBackendUser } from '@cdktf/provider-vault/lib/ldap-auth-backend-user';
import { TokenAuthBackendRole } from '@cdktf/provider-vault/lib/token-auth-backend-role';
import type { Construct } from 'constructs';

import { Acl } from '../../../access/decide/acl';
import type { AccessModel } from '../../../access/principals/access-model';
import { accessModels } from '../../../access/principals/from-terraform';
import { serverOf } from '../../../access/servers';
import { equal } from '../../../access/sets/equal';
import { readModel } from '../../../cli/access/load-server';
import type { ServerAnswer, ServerClient } from '../../../client/server-client';
import { createAuthMethod } from '../../../constructs/auth/auth-methods';
import { Policy } from '../../../constructs/policy/policy';
import type { Dialect } from '../../../model/dialect';
import { ldapMethod } from '../inventory/model';
import { missingSlapd, startSlapd, type Directory } from '../ldap/slapd';
import { itUnless } from '../skips';
import { Template } from '../template/template';
import { TerraformRun } from '../terraform/terraform-run';
import { useTestCluster } from '../vault/embedded-cluster';
import { buildAuth, ciToken } from './auth';

const password = 'a password of this test only';

/** Users with entities and groups, and token roles with globs. */
function buildUsers(scope: Construct): void {
  for (const policyName of ['team-ro', 'team-rw', 'team-secret', 'of-entity', 'of-group', 'of-outer-group']) {
    const statement = { path: `cubbyhole/${policyName}`, capabilities: ['read'], reason: 'For the test.' } as const;
    new Policy(scope, policyName, { policyName }).addStatement(statement);
  }
  const users = new AuthBackend(scope, 'people', { type: 'userpass', path: 'staff/people' });
  const addUser = (name: string, settings: object): void => {
    new GenericEndpoint(scope, `user-${name}`, {
      path: `auth/${users.path}/users/${name}`,
      dataJson: JSON.stringify({ password, ...settings }),
      disableRead: true,
    });
  };
  addUser('ann', { token_policies: ['team-ro', 'Missing', 'TEAM-RO'] });
  addUser('bea', { token_policies: 'team-rw, of-entity', token_no_default_policy: true });
  addUser('cid', {});
  const addEntity = (name: string, policies: string[]): IdentityEntity => {
    const entity = new IdentityEntity(scope, `entity-${name}`, { name, policies });
    const alias = { name, canonicalId: entity.id, mountAccessor: users.accessor };
    new IdentityEntityAlias(scope, `alias-${name}`, alias);
    return entity;
  };
  const members = [addEntity('ann', ['of-entity']).id, addEntity('bea', []).id];
  const group = new IdentityGroup(scope, 'group', {
    ...{ name: 'inner', type: 'internal', policies: ['of-group'] },
    memberEntityIds: members,
  });
  new IdentityGroup(scope, 'outer-group', {
    ...{ name: 'outer', type: 'internal', policies: ['of-outer-group'] },
    memberGroupIds: [group.id],
  });
  new TokenAuthBackendRole(scope, 'issue', {
    roleName: 'exact',
    allowedPolicies: ['team-ro', 'missing'],
    disallowedPolicies: ['default'],
  });
}

/** A directory whose groups and users have policies. */
function buildDirectory(scope: Construct, { address: url, ca, peopleDn, groupsDn, reader }: Directory): void {
  const settings = { url, caCertificate: ca, userDn: peopleDn, groupDn: groupsDn, bindDn: reader.dn };
  const method = ldapMethod({ name: 'directory', mountPath: 'directory', ...settings });
  const { backend } = createAuthMethod(scope, 'auth-directory', method);
  new LdapAuthBackendGroup(scope, 'operators', { backend, groupname: 'operators', policies: ['team-rw', 'Missing'] });
  new LdapAuthBackendUser(scope, 'eve', { backend, username: 'eve', policies: ['team-secret'] });
}

const policiesById = ({ principals }: AccessModel): Record<string, readonly string[]> =>
  Object.fromEntries(principals.map(({ id, policies }) => [id, policies]));

/** Policies of tokens of a real server, as they are predicted from Terraform's JSON and from the server's API. */
export function describePrincipals(dialect: Dialect): void {
  const cluster = useTestCluster(dialect, 1);
  // OpenBao has LDAP in a plugin only.
  const hasLdap = dialect === 'vault';
  let directory: Directory | undefined;
  let admin: ServerClient;
  let predicted: AccessModel;
  let read: AccessModel;

  beforeAll(async () => {
    if (hasLdap && missingSlapd() === undefined) {
      const people = ['eve', 'fay'].map((uid) => ({ uid, password }));
      directory = await startSlapd({ people, groups: { operators: ['fay'] } });
    }
    const build = (scope: Construct): void => {
      buildAuth(scope, dialect, 'first');
      buildUsers(scope);
      if (directory !== undefined) buildDirectory(scope, directory);
    };
    const open = cluster().open();
    admin = open.client(open.adminToken());
    await TerraformRun.on(cluster(), build);
    if (directory !== undefined) await admin.write('auth/directory/config', { bindpass: directory.reader.password });
    const origin = { cluster: 'test', server: serverOf[dialect] };
    [predicted] = accessModels([{ name: 'test', json: Template.of(build).json }], { originOf: () => origin }) as [
      AccessModel,
    ];
    read = await readModel(admin, origin);
  }, 120_000);
  afterAll(async () => {
    await admin.close();
    await directory?.stop();
  });

  /** All policies that the server says a new token has. */
  const policiesOf = async ({ auth }: ServerAnswer): Promise<readonly string[]> => {
    const { data = {} } = await admin.write('auth/token/lookup', { token: auth?.client_token });
    const names = [data.policies, data.identity_policies].flatMap((each) => (each ?? []) as string[]);
    return [...new Set(names)].sort();
  };
  const expectPredicted = async (id: string, answer: ServerAnswer): Promise<void> => {
    const real = await policiesOf(answer);
    const found = [predicted, read].map((model) => policiesById(model)[id]);
    expect({ id, found }).toEqual({ id, found: [real, real] });
  };
  const appRole = async (role: string): Promise<ServerAnswer> => {
    const path = `auth/approle/role/${role}`;
    const { data: { role_id } = {} } = await admin.read(`${path}/role-id`);
    const { data: { secret_id } = {} } = await admin.write(`${path}/secret-id`);
    return await admin.write('auth/approle/login', { role_id, secret_id });
  };

  it('are those of AppRoles', async () => {
    await expectPredicted('approle:approle/role/app-role', await appRole('app-role'));
    await expectPredicted('approle:approle/role/app-ro-role', await appRole('app-ro-role'));
  });

  it('are those of signed tokens', async () => {
    const answer = await admin.write('auth/github/login', { role: 'app-role', jwt: ciToken({}) });
    await expectPredicted('jwt:github/role/app-role', answer);
  });

  it('are those of users, with their entity, its groups and the groups of these', async () => {
    for (const name of ['ann', 'bea', 'cid']) {
      const answer = await admin.write(`auth/staff/people/login/${name}`, { password });
      await expectPredicted(`userpass:staff/people/users/${name}`, answer);
    }
  });

  it('are those of token roles', async () => {
    for (const role of ['app-role', 'exact']) {
      await expectPredicted(`token-role:token/roles/${role}`, await admin.write(`auth/token/create/${role}`));
    }
  });

  if (hasLdap) {
    itUnless(missingSlapd(), 'policies of people of a directory')('are those of groups and users of LDAP', async () => {
      const login = (name: string): Promise<ServerAnswer> => admin.write(`auth/directory/login/${name}`, { password });
      await expectPredicted('ldap-group:directory/groups/operators', await login('fay'));
      await expectPredicted('ldap-user:directory/users/eve', await login('eve'));
    });
  }

  it('are predicted from the API as from Terraform, for everything that can log in', () => {
    expect(policiesById(read)).toEqual(policiesById(predicted));
    expect([predicted.gaps, read.gaps]).toEqual([undefined, undefined]);
  });

  it('stay the same after the server has created entities for clients that were not known', async () => {
    const later = await readModel(admin, { cluster: 'test', server: read.server });
    expect(policiesById(later)).toEqual(policiesById(predicted));
  });

  it('allow the same, the default policy of the server included', () => {
    const compiled = ({ policies }: AccessModel, name: string): Acl =>
      Acl.compile(
        [policies.get(name)?.policy].flatMap((policy) => policy ?? []),
        { server: serverOf[dialect] },
      );
    const names = [...predicted.policies.keys()];
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !equal(compiled(predicted, name), compiled(read, name)))).toEqual([]);
  });
}
