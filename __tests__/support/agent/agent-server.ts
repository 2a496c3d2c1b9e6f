import type { ServerClient } from '../../../client/server-client';
import { certificateOperations, documentOperations, grantOperations } from '../../../constructs/policy/operations';
import { PolicyDocument } from '../../../constructs/policy/policy-document';
import { kvMount, roleOfPolicy } from '../../../model/names';
import type { CertificateRole } from '../../../model/tenant/certificate';
import { authority, certificateRole, customPolicy } from '../inventory/model';

/** What the server of these tests has: an authority, a role in it, and a policy that an agent logs in with. */
export const kafka = authority();
export const role: CertificateRole = certificateRole({ authority: kafka });
export const policy = customPolicy({ name: 'checkout.broker.devel' });

/** The document `settings` of the tenant `checkout`. */
export const settingsPath = `${kvMount({ name: 'devel' })}/data/checkout/settings`;
export const settings = { url: 'a <b> & "c"' };

/** A root, an authority that it signed, a role, a document, and a policy with exactly what the grants give. */
export async function prepareServer(admin: ServerClient): Promise<void> {
  await admin.write('sys/auth/approle', { type: 'approle' });
  await admin.write(`sys/mounts/${kvMount({ name: 'devel' })}`, { type: 'kv', options: { version: '2' } });
  for (const mount of ['v1/devel/pki/root', kafka.mountPath]) {
    await admin.write(`sys/mounts/${mount}`, { type: 'pki', config: { max_lease_ttl: '8760h' } });
  }
  const key = { key_type: 'ec', key_bits: 256 };
  const root = await admin.write('v1/devel/pki/root/root/generate/internal', {
    common_name: 'Example root',
    ttl: '8000h',
    ...key,
  });
  const request = await admin.write(`${kafka.mountPath}/intermediate/generate/internal`, {
    common_name: 'Example kafka 2026',
    ...key,
  });
  const signed = await admin.write('v1/devel/pki/root/root/sign-intermediate', {
    csr: request.data?.csr,
    common_name: 'Example kafka 2026',
    ttl: '4000h',
  });
  const chain = `${String(signed.data?.certificate)}\n${String(root.data?.certificate)}`;
  const imported = await admin.write(`${kafka.mountPath}/intermediate/set-signed`, { certificate: chain });
  const mapping = imported.data?.mapping as Record<string, string>;
  const own = Object.entries(mapping).find(([, keyId]) => keyId !== '')![0];
  await admin.write(`${kafka.mountPath}/issuer/${own}`, { issuer_name: '2026' });
  await admin.write(`${kafka.mountPath}/config/issuers`, { default: '2026' });
  await admin.write(`${kafka.mountPath}/roles/${role.roleName}`, {
    allowed_domains: [...role.domains, 'localhost'],
    allow_bare_domains: true,
    allow_ip_sans: true,
    max_ttl: '24h',
    ...key,
  });
  const rules = new PolicyDocument(policy.name);
  grantOperations(rules, certificateOperations, ['issue'], { mountPath: kafka.mountPath, name: role.roleName });
  grantOperations(rules, documentOperations, ['read'], {
    mountPath: kvMount({ name: 'devel' }),
    name: 'checkout/settings',
  });
  await admin.write(`sys/policies/acl/${policy.name}`, { policy: rules.toHcl() });
  await admin.write(`auth/approle/role/${roleOfPolicy(policy.name)}`, {
    token_policies: [policy.name],
    token_ttl: '20m',
  });
  await admin.write(settingsPath, { data: settings });
}
