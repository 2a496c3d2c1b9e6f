import { RegistrationPolicy } from '../../../constructs/kubernetes/registration-policy';
import { serverContext } from '../../../constructs/kubernetes/server-part';
import type { Dialect } from '../../../model/dialect';
import { cluster, kubernetesServer } from '../../support/inventory/model';
import { kubernetesTemplate } from '../../support/template/kubernetes-template';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly matchConditions: readonly object[];
    readonly validations: readonly { readonly expression: string; readonly message: string }[];
  };
}

const objects = (dialect: Dialect, namespace: string): readonly { readonly manifest: Manifest }[] =>
  Object.values(
    kubernetesTemplate((scope) => {
      const context = serverContext(cluster({ dialect }), kubernetesServer({ namespace }));
      new RegistrationPolicy(scope, 'policy', { context });
    }).resources('kubernetes_manifest'),
  ) as unknown as { manifest: Manifest }[];

describe('RegistrationPolicy', () => {
  const [policy, binding] = objects('openbao', 'bao-prod');

  it('denies what it refuses, also if it cannot be evaluated, and matches nothing but updates of pods in the namespace', () => {
    expect(policy?.manifest).toMatchObject({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'openbao-registration.bao-prod' },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'bao-prod' } },
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['pods'] }],
        },
        matchConditions: [
          { name: 'by-a-server', expression: `request.userInfo.username == 'system:serviceaccount:bao-prod:openbao'` },
        ],
      },
    });
    expect(binding).toMatchObject({
      manifest: {
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: 'openbao-registration.bao-prod' },
        spec: { policyName: 'openbao-registration.bao-prod', validationActions: ['Deny'] },
      },
      depends_on: ['kubernetes_manifest.policy'],
    });
  });

  it('allows a server the labels of its registration, on its own pod', () => {
    expect(policy?.manifest.spec.validations.map(({ expression }) => expression)).toEqual([
      `request.userInfo.?extra[?'authentication.kubernetes.io/pod-name'].orValue([]) == [request.name]`,
      'object.spec == oldObject.spec',
      'object.metadata.?annotations == oldObject.metadata.?annotations && object.metadata.?finalizers == oldObject.metadata.?finalizers && object.metadata.?ownerReferences == oldObject.metadata.?ownerReferences',
      `object.metadata.labels.all(key, key in ['openbao-active', 'openbao-initialized', 'openbao-perf-standby', 'openbao-sealed', 'openbao-version'] || object.metadata.labels[?key] == oldObject.metadata.labels[?key]) && oldObject.metadata.labels.all(key, key in object.metadata.labels)`,
    ]);
  });

  it('names labels and account as Vault does', () => {
    const { manifest } = objects('vault', 'vault-prod')[0]!;
    expect(manifest.metadata.name).toBe('vault-registration.vault-prod');
    expect(JSON.stringify(manifest)).not.toContain('openbao');
    expect(JSON.stringify(manifest)).toContain(`'vault-perf-standby'`);
  });
});
