import { appRoleMount, keySetDocument, kvMount } from '../../model/names';
import { PolicyDocument } from './policy-document';

/** A policy by name, as the server stores it. */
export interface PolicyText {
  readonly name: string;
  /** Policy text in HCL. */
  readonly rules: string;
}

/**
 * What Terraform may do: just what the stacks of one cluster need. It can make engines but not remove them, write a
 * key-set document once but neither read nor change it, and make AppRoles but no SecretID for them.
 *
 * Whoever may write policies can in the end give themselves anything; that is why this token only ever runs what was
 * reviewed in a pull request.
 *
 * @param environments names of the cluster's environments
 */
export function provisionerPolicy(environments: readonly string[]): PolicyText {
  const document = new PolicyDocument('provisioner');
  document.addStatement({
    path: 'auth/token/create',
    capabilities: ['create', 'update'],
    reason: 'The provider works with a child token that expires after the run.',
  });
  document.addStatement({ path: 'auth/token/lookup-self', capabilities: ['read'] });
  document.addStatement({ path: 'auth/token/renew-self', capabilities: ['update'] });
  document.addStatement({ path: 'auth/token/revoke-self', capabilities: ['update'] });
  document.addStatement({
    path: 'sys/policies/acl/*',
    capabilities: ['create', 'read', 'update', 'delete'],
    reason: 'Policies of the cluster and of the teams.',
  });
  document.addStatement({
    path: `sys/auth/${appRoleMount}`,
    capabilities: ['create', 'read', 'update', 'sudo'],
    reason: 'The AppRole auth method and the roles in it; SecretIDs are out of reach.',
  });
  document.addStatement({ path: `sys/mounts/auth/${appRoleMount}`, capabilities: ['read'] });
  document.addStatement({ path: `sys/mounts/auth/${appRoleMount}/tune`, capabilities: ['read', 'update'] });
  document.addStatement({
    path: `auth/${appRoleMount}/role/+`,
    capabilities: ['create', 'read', 'update', 'delete'],
  });
  document.addStatement({ path: `auth/${appRoleMount}/role/+/role-id`, capabilities: ['read', 'update'] });
  for (const name of environments) {
    const mount = kvMount({ name });
    document.addStatement({
      path: `sys/mounts/${mount}`,
      capabilities: ['create', 'read', 'update'],
      reason: `Environment ${name}: its engine, never removed, and the first version of each key set, never read.`,
    });
    document.addStatement({ path: `sys/mounts/${mount}/tune`, capabilities: ['read', 'update'] });
    document.addStatement({ path: `${mount}/config`, capabilities: ['create', 'read', 'update'] });
    document.addStatement({ path: `${mount}/data/+/${keySetDocument}`, capabilities: ['create'] });
  }
  return { name: 'provisioner', rules: document.toHcl() };
}

/**
 * What the people who run a cluster may do: operate it, issue and revoke SecretIDs, restore and purge documents.
 * Documents themselves cannot be read with it.
 */
export function adminPolicy(): PolicyText {
  const document = new PolicyDocument('admin');
  const everything = ['create', 'read', 'update', 'patch', 'delete', 'list', 'sudo'] as const;
  document.addStatement({ path: 'sys/*', capabilities: everything, reason: 'Operate the cluster.' });
  document.addStatement({ path: 'auth/*', capabilities: everything, reason: 'Auth methods, roles and SecretIDs.' });
  document.addStatement({ path: 'identity/*', capabilities: everything });
  document.addStatement({
    path: 'v1/+/kv/metadata/*',
    capabilities: ['read', 'list', 'delete'],
    reason: 'Find documents and purge those of a removed tenant; their content stays out of reach.',
  });
  document.addStatement({
    path: 'v1/+/kv/undelete/*',
    capabilities: ['update'],
    reason: 'Bring back a version that was deleted by mistake.',
  });
  document.addStatement({ path: 'v1/+/kv/config', capabilities: ['read', 'update'] });
  return { name: 'admin', rules: document.toHcl() };
}
