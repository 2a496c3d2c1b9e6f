import { textRule } from '../../language/rules/text';
import { ldapUrlRule } from '../../language/rules/url';
import { flag, map, optional, refuse, text, type Output } from '../../language/schema';
import { caCertificate, methodKeys, type Mounted } from './parts';

/** @see https://openbao.org/api-docs/auth/ldap/ */
export const ldapMethod = map(
  {
    ...methodKeys('ldap', 'People and machines in an LDAP directory, by name and password. Requires `dialect: vault`.'),
    url: text(ldapUrlRule).describe('URL of the directory.'),
    startTls: optional(flag, false).describe('Whether to start TLS after connecting; required with ldap://.'),
    caCertificate: caCertificate('the directory'),
    userDn: text(textRule).describe('Base DN of the users, for example ou=people,dc=example,dc=com.'),
    userAttribute: optional(text(textRule), 'cn').describe('Attribute with the name that users log in with.'),
    groupDn: text(textRule).describe('Base DN of the groups.'),
    groupFilter: optional(
      text(textRule),
      '(|(memberUid={{.Username}})(member={{.UserDN}})(uniqueMember={{.UserDN}}))',
    ).describe('Filter that finds the groups of a user.'),
    groupAttribute: optional(text(textRule), 'cn').describe('Attribute with the name of a group.'),
    bindDn: optional(text(textRule)).describe(
      'Account for searches; an operator supplies its password. Default: the user who logs in.',
    ),
  },
  ({ url, startTls }, context) => {
    if (url.startsWith('ldaps:') !== startTls) return;
    const fault = startTls
      ? { message: 'ldaps:// uses TLS already', fix: 'remove startTls' }
      : { message: 'passwords would be sent without TLS', fix: 'write ldaps://, or add `startTls: true`' };
    refuse(context, [startTls ? 'startTls' : 'url'], ldapUrlRule.allowed, fault);
  },
);

export type LdapMethod = Mounted<Output<typeof ldapMethod>>;
