import type { Construct } from 'constructs';

import { CertificateAuthority, type ICertificateAuthority } from '../../../constructs/pki/certificate-authority';
import type { CertificateRoleProps } from '../../../constructs/pki/certificate-role';
import { createCertificateRole } from '../../../constructs/pki/certificate-roles';
import { ClientRole } from '../../../constructs/pki/client-role';
import { PeerRole } from '../../../constructs/pki/peer-role';
import { ServerRole } from '../../../constructs/pki/server-role';
import { Template } from '../../support/template/template';

type Props = Omit<CertificateRoleProps, 'authority'>;

const minimal: Props = {
  roleName: 'app-web',
  domains: ['app.devel.example'],
  ttlSeconds: 3600,
  maxTtlSeconds: 86_400,
};

/** The role that `make` makes in an authority of another stack. */
function roleOf(
  make: (scope: Construct, authority: ICertificateAuthority) => unknown,
): Readonly<Record<string, unknown>> {
  return Template.of((scope) => {
    const attributes = { mountPath: 'v1/devel/pki/kafka', maxLeafTtlSeconds: 30 * 86_400 };
    make(scope, CertificateAuthority.fromCertificateAuthorityAttributes(scope, 'Authority', attributes));
  }).resource('vault_pki_secret_backend_role');
}

const client = (over: Partial<Props> = {}): Readonly<Record<string, unknown>> =>
  roleOf((scope, authority) => new ClientRole(scope, 'role', { ...minimal, ...over, authority }));

const safe = {
  allow_any_name: false,
  allow_glob_domains: false,
  allow_localhost: false,
  allow_wildcard_certificates: false,
  allow_ip_sans: false,
  code_signing_flag: false,
  email_protection_flag: false,
  enforce_hostnames: true,
  require_cn: true,
  no_store: false,
  generate_lease: false,
};

describe('ClientRole', () => {
  it('minimal: client certificates for one name', () => {
    expect(client()).toEqual({
      ...safe,
      backend: 'v1/devel/pki/kafka',
      name: 'app-web',
      issuer_ref: 'default',
      client_flag: true,
      server_flag: false,
      key_usage: ['DigitalSignature'],
      basic_constraints_valid_for_non_ca: true,
      allowed_domains: ['app.devel.example'],
      allow_bare_domains: true,
      allow_subdomains: false,
      use_csr_common_name: true,
      use_csr_sans: true,
      key_type: 'ec',
      key_bits: 256,
      ttl: '3600',
      max_ttl: '86400',
    });
  });

  it('maximal: subdomains, and an RSA key for signatures only', () => {
    expect(client({ subdomains: true, keyType: 'rsa', keyBits: 4096 })).toMatchObject({
      ...safe,
      server_flag: false,
      key_usage: ['DigitalSignature'],
      allow_subdomains: true,
      key_type: 'rsa',
      key_bits: 4096,
    });
  });

  it('has no property that allows server certificates', () => {
    roleOf((scope, authority) => {
      // @ts-expect-error addresses are for servers
      new ClientRole(scope, 'role', { ...minimal, authority, ipAddresses: true });
    });
    roleOf((scope, authority) => {
      // @ts-expect-error what it is for comes from the class
      new ClientRole(scope, 'role', { ...minimal, authority, serverFlag: true });
    });
    const forced = { ...minimal, serverFlag: true, extKeyUsage: ['ServerAuth'], ipAddresses: true, use: 'server' };
    expect(client(forced)).toEqual(client());
  });
});

describe('ServerRole and PeerRole', () => {
  it('a server’s is for servers alone', () => {
    const role = roleOf((scope, authority) => new ServerRole(scope, 'role', { ...minimal, authority }));
    expect(role).toMatchObject({ ...safe, server_flag: true, client_flag: false });
  });

  it('a peer’s is for both', () => {
    const role = roleOf((scope, authority) => new PeerRole(scope, 'role', { ...minimal, authority }));
    expect(role).toMatchObject({ ...safe, server_flag: true, client_flag: true });
  });

  it.each([ServerRole, PeerRole])('%p may name addresses, and its RSA key wrap that of a session', (Role) => {
    const over = { ipAddresses: true, keyType: 'rsa' } as const;
    const role = roleOf((scope, authority) => new Role(scope, 'role', { ...minimal, ...over, authority }));
    const usage = { key_usage: ['DigitalSignature', 'KeyEncipherment'], key_bits: 3072 };
    expect(role).toMatchObject({ ...safe, allow_ip_sans: true, ...usage });
  });
});

describe('a role of the inventory', () => {
  const model = { ...minimal, subdomains: false, ipAddresses: false, keyType: 'ec', keyBits: 384 } as const;
  const created = (
    use: 'server' | 'client' | 'peer',
    ipAddresses = false,
    over: Partial<Props> = {},
  ): Readonly<Record<string, unknown>> =>
    roleOf((scope, authority) => {
      createCertificateRole(scope, 'role', { ...model, ...over, use, ipAddresses, authority });
    });

  it.each([
    ['server', true, false],
    ['client', false, true],
    ['peer', true, true],
  ] as const)('%s', (use, server_flag, client_flag) => {
    expect(created(use)).toMatchObject({ server_flag, client_flag, key_bits: 384 });
  });

  it('fails if a client role allows IP addresses', () => {
    expect(() => created('client', true)).toThrow(/client certificates contain no IP addresses/);
    expect(() => created('client', true, { domains: [] })).toThrow(/no IP addresses[^]*no domains/);
  });
});

describe('a role fails if', () => {
  it.each<[string, Partial<Props>, RegExp]>([
    ['its name is a pattern', { roleName: 'app-*' }, /not a valid name of a role/],
    ['it has no domain', { domains: [] }, /no domains/],
    ['a domain is a wildcard', { domains: ['*.devel.example'] }, /not the name of a host\n.*\*\.devel/],
    ['a domain is a template', { domains: ['{{identity.entity.name}}.example'] }, /not the name of a host/],
    ['a domain begins with a dot', { domains: ['.devel.example'] }, /not the name of a host/],
    ['the TTL is longer than the maximum TTL', { ttlSeconds: 86_401 }, /longer than the maximum TTL\n.*86401/],
    ['it is longer than the authority allows', { maxTtlSeconds: 31 * 86_400 }, /the authority allows\n[^]*2592000/],
  ])('%s', (_, over, message) => {
    expect(() => client(over)).toThrow(message);
  });
});
