import { ServerAccount } from '../../../constructs/kubernetes/server-account';
import { serverContext } from '../../../constructs/kubernetes/server-part';
import type { Labels } from '../../../model/cluster/kubernetes/parts';
import type { KubernetesServer } from '../../../model/cluster/kubernetes/server';
import { cluster, kubernetesServer } from '../../support/inventory/model';
import { kubernetesTemplate } from '../../support/template/kubernetes-template';
import type { Template } from '../../support/template/template';

const account = (over: Partial<KubernetesServer> = {}, annotations: Labels = {}): Template =>
  kubernetesTemplate((scope) => {
    new ServerAccount(scope, 'account', { context: serverContext(cluster(), kubernetesServer(over)), annotations });
  });

describe('ServerAccount', () => {
  it('minimal: may read and patch the pods of the servers only', () => {
    const template = account();
    expect(template.resource('kubernetes_role_v1').rule).toEqual([
      {
        api_groups: [''],
        resources: ['pods'],
        resource_names: ['openbao-0', 'openbao-1', 'openbao-2'],
        verbs: ['get', 'update', 'patch'],
      },
    ]);
    expect(template.resource('kubernetes_role_binding_v1')).toMatchObject({
      role_ref: { kind: 'Role', name: 'openbao-registration' },
      subject: [{ kind: 'ServiceAccount', name: 'openbao', namespace: 'openbao-nonprod' }],
    });
    expect(template.resources('kubernetes_cluster_role_binding_v1')).toEqual({});
    expect(Object.keys(template.resources('kubernetes_manifest'))).toEqual([
      'account_policy',
      'account_policy_binding',
    ]);
  });

  it('leaves the admission policy to others if the inventory does', () => {
    expect(account({ admissionPolicy: false }).resources('kubernetes_manifest')).toEqual({});
  });

  it('maximal: five servers with TokenReview and a cloud identity', () => {
    const template = account(
      { replicas: 5, tokenReview: true },
      { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/x' },
    );
    expect(template.resource('kubernetes_role_v1')).toMatchObject({
      rule: [{ resource_names: ['openbao-0', 'openbao-1', 'openbao-2', 'openbao-3', 'openbao-4'] }],
    });
    expect(template.resource('kubernetes_cluster_role_binding_v1')).toMatchObject({
      // There is one of them for all namespaces, so it carries the cluster's name.
      metadata: { name: 'openbao-nonprod-token-review' },
      role_ref: { kind: 'ClusterRole', name: 'system:auth-delegator' },
    });
    expect(template.resource('kubernetes_service_account_v1')).toMatchObject({
      automount_service_account_token: false,
      metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/x' } },
    });
  });
});
