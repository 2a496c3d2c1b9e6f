import { dialects } from '../model/dialect';
import type { Dialect } from '../model/dialect';
import { configurationFile } from './agent-files';
import { containerLayout, containerUser } from './containers';
import type { KubernetesAccount } from './kubernetes-account';
import { apiServerVolume, secretContainer, secretManifests } from './kubernetes-secrets';

/** Folder of the ServiceAccount token that the agent logs in with. */
export const serviceAccountToken = '/var/run/secrets/vault';

/** Folder in memory with the server's token, which the agent writes for the program. */
const tokenFolder = '/etc/vault';
export const tokenFile = `${tokenFolder}/token`;

/** Input of an agent's manifests. */
export interface Workload extends KubernetesAccount {
  /** Name of the Deployment, and prefix of the other names. */
  readonly name: string;
  readonly dialect: Dialect;
  readonly labels: Readonly<Record<string, string>>;
  /** Folder of the files. */
  readonly directory: string;
  /** Whether the agent sends signals to the program. */
  readonly sharesProcesses: boolean;
  readonly secrets: boolean;
}

interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
}

/** Placeholder for the program: it does nothing. */
export const programImage =
  'registry.k8s.io/pause:3.10@sha256:ee6521f290b2168b6e0935a181d4cff9be1ac3f505666ef0e3c98fae8199917a';

/** Pod Security `restricted`, and a read-only root file system. */
const restricted = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const;

const memory = (name: string) => ({ name, emptyDir: { medium: 'Memory', sizeLimit: '4Mi' } });

/** Mounts of the token and the files: one if the folder of the files is in that of the token. */
function sharedMounts({ directory }: Workload): Mount[] {
  const token = { name: 'token', mountPath: tokenFolder };
  const inside = directory === tokenFolder || directory.startsWith(`${tokenFolder}/`);
  return inside ? [token] : [token, { name: 'files', mountPath: directory }];
}

/**
 * A Deployment in which an agent logs in, writes token and files to memory, and renews them beside the program. Only the
 * containers that need a ServiceAccount token get one: the program gets none.
 *
 * @param checksum of the configuration: a changed one replaces the pods
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export function deployment(workload: Workload, checksum: string): unknown {
  const { name, namespace, labels } = workload;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: { 'checksum/configuration': checksum } },
        spec: pod(workload),
      },
    },
  };
}

function pod(workload: Workload): unknown {
  const { name, serviceAccount, audience, secrets, sharesProcesses } = workload;
  const shared = sharedMounts(workload);
  const files = shared.some((mount) => mount.name === 'files');
  const volumes = [
    memory('token'),
    ...(files ? [memory('files')] : []),
    { name: 'configuration', configMap: { name: `${name}-agent` } },
    {
      name: 'service-account',
      projected: { sources: [{ serviceAccountToken: { path: 'token', audience, expirationSeconds: 600 } }] },
    },
    ...(secrets ? [memory('secret-manifests'), apiServerVolume] : []),
  ];
  const manifests = secrets ? [{ name: 'secret-manifests', mountPath: secretManifests }] : [];
  return {
    serviceAccountName: serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...(sharesProcesses && { shareProcessNamespace: true }),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: containerUser,
      runAsGroup: containerUser,
      fsGroup: containerUser,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    initContainers: [
      agentContainer(workload, 'login', [...shared, ...manifests]),
      ...(secrets ? [{ ...secretContainer(name), resources, securityContext: restricted }] : []),
      { ...agentContainer(workload, 'renew', shared), restartPolicy: 'Always' },
    ],
    containers: [
      {
        name: 'program',
        image: programImage,
        securityContext: restricted,
        volumeMounts: shared.map((mount) => ({ ...mount, readOnly: true })),
      },
    ],
    volumes,
  };
}

const resources = { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } } as const;

function agentContainer(
  { dialect }: Workload,
  name: string,
  mounts: readonly Mount[],
): Readonly<Record<string, unknown>> {
  const { binary, image } = dialects[dialect];
  const { configuration } = containerLayout;
  return {
    name,
    image,
    command: [binary, 'agent', `-config=${configurationFile(containerLayout, name)}`],
    resources,
    securityContext: restricted,
    volumeMounts: [
      { name: 'configuration', mountPath: configuration, readOnly: true },
      { name: 'service-account', mountPath: serviceAccountToken, readOnly: true },
      ...mounts,
    ],
  };
}
