import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import type { Construct } from 'constructs';

import { refuse } from '../refuse';
import {
  AuthMethodBase,
  ImportedAuthMethod,
  type AuthMethodAttributes,
  type AuthMethodProps,
  type IAuthMethod,
} from './auth-method';
import { ldapConfiguration, type LdapSettings } from './configuration';

/** An LDAP auth method, made here or elsewhere. */
export type ILdapAuth = IAuthMethod<'ldap'>;

export interface LdapAuthProps extends AuthMethodProps, LdapSettings {}

/**
 * The auth method for the people and machines of a directory. It has groups and no roles, so how long a login lasts is a
 * matter of `tuning`. The password of `bindDn` is handed over by an operator, and stays when the settings change; see
 * operations/credentials.ts.
 *
 * @see https://developer.hashicorp.com/vault/docs/auth/ldap
 */
export class LdapAuth extends AuthMethodBase<'ldap'> {
  /** An auth method that another stack owns. */
  public static fromLdapAuthAttributes(scope: Construct, id: string, attributes: AuthMethodAttributes): ILdapAuth {
    return new ImportedAuthMethod(scope, id, 'ldap', attributes);
  }

  /** @throws PlatformError `construct` if passwords would cross the network in plain text */
  constructor(scope: Construct, id: string, props: LdapAuthProps) {
    super(scope, id, 'ldap', props);
    const encrypted = props.url.split(',').every((url) => url.trim().startsWith('ldaps://') || props.startTls);
    if (!encrypted) {
      refuse({
        message: `LDAP auth ${props.mountPath}: passwords would cross the network in plain text`,
        given: props.url,
        allowed: '`ldaps://…`, or `ldap://…` with startTls',
        fix: 'use ldaps, or set startTls',
      });
    }
    this.mount(props);
    new GenericEndpoint(this, 'config', {
      path: `auth/${this.backend}/config`,
      dataJson: JSON.stringify(ldapConfiguration(props)),
      ignoreAbsentFields: true,
      disableDelete: true,
    });
  }
}
