import { KubernetesAuthBackendRole } from '@cdktf/provider-vault/lib/kubernetes-auth-backend-role';
import { Construct } from 'constructs';

import type { KubernetesMethod } from '../../model/cluster/auth-methods/kubernetes';
import { accountFaults, allowedAccounts, pinnedAccounts } from '../../model/tenant/logins/bound-accounts';
import type { KubernetesLogin } from '../../model/tenant/logins/kubernetes';
import { validateProps, type PropsRule } from '../validate-props';
import { tokenArguments, type ILoginRole, type MountedRoleProps } from './login-role';

export interface KubernetesRoleProps
  extends
    MountedRoleProps<'kubernetes'>,
    Pick<KubernetesMethod, 'audience' | 'aliasNameSource'>,
    Pick<KubernetesLogin, 'serviceAccounts' | 'namespaces'> {}

const shown = ({ serviceAccounts, namespaces }: KubernetesRoleProps): string =>
  `serviceAccounts: [${serviceAccounts.join(', ')}], namespaces: [${namespaces.join(', ')}]`;

const rules: readonly PropsRule<KubernetesRoleProps>[] = [
  (props) =>
    props.serviceAccounts.length > 0 && props.namespaces.length > 0
      ? undefined
      : {
          message: 'the role is bound to nothing, so no one can log in',
          given: shown(props),
          fix: 'name at least one ServiceAccount and one namespace',
        },
  (props) =>
    accountFaults(props).map(({ message, fix }) => ({ message, fix, given: shown(props), allowed: allowedAccounts })),
  ({ audience }) =>
    audience !== ''
      ? undefined
      : {
          message: 'no audience: every token of the cluster is accepted, including those issued for other services',
          given: 'an empty text',
          fix: 'set the audience of the projected tokens in the pods, such as `vault`',
        },
];

/**
 * A role for ServiceAccounts.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/kubernetes_auth_backend_role
 */
export class KubernetesRole extends Construct implements ILoginRole {
  public readonly roleName: string;
  public readonly aliasNames: readonly string[];

  /**
   * @throws PlatformError `construct` if accounts or namespaces are empty, if wildcards admit clients that no one names (both servers
   * accept that), or if the audience is empty
   */
  constructor(scope: Construct, id: string, props: KubernetesRoleProps) {
    super(scope, id);
    validateProps(this, props, rules);
    const { auth, roleName, serviceAccounts, namespaces, audience, aliasNameSource } = props;
    this.roleName = roleName;
    this.aliasNames = pinnedAccounts(props);
    new KubernetesAuthBackendRole(this, 'Resource', {
      backend: auth.backend,
      roleName,
      boundServiceAccountNames: [...serviceAccounts],
      boundServiceAccountNamespaces: [...namespaces],
      audience,
      aliasNameSource,
      ...tokenArguments(props),
    });
  }
}
