import { PolicyDocument } from './policy-document';
import type { PolicyText } from './policy-text';

/** Folders with the names of what an engine contains. */
const counted = [
  'v1/+/kv1/*',
  'v1/+/transit/keys/',
  'v1/+/pki/+/issuers/',
  'v1/+/pki/+/keys/',
  'v1/+/database/config/',
] as const;

/** Roles of AppRole: of all environments and of Terraform, and of an environment that has a mount of its own. */
const appRoles = ['auth/+/role/+', 'auth/+/approle/role/+'] as const;

/**
 * The policy of a cluster's administrators: operate the cluster, issue SecretIDs, wrapped only, and revoke them, write the credentials of engines, revoke
 * certificates, restore and purge documents, count what an engine contains. It does not allow reading documents.
 */
export function adminPolicy(): PolicyText {
  const document = new PolicyDocument('admin');
  const everything = ['create', 'read', 'update', 'patch', 'delete', 'list', 'sudo'] as const;
  document.addStatement({ path: 'sys/*', capabilities: everything, reason: 'Operate the cluster.' });
  document.addStatement({ path: 'auth/*', capabilities: everything, reason: 'Auth methods, roles and SecretIDs.' });
  for (const [index, role] of appRoles.entries()) {
    document.addStatement({
      path: `${role}/secret-id`,
      capabilities: ['update', 'list'],
      // As long as a SecretID of Terraform is valid.
      maxWrappingTtl: '15m',
      ...(index === 0 && { reason: 'A SecretID is handed over wrapped, so that only one client reads it.' }),
    });
    document.addStatement({ path: `${role}/custom-secret-id`, capabilities: ['deny'] });
  }
  document.addStatement({ path: 'identity/*', capabilities: everything });
  document.addStatement({
    path: 'v1/+/kv/metadata/*',
    capabilities: ['read', 'list', 'delete'],
    reason: 'List documents and purge those of a removed tenant, without reading them.',
  });
  for (const [index, path] of counted.entries()) {
    const reason = 'Count what an engine contains before it is deleted.';
    document.addStatement({ path, capabilities: ['list'], ...(index === 0 && { reason }) });
  }
  document.addStatement({ path: 'v1/+/ssh/config/ca', capabilities: ['read'] });
  document.addStatement({
    path: 'v1/+/kv/undelete/*',
    capabilities: ['update'],
    reason: 'Undelete versions.',
  });
  document.addStatement({ path: 'v1/+/kv/config', capabilities: ['read', 'update'] });
  document.addStatement({
    path: 'v1/+/database/config/+',
    capabilities: ['read', 'update', 'delete'],
    reason: 'Set and rotate the credentials of engines, and delete connections that left the inventory.',
  });
  document.addStatement({ path: 'v1/+/database/rotate-root/+', capabilities: ['update'] });
  document.addStatement({
    path: 'v1/+/database/rotate-role/+',
    capabilities: ['update'],
    reason: 'Rotate the password of a static role after a leak.',
  });
  document.addStatement({ path: 'v1/+/aws/config/root', capabilities: ['read', 'update'] });
  document.addStatement({ path: 'v1/+/aws/config/rotate-root', capabilities: ['update'] });
  document.addStatement({
    path: 'v1/+/pki/+/certs/',
    capabilities: ['list'],
    reason: 'List and revoke certificates; the server does not store their private keys.',
  });
  document.addStatement({ path: 'v1/+/pki/+/revoke', capabilities: ['update'] });
  document.addStatement({ path: 'v1/+/pki/+/crl/rotate', capabilities: ['read'] });
  document.addStatement({
    path: 'v1/+/pki/+/issuer/+',
    capabilities: ['delete'],
    reason: 'Remove issuers and keys of an authority that are no longer used.',
  });
  document.addStatement({
    path: 'v1/+/pki/+/roles/+/acme/new-eab',
    capabilities: ['update'],
    reason: 'Create external account bindings for ACME.',
  });
  return { name: 'admin', rules: document.toHcl() };
}
