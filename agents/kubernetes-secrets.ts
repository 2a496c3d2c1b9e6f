import { agentSecret } from '../model/names';
import type { AgentFile } from '../model/tenant/agent-files';

/** What creates the Secrets: the server decides about each field, so nothing has to be read first. */
export const kubectlImage = 'registry.k8s.io/kubectl:v1.34.4';

/** Where the manifests of the Secrets are, in memory. */
export const secretManifests = '/run/agent/secrets';

interface SecretAccessProps {
  readonly workload: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly files: readonly AgentFile[];
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * What the init container that creates Secrets is allowed: exactly these, by name, and not even to read them. A POST cannot
 * be limited by name, since the name stands in its body. A server-side apply is a PATCH of a named path, which needs `patch`,
 * and `create` for the same name where there is none yet; so both can be.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
export function secretAccess({ workload, namespace, serviceAccount, files, labels }: SecretAccessProps): unknown[] {
  const name = `${workload}-secrets`;
  const metadata = { name, namespace, labels };
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: files.map((file) => agentSecret(workload, file.name)),
          verbs: ['create', 'patch'],
        },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: serviceAccount, namespace }],
    },
  ];
}

/** Volume with the account's token for the API server, which the init container that creates Secrets alone gets. */
export const apiServerVolume = {
  name: 'kubernetes-api',
  projected: {
    sources: [
      { serviceAccountToken: { path: 'token', expirationSeconds: 600 } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
    ],
  },
} as const;

/** Applies the manifests that the first init container left. */
export const secretContainer = (workload: string): Readonly<Record<string, unknown>> => ({
  name: 'secrets',
  image: kubectlImage,
  args: ['apply', '--server-side', `--field-manager=${workload}-agent`, `--filename=${secretManifests}`],
  volumeMounts: [
    { name: 'secret-manifests', mountPath: secretManifests, readOnly: true },
    { name: apiServerVolume.name, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
  ],
});
