import { LdapAuth } from '../../../constructs/auth/ldap-auth';
import { LdapGroup } from '../../../constructs/auth/ldap-group';
import type { LdapMethod } from '../../../model/cluster/auth-methods/ldap';
import { ldapMethod } from '../../support/inventory/model';
import { Template } from '../../support/template/template';

const auth = (over: Partial<LdapMethod>): Template =>
  Template.of((scope) => new LdapAuth(scope, 'directory', ldapMethod(over)));
const settings = (over: Partial<LdapMethod>): unknown =>
  JSON.parse(auth(over).resource('vault_generic_endpoint').data_json as string);

describe('LdapAuth', () => {
  it('minimal: verified TLS, no anonymous logins, case-insensitive names', () => {
    expect(settings({})).toEqual({
      url: 'ldaps://ldap.example.com',
      starttls: false,
      insecure_tls: false,
      tls_min_version: 'tls12',
      tls_max_version: 'tls13',
      certificate: '',
      userdn: 'ou=people,dc=example,dc=com',
      userattr: 'uid',
      groupdn: 'ou=groups,dc=example,dc=com',
      groupfilter: '(&(objectClass=groupOfNames)(member={{.UserDN}}))',
      groupattr: 'cn',
      binddn: '',
      case_sensitive_names: false,
      deny_null_bind: true,
    });
  });

  it('maximal: StartTLS with a CA, and a bind DN without its password', () => {
    const bindDn = 'cn=vault,dc=example,dc=com';
    const given = settings({ url: 'ldap://ldap.example.com', startTls: true, caCertificate: 'PEM', bindDn });
    expect(given).toMatchObject({ starttls: true, certificate: 'PEM', binddn: bindDn });
    expect(given).not.toHaveProperty('bindpass');
  });

  it('writes the user attribute in the form that the server returns', () => {
    expect(settings({ userAttribute: 'sAMAccountName' })).toMatchObject({ userattr: 'samaccountname' });
  });

  it('is protected', () => {
    expect(auth({}).resource('vault_auth_backend')).toMatchObject({
      type: 'ldap',
      path: 'corporate',
      lifecycle: { prevent_destroy: true },
    });
  });

  it.each(['ldap://ldap.example.com', 'ldaps://a.example.com,ldap://b.example.com'])(
    'fails if passwords would cross the network in plain text, to %s',
    (url) => {
      expect(() => auth({ url })).toThrow(/plain text/);
    },
  );
});

describe('LdapGroup', () => {
  const group = (groupName: string): Template =>
    Template.of((scope) => {
      const directory = LdapAuth.fromLdapAuthAttributes(scope, 'Auth', { mountPath: 'corporate' });
      new LdapGroup(scope, 'group', { auth: directory, groupName, policies: [{ policyName: 'app' }] });
    });

  it('maps the group to policies', () => {
    expect(group('checkout operators').resource('vault_ldap_auth_backend_group')).toEqual({
      backend: 'corporate',
      groupname: 'checkout operators',
      policies: ['app'],
    });
  });

  it('has the name in lower case, as the server stores it', () => {
    expect(group('Operators').resource('vault_ldap_auth_backend_group').groupname).toBe('operators');
  });

  it.each([
    ['a/b', /rename the group in the directory/],
    ['..', /rename the group in the directory/],
    [' a', /write `a`/],
    [' ', /the text is empty/],
  ])('fails if it is called %j', (name, message) => {
    expect(() => group(name)).toThrow(message);
  });
});
