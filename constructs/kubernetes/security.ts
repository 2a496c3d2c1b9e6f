/** Ids of the user and group in the images of both programs. */
const user = '100';
const group = '1000';

/** The `security_context` block of a pod: no process runs as root, and the pod's group may read mounted files. */
export const podSecurity = {
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: group,
  fsGroup: group,
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/** The `security_context` block of a container: no capabilities, and a read-only root file system. */
export const containerSecurity = {
  // Repeated here: the provider sets `false` if it is omitted, and Pod Security `restricted` then rejects the pod.
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] as string[] },
} as const;
