import { KubernetesAuthBackendRole } from '@cdktf/provider-vault/lib/kubernetes-auth-backend-role';
import { Construct } from 'constructs';

import type { KubernetesMethod } from '../../model/cluster/auth-methods/kubernetes';
import type { KubernetesLogin } from '../../model/tenant/logins/kubernetes';
import { refuse } from '../refuse';
import { tokenArguments, type ILoginRole, type MountedRoleProps } from './login-role';

export interface KubernetesRoleProps
  extends
    MountedRoleProps<'kubernetes'>,
    Pick<KubernetesMethod, 'audience'>,
    Pick<KubernetesLogin, 'serviceAccounts' | 'namespaces' | 'aliasNameSource'> {}

/**
 * A role for ServiceAccounts.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/kubernetes_auth_backend_role
 */
export class KubernetesRole extends Construct implements ILoginRole {
  public readonly roleName: string;
  public readonly aliasNames: readonly string[];

  /**
   * @throws PlatformError `construct` if accounts or namespaces are empty, if both have a wildcard (both servers accept that,
   * and it is the whole cluster), or if the audience is empty
   */
  constructor(scope: Construct, id: string, props: KubernetesRoleProps) {
    super(scope, id);
    check(props);
    const { auth, roleName, serviceAccounts, namespaces, audience, aliasNameSource } = props;
    this.roleName = roleName;
    const exact = [...serviceAccounts, ...namespaces].every((name) => !name.includes('*'));
    this.aliasNames =
      exact && aliasNameSource === 'serviceaccount_name'
        ? namespaces.flatMap((namespace) => serviceAccounts.map((account) => `${namespace}/${account}`))
        : [];
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

function check({ roleName, serviceAccounts, namespaces, audience }: KubernetesRoleProps): void {
  const wrong = (message: string, given: string, fix: string): never =>
    refuse({ message: `Kubernetes role ${roleName}: ${message}`, given, fix });
  const given = `serviceAccounts ${serviceAccounts.join(', ')}; namespaces ${namespaces.join(', ')}`;
  if (serviceAccounts.length === 0 || namespaces.length === 0) {
    wrong('nobody could log in', given, 'name at least one ServiceAccount and one namespace');
  }
  if (serviceAccounts.some(isWild) && namespaces.some(isWild)) {
    const message = 'wildcards in ServiceAccounts and in namespaces, so that whoever may make a namespace gets in';
    wrong(message, given, 'name the namespaces, or the accounts');
  }
  if (audience === '') {
    const message = 'without an audience every token of the cluster is accepted, also one made for another service';
    wrong(message, '(nothing)', 'give the audience that pods ask for in their projected token, such as `vault`');
  }
}

const isWild = (name: string): boolean => name.includes('*');
