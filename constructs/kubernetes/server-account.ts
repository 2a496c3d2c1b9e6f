import { ClusterRoleBindingV1 } from '@cdktf/provider-kubernetes/lib/cluster-role-binding-v1';
import { RoleBindingV1 } from '@cdktf/provider-kubernetes/lib/role-binding-v1';
import { RoleV1 } from '@cdktf/provider-kubernetes/lib/role-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

import type { Labels } from '../../model/cluster/kubernetes/parts';
import { RegistrationPolicy } from './registration-policy';
import type { MountedVolume, ServerContext } from './server-part';

export interface ServerAccountProps {
  readonly context: ServerContext;
  readonly annotations: Labels;
}

/**
 * The ServiceAccount of the servers. A server registers itself with labels on its own pod. So it may read and update exactly the servers'
 * pods, by name; {@link RegistrationPolicy} narrows that to these labels.
 *
 * @see https://openbao.org/docs/configuration/service-registration/kubernetes/
 */
export class ServerAccount extends Construct {
  public readonly accountName: string;
  /** Elements that Terraform creates before the pods. */
  public readonly dependables: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { context, annotations }: ServerAccountProps) {
    super(scope, id);
    const { name, cluster, server, labels, dependsOn } = context;
    const { namespace } = server;
    this.accountName = name;
    const account = new ServiceAccountV1(this, 'Resource', {
      metadata: { name, namespace, labels: { ...labels }, annotations: { ...annotations } },
      // The container of the server mounts the token explicitly.
      automountServiceAccountToken: false,
      dependsOn,
    });
    const registration = { name: `${name}-registration`, namespace, labels: { ...labels } };
    const role = new RoleV1(this, 'registration', {
      metadata: registration,
      rule: [
        {
          apiGroups: [''],
          resources: ['pods'],
          resourceNames: podNames(context),
          verbs: ['get', 'update', 'patch'],
        },
      ],
      dependsOn,
    });
    const subject = [{ kind: 'ServiceAccount', name, namespace }];
    const binding = new RoleBindingV1(this, 'registration-of-servers', {
      metadata: registration,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: registration.name },
      subject,
      dependsOn: [account, role],
    });
    const policy = server.admissionPolicy ? [new RegistrationPolicy(this, 'policy', { context }).binding] : [];
    this.dependables = [account, binding, ...policy];
    if (!server.tokenReview) return;
    new ClusterRoleBindingV1(this, 'token-review', {
      metadata: { name: `${name}-${cluster.name}-token-review`, labels: { ...labels } },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:auth-delegator' },
      subject,
      dependsOn: [account],
    });
  }
}

/** The token of the ServiceAccount, where clients of Kubernetes expect it. */
export const accountToken = {
  name: 'service-account',
  mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
  source: { serviceAccountToken: true },
} as const satisfies MountedVolume;

/** `openbao-0`, `openbao-1`, … */
export const podNames = ({ name, server }: Pick<ServerContext, 'name' | 'server'>): string[] =>
  Array.from({ length: server.replicas }, (_, index) => `${name}-${index}`);
