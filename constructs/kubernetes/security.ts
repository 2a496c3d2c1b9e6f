/** Both programs' images have a user of their own under these numbers. */
const user = '100';
const group = '1000';

/** The `security_context` block of a pod: nobody in it is root, and its group may read what is mounted. */
export const podSecurity = {
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: group,
  fsGroup: group,
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/** The `security_context` block of a container: no capability, and nothing of the image can be changed. */
export const containerSecurity = {
  // Said again: the provider fills in `false` otherwise, and `restricted` refuses the pod.
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] as string[] },
} as const;
