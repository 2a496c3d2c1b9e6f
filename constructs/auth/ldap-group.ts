import { LdapAuthBackendGroup } from '@cdktf/provider-vault/lib/ldap-auth-backend-group';
import { Construct } from 'constructs';

import { refuse } from '../refuse';
import type { ILdapAuth } from './ldap-auth';
import { policyNames, type LoginRoleProps } from './login-role';

export interface LdapGroupProps extends Pick<LoginRoleProps, 'policies'> {
  readonly auth: ILdapAuth;
  /** Name of the group in the directory, in lower case. */
  readonly groupName: string;
}

/**
 * What the members of a group of a directory get. There is one for a group: a second one would overwrite the first.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/ldap_auth_backend_group
 */
export class LdapGroup extends Construct {
  /** @throws PlatformError `construct` if the name has upper-case letters, which the server lowers, or a slash */
  constructor(scope: Construct, id: string, props: LdapGroupProps) {
    super(scope, id);
    const { auth, groupName } = props;
    if (groupName !== groupName.toLowerCase() || groupName.includes('/') || groupName.trim() === '') {
      refuse({
        message: 'the name of a group of a directory cannot be used',
        given: groupName,
        allowed: 'lower case, without slashes: the server compares names in lower case',
        fix: `write \`${groupName.toLowerCase().replaceAll('/', '-')}\`, or name the group differently in the directory`,
      });
    }
    new LdapAuthBackendGroup(this, 'Resource', {
      backend: auth.backend,
      groupname: groupName,
      policies: policyNames(props),
    });
  }
}
