import { agentSecret } from '../model/names';
import type { AgentFile } from '../model/tenant/agent-files';

/** Image that creates the Secrets by server-side apply, which needs no permission to read them. */
export const kubectlImage =
  'registry.k8s.io/kubectl:v1.34.1@sha256:59bafa07ff3a6d4b417e7633ddb9d79a9606ca98bf64bac080b3e65748669250';

/** Folder in memory with the manifests of the Secrets. */
export const secretManifests = '/run/agent/secrets';

interface SecretAccessProps {
  readonly workload: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly files: readonly AgentFile[];
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Role and RoleBinding of the init container that creates Secrets: exactly these Secrets, without permission to read them. RBAC
 * cannot limit a POST by name, because the name is in its body. Server-side apply is a PATCH of a named path: it needs `patch`,
 * and `create` on the same name if the Secret does not exist yet, and both can be limited by name.
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

/** Volume with the account's token for the API server. Only the init container that creates Secrets mounts it. */
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

/** Applies the manifests that the first init container wrote. */
export const secretContainer = (workload: string): Readonly<Record<string, unknown>> => ({
  name: 'secrets',
  image: kubectlImage,
  args: ['apply', '--server-side', `--field-manager=${workload}-agent`, `--filename=${secretManifests}`],
  volumeMounts: [
    { name: 'secret-manifests', mountPath: secretManifests, readOnly: true },
    { name: apiServerVolume.name, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
  ],
});
