import { LdapAuthBackendGroup } from '@cdktf/provider-vault/lib/ldap-auth-backend-group';
import { Construct } from 'constructs';

import { validateProps, type PropsRule } from '../validate-props';
import type { IAuthMethod } from './auth-method';
import { policyNames, type LoginRoleProps } from './login-role';

export interface LdapGroupProps extends Pick<LoginRoleProps, 'policies'> {
  readonly auth: IAuthMethod<'ldap'>;
  /** Name of the group in the directory, in lower case. */
  readonly groupName: string;
}

const rules: readonly PropsRule<LdapGroupProps>[] = [
  ({ groupName }) =>
    groupName === groupName.toLowerCase() && !groupName.includes('/') && groupName.trim() !== ''
      ? undefined
      : {
          message: 'the server cannot use this name of a group',
          given: groupName,
          allowed: 'lower case, without slashes: the server compares names in lower case',
          fix: `write \`${groupName.toLowerCase().replaceAll('/', '-')}\`, or rename the group in the directory`,
        },
];

/**
 * Policies of the members of a directory's group. Declare each group once: a second declaration overwrites the first.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/ldap_auth_backend_group
 */
export class LdapGroup extends Construct {
  /** @throws PlatformError `construct` if the name is empty or contains upper-case letters or a slash */
  constructor(scope: Construct, id: string, props: LdapGroupProps) {
    super(scope, id);
    validateProps(this, props, rules);
    new LdapAuthBackendGroup(this, 'Resource', {
      backend: props.auth.backend,
      groupname: props.groupName,
      policies: policyNames(props),
    });
  }
}
