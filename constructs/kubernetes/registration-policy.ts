import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import { Construct } from 'constructs';

import { dialects } from '../../model/dialect';
import type { ServerContext } from './server-part';

const apiVersion = 'admissionregistration.k8s.io/v1';

/** Ends the labels of a server's registration: `openbao-active`, … */
const registrationLabels = ['active', 'initialized', 'perf-standby', 'sealed', 'version'];

const unchanged = (field: string): string => `object.metadata.?${field} == oldObject.metadata.?${field}`;

export interface RegistrationPolicyProps {
  readonly context: ServerContext;
}

/**
 * Limits the servers' ServiceAccount to the labels of registration, each server on its own pod. A Role cannot: without the policy, the
 * token of one server can replace the image of another. Requires Kubernetes 1.30, and a Terraform identity that may create the two
 * cluster-scoped objects. See docs/decisions/0044-registration-policy.md.
 */
export class RegistrationPolicy extends Construct {
  /** Binds the policy: from then on it applies. */
  public readonly binding: Manifest;

  constructor(scope: Construct, id: string, { context }: RegistrationPolicyProps) {
    super(scope, id);
    const { name, cluster, server, labels, dependsOn } = context;
    const { namespace } = server;
    const { labelPrefix } = dialects[cluster.dialect];
    // Cluster-scoped: unique by namespace and name, neither of which has a dot.
    const metadata = { name: `${name}-registration.${namespace}`, labels: { ...labels } };
    const registration = registrationLabels.map((label) => `'${labelPrefix}-${label}'`).join(', ');
    const policy = new Manifest(this, 'Resource', {
      manifest: {
        apiVersion,
        kind: 'ValidatingAdmissionPolicy',
        metadata,
        spec: {
          failurePolicy: 'Fail',
          matchConstraints: {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
            resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['pods'] }],
          },
          matchConditions: [
            {
              name: 'by-a-server',
              expression: `request.userInfo.username == 'system:serviceaccount:${namespace}:${name}'`,
            },
          ],
          validations: [
            {
              // Kubernetes writes the pod's name into the token that it mounts, and the API server reads it from there.
              expression: `request.userInfo.?extra[?'authentication.kubernetes.io/pod-name'].orValue([]) == [request.name]`,
              message: 'a server changes its own pod only',
            },
            { expression: 'object.spec == oldObject.spec', message: 'a server changes labels only' },
            {
              expression: ['annotations', 'finalizers', 'ownerReferences'].map(unchanged).join(' && '),
              message: 'a server changes no annotations, finalizers and owners',
            },
            {
              expression: [
                `object.metadata.labels.all(key, key in [${registration}] || object.metadata.labels[?key] == oldObject.metadata.labels[?key])`,
                'oldObject.metadata.labels.all(key, key in object.metadata.labels)',
              ].join(' && '),
              message: 'a server changes only the labels of its registration',
            },
          ],
        },
      },
      dependsOn,
    });
    this.binding = new Manifest(this, 'binding', {
      manifest: {
        apiVersion,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata,
        spec: { policyName: metadata.name, validationActions: ['Deny'] },
      },
      dependsOn: [policy],
    });
  }
}
