import type { PodResources } from '../../model/cluster/kubernetes/parts';
import type { EnvironmentVariable, MountedVolume } from './server-part';

/** The `env` blocks of a container. */
export const environmentBlocks = (variables: readonly EnvironmentVariable[]): { name: string }[] =>
  variables.map(({ name, from }) => {
    if ('value' in from) return { name, value: from.value };
    return {
      name,
      valueFrom:
        'field' in from
          ? { fieldRef: { fieldPath: from.field } }
          : { secretKeyRef: { name: from.secret, key: from.key } },
    };
  });

/** The `volume_mount` blocks of a container. */
export const mountBlocks = (
  volumes: readonly MountedVolume[],
): { name: string; mountPath: string; readOnly: boolean }[] =>
  volumes.map(({ name, mountPath, source }) => ({ name, mountPath, readOnly: !('emptyDir' in source) }));

/** The `volume` blocks of a pod. Only the pod's group can read Secrets. */
export const volumeBlocks = (volumes: readonly MountedVolume[]): { name: string }[] =>
  volumes.map(({ name, source }) => {
    if ('emptyDir' in source) {
      const { emptyDir } = source;
      return { name, emptyDir: emptyDir === 'memory' ? { medium: 'Memory' } : { sizeLimit: emptyDir.sizeLimit } };
    }
    if ('serviceAccountToken' in source) return { name, projected: [{ defaultMode: '0440', sources: tokenSources }] };
    const items = Object.entries(source.items ?? {}).map(([key, path]) => ({ key, path }));
    const chosen = items.length > 0 ? { items } : {};
    if ('secret' in source) return { name, secret: { secretName: source.secret, defaultMode: '0440', ...chosen } };
    return { name, configMap: { name: source.configMap, defaultMode: '0444', ...chosen } };
  });

/**
 * What Kubernetes mounts by default, with a token that expires after an hour; kubelet renews it.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-token-volume
 */
const tokenSources = [
  { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } },
  { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  { downwardApi: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
];

/** The `resources` block of a container. */
export const resourceBlock = (resources: PodResources): object => ({
  requests: { cpu: resources.cpuRequest, memory: resources.memoryRequest },
  limits: {
    ...(resources.cpuLimit !== undefined && { cpu: resources.cpuLimit }),
    memory: resources.memoryLimit,
  },
});
