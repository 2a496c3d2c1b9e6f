import { LdapAuthBackendGroup } from '@cdktf/provider-vault/lib/ldap-auth-backend-group';
import { Construct } from 'constructs';

import { groupRule } from '../../model/language/rules/words';
import { validateProps, valueProblems, type PropsRule } from '../validate-props';
import type { IAuthMethod } from './auth-method';
import { policyNames, type LoginRoleProps } from './login-role';

export interface LdapGroupProps extends Pick<LoginRoleProps, 'policies'> {
  readonly auth: IAuthMethod<'ldap'>;
  /** Name of the group in the directory. The server stores and compares it in lower case. */
  readonly groupName: string;
  /** Id of the construct in states of earlier versions: Terraform moves the resource. @default - the same as now */
  readonly formerId?: string;
}

const rules: readonly PropsRule<LdapGroupProps>[] = [
  ({ groupName }) => valueProblems('groupName', groupRule, [groupName]),
];

/**
 * Policies of the members of a directory's group. Declare each group once: a second declaration overwrites the first.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/ldap_auth_backend_group
 */
export class LdapGroup extends Construct {
  /** @throws PlatformError `construct` if the name is empty, or if the server would look for another one */
  constructor(scope: Construct, id: string, props: LdapGroupProps) {
    super(scope, id);
    validateProps(this, props, rules);
    const { auth, groupName, formerId } = props;
    const resource = new LdapAuthBackendGroup(this, 'Resource', {
      backend: auth.backend,
      groupname: groupName.toLowerCase(),
      policies: policyNames(props),
    });
    if (formerId === undefined) return;
    const path = resource.friendlyUniqueId.slice(0, -id.length);
    resource.moveFromId(`${resource.terraformResourceType}.${path}${formerId}`);
  }
}
