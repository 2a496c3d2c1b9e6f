import { App } from 'cdktf';
import type { Construct } from 'constructs';

import { CertificateAuthority, type CertificateAuthorityProps } from '../../../constructs/pki/certificate-authority';
import { VaultStack } from '../../../stacks/vault-stack';
import { certificatePem } from '../../support/inventory/model';
import { Template } from '../../support/template/template';

const day = 86_400;
const minimal: CertificateAuthorityProps = {
  mountPath: 'v1/devel/pki/root',
  description: 'Root of devel',
  commonName: 'Example root',
  organization: 'Example',
  signer: 'self',
  ttlSeconds: 3650 * day,
  maxLeafTtlSeconds: 30 * day,
  issuers: [{ name: '2025' }],
  defaultIssuer: '2025',
  clusterAddress: 'https://vault.example.com:8200',
};

const root = (scope: Construct, over: Partial<CertificateAuthorityProps> = {}): CertificateAuthority =>
  new CertificateAuthority(scope, 'root', { ...minimal, ...over });
const below = (
  scope: Construct,
  signer: CertificateAuthority,
  over: Partial<CertificateAuthorityProps> = {},
): CertificateAuthority =>
  new CertificateAuthority(scope, 'kafka', {
    ...minimal,
    mountPath: 'v1/devel/pki/kafka',
    ttlSeconds: 365 * day,
    signer,
    ...over,
  });

/** What is written to a path of an engine, and how. */
interface Endpoint {
  readonly path: string;
  readonly data_json: string;
  readonly lifecycle?: object;
  readonly depends_on?: readonly string[];
}

const endpoints = (template: Template): Record<string, Endpoint> =>
  template.resources('vault_generic_endpoint') as unknown as Record<string, Endpoint>;
const valuesOf = (template: Template, id: string): unknown => JSON.parse(endpoints(template)[id]?.data_json ?? '{}');

describe('a root', () => {
  const template = Template.of((scope) => void root(scope));

  it('minimal: a protected mount, one issuer, and the settings of all certificates', () => {
    expect(template.addresses).toEqual([
      'vault_generic_endpoint.root_issuer-2025',
      'vault_generic_endpoint.root_issuer-2025_usage',
      'vault_generic_endpoint.root_settings_acme',
      'vault_generic_endpoint.root_settings_crl',
      'vault_generic_endpoint.root_settings_tidy',
      'vault_generic_endpoint.root_tune',
      'vault_mount.root',
      'vault_pki_secret_backend_config_cluster.root_settings_cluster',
      'vault_pki_secret_backend_config_issuers.root_default',
      'vault_pki_secret_backend_config_urls.root_settings_urls',
    ]);
    expect(template.resource('vault_mount')).toMatchObject({
      path: 'v1/devel/pki/root',
      type: 'pki',
      description: 'Root of devel',
      max_lease_ttl_seconds: 3650 * day,
      lifecycle: { prevent_destroy: true },
    });
    expect(valuesOf(template, 'root_tune')).toMatchObject({
      passthrough_request_headers: ['If-Modified-Since'],
      allowed_response_headers: ['Last-Modified', 'Location', 'Replay-Nonce', 'Link'],
    });
  });

  it('generates its key in the server once, and never deletes it', () => {
    expect(endpoints(template)['root_issuer-2025']).toMatchObject({
      path: '${vault_mount.root.path}/issuers/generate/root/internal',
      disable_delete: true,
      write_fields: ['issuer_id', 'certificate'],
      lifecycle: { prevent_destroy: true, ignore_changes: 'all' },
    });
    expect(valuesOf(template, 'root_issuer-2025')).toEqual({
      common_name: 'Example root 2025',
      organization: 'Example',
      exclude_cn_from_sans: true,
      issuer_name: '2025',
      key_name: '2025',
      key_type: 'ec',
      key_bits: 256,
      ttl: 3650 * day,
    });
  });

  it('has no setting that deletes an issuer', () => {
    for (const endpoint of Object.values(endpoints(template))) expect(endpoint).toMatchObject({ disable_delete: true });
    expect(template.addresses.join()).not.toMatch(/vault_pki_secret_backend_(issuer|root_cert|config_ca|key)\./);
  });

  it('writes URLs with the issuer placeholder of the server', () => {
    expect(template.resource('vault_pki_secret_backend_config_cluster')).toMatchObject({
      path: 'https://vault.example.com:8200/v1/v1/devel/pki/root',
    });
    expect(template.resource('vault_pki_secret_backend_config_urls')).toMatchObject({
      enable_templating: true,
      issuing_certificates: ['{{cluster_path}}/issuer/{{issuer_id}}/der'],
      crl_distribution_points: ['{{cluster_path}}/issuer/{{issuer_id}}/crl/der'],
      ocsp_servers: ['{{cluster_path}}/ocsp'],
    });
  });

  it('rebuilds the CRL every 15 minutes, with a validity of three days', () => {
    const crl = { disable: false, auto_rebuild: true, ocsp_disable: false, ocsp_expiry: '900s' };
    expect(valuesOf(template, 'root_settings_crl')).toMatchObject({
      ...crl,
      expiry: '259200s',
      auto_rebuild_grace_period: '258300s',
    });
    const brief = Template.of((scope) => void root(scope, { crlTtlSeconds: 120 }));
    const half = { expiry: '120s', auto_rebuild_grace_period: '60s', ocsp_expiry: '60s' };
    expect(valuesOf(brief, 'root_settings_crl')).toMatchObject(half);
  });

  it('tidies expired certificates, and no issuers', () => {
    expect(valuesOf(template, 'root_settings_tidy')).toMatchObject({
      enabled: true,
      tidy_cert_store: true,
      tidy_revoked_certs: true,
      tidy_expired_issuers: false,
    });
  });

  it('writes that ACME is off, so that a plan can turn it off', () => {
    expect(valuesOf(template, 'root_settings_acme')).toMatchObject({ enabled: false });
  });

  it('maximal: ACME by roles with their own usage, another key, a mount that is tuned', () => {
    const maximal = Template.of((scope) => {
      const tuning = { allowedResponseHeaders: ['X-One', 'Link'], auditNonHmacRequestKeys: ['common_name'] };
      root(scope, { acme: true, keyType: 'rsa', keyBits: 4096, crlTtlSeconds: 7 * day, tuning });
    });
    expect(valuesOf(maximal, 'root_settings_acme')).toMatchObject({
      enabled: true,
      allow_role_ext_key_usage: true,
      default_directory_policy: 'forbid',
      eab_policy: 'always-required',
    });
    expect(valuesOf(maximal, 'root_issuer-2025')).toMatchObject({ key_type: 'rsa', key_bits: 4096 });
    expect(maximal.resource('vault_mount')).toMatchObject({ max_lease_ttl_seconds: 3650 * day });
    expect(valuesOf(maximal, 'root_tune')).toMatchObject({
      allowed_response_headers: ['Last-Modified', 'Location', 'Replay-Nonce', 'Link', 'X-One'],
      audit_non_hmac_request_keys: ['common_name'],
    });
  });
});

describe('generations', () => {
  const template = Template.of(
    (scope) => void root(scope, { issuers: [{ name: '2025' }, { name: '2026' }], defaultIssuer: '2026' }),
  );

  it('the default issuer signs; others only verify what they signed', () => {
    expect(template.resource('vault_pki_secret_backend_config_issuers')).toMatchObject({
      default: '${vault_generic_endpoint.root_issuer-2026.write_data["issuer_id"]}',
      default_follows_latest_issuer: false,
    });
    const usage = { issuer_name: '2026', usage: 'crl-signing,issuing-certificates,ocsp-signing,read-only' };
    expect(valuesOf(template, 'root_issuer-2026_usage')).toMatchObject(usage);
    const idle = { issuer_name: '2025', usage: 'crl-signing,ocsp-signing,read-only' };
    expect(valuesOf(template, 'root_issuer-2025_usage')).toMatchObject(idle);
  });

  it('the new one may sign before the default is switched, and the old one until after', () => {
    const { depends_on: before } = template.resource('vault_pki_secret_backend_config_issuers');
    expect(before).toEqual(['vault_generic_endpoint.root_issuer-2026_usage']);
    const after = endpoints(template)['root_issuer-2025_usage']?.depends_on;
    expect(after).toEqual(['vault_pki_secret_backend_config_issuers.root_default']);
  });
});

describe('an authority below', () => {
  const template = Template.of((scope) => void below(scope, root(scope)));

  it('is signed by the default issuer of its parent, after the parent’s URLs are configured', () => {
    expect(template.resource('vault_pki_secret_backend_root_sign_intermediate')).toMatchObject({
      backend: '${vault_mount.root.path}',
      issuer_ref: '${vault_generic_endpoint.root_issuer-2025.write_data["issuer_id"]}',
      csr: '${vault_pki_secret_backend_intermediate_cert_request.kafka_issuer-2025_request.csr}',
      ttl: String(365 * day),
      depends_on: expect.arrayContaining(['vault_pki_secret_backend_config_urls.root_settings_urls']) as unknown,
      lifecycle: { prevent_destroy: true, ignore_changes: 'all' },
    });
  });

  it('generates its key in the server, and refers to its issuer', () => {
    expect(template.resource('vault_pki_secret_backend_intermediate_cert_request')).toMatchObject({
      type: 'internal',
      lifecycle: { prevent_destroy: true, ignore_changes: 'all' },
    });
    const { default: issuer } = template.resources('vault_pki_secret_backend_config_issuers').kafka_default ?? {};
    expect(issuer).toContain('jsondecode(vault_generic_endpoint.kafka_issuer-2025.write_data["mapping"])');
    expect(issuer).toContain('request.key_id]');
  });
});

describe('an authority under an offline root', () => {
  it('creates only a certificate request, as do the authorities below', () => {
    const requests: unknown[] = [];
    const template = Template.of((scope) => {
      const offline = root(scope, { signer: 'offline' });
      requests.push(...offline.certificateRequests, ...below(scope, offline).certificateRequests);
    });
    expect(requests).toEqual([
      { issuer: '2025', certificateRequest: expect.any(String) as string },
      { issuer: '2025', certificateRequest: expect.any(String) as string },
    ]);
    expect(template.resources('vault_pki_secret_backend_config_issuers')).toEqual({});
    expect(Object.keys(template.resources('vault_pki_secret_backend_intermediate_cert_request'))).toHaveLength(2);
  });

  it('imports its signed certificate', () => {
    const template = Template.of((scope) => {
      const issuers = [{ name: '2025', signedCertificate: certificatePem }, { name: '2026' }];
      expect(root(scope, { signer: 'offline', issuers }).certificateRequests).toMatchObject([{ issuer: '2026' }]);
    });
    const path = '${vault_mount.root.path}/intermediate/set-signed';
    expect(endpoints(template)['root_issuer-2025']).toMatchObject({ path, lifecycle: { prevent_destroy: true } });
    expect(template.resource('vault_pki_secret_backend_config_issuers')).toBeDefined();
  });
});

describe('an authority fails if', () => {
  const fails = (over: Partial<CertificateAuthorityProps>): (() => void) => {
    return () => void Template.of((scope) => void below(scope, root(scope), over));
  };

  it.each<[string, Partial<CertificateAuthorityProps>, RegExp]>([
    ['two issuers have one name', { issuers: [{ name: '2025' }, { name: '2025' }] }, /two issuers have the same name/],
    ['the default is no issuer', { defaultIssuer: '2024' }, /not one of the issuers\n.*2024\n.*2025/],
    ['there is no issuer', { issuers: [] }, /not one of the issuers/],
    [
      'a certificate is given without an offline root',
      { issuers: [{ name: '2025', signedCertificate: 'x' }] },
      /its signer is not offline/,
    ],
    ['what it issues outlives it', { maxLeafTtlSeconds: 365 * day }, /would outlive the authority/],
    ['it outlives what signs it', { ttlSeconds: 3651 * day }, /would outlive its signer/],
    ['its mount allows less', { tuning: { maxLeaseTtlSeconds: day } }, /shorter than the lifetime of the authority/],
  ])('%s', (_, over, message) => {
    expect(fails(over)).toThrow(message);
  });

  it('whose default issuer is not signed yet', () => {
    const issuers = [{ name: '2025', signedCertificate: certificatePem }, { name: '2026' }];
    const build = (scope: Construct): void => void root(scope, { signer: 'offline', issuers, defaultIssuer: '2026' });
    expect(() => Template.of(build)).toThrow(/no certificate yet\n.*2026/);
  });

  it('what signs it is of another stack', () => {
    class Stack extends VaultStack {}
    const app = new App();
    const [one, two] = ['one', 'two'].map(
      (id) => new Stack(app, id, { state: { backend: 'local' }, address: 'https://127.0.0.1:8200' }),
    );
    expect(() => below(two!, root(one!))).toThrow(/in another stack/);
  });

  it('reports all problems at once', () => {
    expect(fails({ defaultIssuer: '2024', maxLeafTtlSeconds: 365 * day })).toThrow(
      /not one of the issuers[^]*outlive the authority/,
    );
  });
});
