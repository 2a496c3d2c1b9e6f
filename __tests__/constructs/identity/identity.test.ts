import type { Construct } from 'constructs';

import { AppRoleAuth } from '../../../constructs/auth/app-role-auth';
import type { IAuthMethod } from '../../../constructs/auth/auth-method';
import { KubernetesAuth } from '../../../constructs/auth/kubernetes-auth';
import { addIdentity, type IdentifiedLogin } from '../../../constructs/identity/identity';
import type { Login } from '../../../model/tenant/login';
import { kubernetesMethod } from '../../support/inventory/model';
import { Template } from '../../support/template/template';

const metadata = { tenant: 'checkout', team: 'payments', environment: 'devel' };

/** What was made for logins: their method, their role, and the names of their clients. */
type Made = readonly [method: 'approle' | 'apps' | undefined, roleName: string, aliasNames: readonly string[]];

function identity(...made: readonly Made[]): Template {
  return Template.of((scope) => {
    const methods = { approle: appRoleAuth(scope), apps: kubernetesAuth(scope) };
    const logins = made.map(([method, roleName, aliasNames]): IdentifiedLogin => ({
      login: loginOf(method),
      auth: method === undefined ? undefined : methods[method],
      role: { roleName, aliasNames },
    }));
    addIdentity(scope, 'identity', { groupName: 'checkout.devel', metadata, logins });
  });
}

const appRoleAuth = (scope: Construct): IAuthMethod =>
  AppRoleAuth.fromAppRoleAuthAttributes(scope, 'AppRole', { mountPath: 'approle' });
const kubernetesAuth = (scope: Construct): IAuthMethod =>
  KubernetesAuth.fromKubernetesAuthAttributes(scope, 'Apps', { mountPath: 'apps' });
const loginOf = (method: Made[0]): Login =>
  method === 'apps'
    ? {
        type: 'kubernetes',
        method: kubernetesMethod(),
        serviceAccounts: ['x'],
        namespaces: ['x'],
      }
    : method === 'approle'
      ? { type: 'approle' }
      : { type: 'token', orphan: false, renewable: true };

const aliases = (template: Template): string[] =>
  Object.values(template.resources('vault_identity_entity_alias'))
    .map(({ name, mount_accessor: mount, canonical_id: entity }) => [name, mount, entity].join(' '))
    .map((line) => line.replaceAll(/\$\{(data\.)?vault_\w+\.(identity_)?([\w-]+)\.\w+\}/g, '$3'));

describe('the identity of a tenant', () => {
  it('has one entity for a role, for all its logins', () => {
    const template = identity(['approle', 'app-role', ['id-1']], ['apps', 'app-role', ['payments/worker']]);
    expect(template.resource('vault_identity_entity')).toEqual({
      name: 'app-role',
      metadata,
      external_policies: true,
    });
    expect(aliases(template)).toEqual(['id-1 AppRole_accessor app-role', 'payments/worker Apps_accessor app-role']);
  });

  it('groups the entities of its roles, because an entity has one alias for each mount', () => {
    const template = identity(['approle', 'ro-role', ['id-1']], ['approle', 'rw-role', ['id-2']]);
    expect(aliases(template)).toEqual(['id-1 AppRole_accessor ro-role', 'id-2 AppRole_accessor rw-role']);
    expect(template.resource('vault_identity_group')).toEqual({
      name: 'checkout.devel',
      type: 'internal',
      metadata,
      member_entity_ids: [
        '${vault_identity_entity.identity_ro-role.id}',
        '${vault_identity_entity.identity_rw-role.id}',
      ],
      external_policies: true,
    });
  });

  it('has an entity for each client of a role', () => {
    const template = identity(['approle', 'app-role', ['id-1']], ['apps', 'app-role', ['a/worker', 'b/worker']]);
    expect(aliases(template)).toEqual([
      'id-1 AppRole_accessor app-role',
      'a/worker Apps_accessor app-role-a-worker',
      'b/worker Apps_accessor app-role-b-worker',
    ]);
  });

  it('has one entity for a client of two roles', () => {
    const template = identity(['apps', 'one-role', ['a/worker']], ['apps', 'two-role', ['a/worker']]);
    expect(aliases(template)).toEqual(['a/worker Apps_accessor one-role']);
    expect(Object.keys(template.resources('vault_identity_entity'))).toEqual(['identity_one-role']);
  });

  it('looks up each mount once', () => {
    const template = identity(['approle', 'ro-role', ['id-1']], ['approle', 'rw-role', ['id-2']]);
    expect(Object.keys((template.json.data as { vault_auth_backend: object }).vault_auth_backend)).toEqual([
      'AppRole_accessor',
    ]);
  });

  it('creates no entity for clients that only a login identifies', () => {
    expect(identity(['apps', 'app-role', []], [undefined, 'app-role', []]).addresses).toEqual([]);
  });
});
