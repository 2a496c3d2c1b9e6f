import { PolicyDocument } from './policy-document';
import type { PolicyText } from './policy-text';

/**
 * The policy of a cluster's administrators: operate the cluster, issue and revoke SecretIDs, write the credentials of engines, revoke
 * certificates, restore and purge documents. It does not allow reading documents.
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
  document.addStatement({
    path: 'v1/+/database/config/+',
    capabilities: ['read', 'update'],
    reason: 'Hand over the credentials that engines work with, and have them changed.',
  });
  document.addStatement({ path: 'v1/+/database/rotate-root/+', capabilities: ['update'] });
  document.addStatement({
    path: 'v1/+/database/rotate-role/+',
    capabilities: ['update'],
    reason: 'Change the password of a static role that somebody has seen.',
  });
  document.addStatement({ path: 'v1/+/aws/config/root', capabilities: ['read', 'update'] });
  document.addStatement({ path: 'v1/+/aws/config/rotate-root', capabilities: ['update'] });
  document.addStatement({
    path: 'v1/+/pki/+/certs/',
    capabilities: ['list'],
    reason: 'Find and revoke certificates; private keys are not kept by the server.',
  });
  document.addStatement({ path: 'v1/+/pki/+/revoke', capabilities: ['update'] });
  document.addStatement({ path: 'v1/+/pki/+/crl/rotate', capabilities: ['read'] });
  document.addStatement({
    path: 'v1/+/pki/+/issuer/+',
    capabilities: ['delete'],
    reason: 'Remove a generation of an authority that nobody needs any more.',
  });
  document.addStatement({
    path: 'v1/+/pki/+/roles/+/acme/new-eab',
    capabilities: ['update'],
    reason: 'Give somebody an account for ACME.',
  });
  return { name: 'admin', rules: document.toHcl() };
}
