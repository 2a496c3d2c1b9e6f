import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import type { Construct } from 'constructs';

import { storedSettings } from '../stored-settings';
import { validateProps, type PropsRule } from '../validate-props';
import { AuthMethodBase, imported, type AuthMethodProps } from './auth-method';
import { ldapConfiguration, type LdapSettings } from './configuration';

export interface LdapAuthProps extends AuthMethodProps, LdapSettings {}

const rules: readonly PropsRule<LdapAuthProps>[] = [
  ({ url, startTls }) =>
    startTls || url.split(',').every((each) => each.trim().startsWith('ldaps://'))
      ? undefined
      : {
          message: 'passwords would cross the network in plain text',
          given: url,
          allowed: '`ldaps://…`, or `ldap://…` with startTls',
          fix: 'use ldaps, or set startTls',
        },
];

/**
 * The auth method for the users and machines of a directory. It has groups instead of roles, so `tuning` sets the lifetime of
 * tokens. An operator writes the password of `bindDn`, which remains when the settings change; see operations/credentials.ts.
 *
 * @see https://developer.hashicorp.com/vault/docs/auth/ldap
 */
export class LdapAuth extends AuthMethodBase<'ldap'> {
  /** An auth method of another stack. */
  public static readonly fromLdapAuthAttributes = imported('ldap');

  /** @throws PlatformError `construct` if passwords would cross the network in plain text */
  constructor(scope: Construct, id: string, props: LdapAuthProps) {
    super(scope, id, 'ldap', props);
    validateProps(this, props, rules);
    new GenericEndpoint(this, 'config', storedSettings(`auth/${this.backend}/config`, ldapConfiguration(props)));
  }
}
