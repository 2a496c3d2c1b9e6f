import { nodeBlocks } from './placement';
import { podSecurity } from './security';
import type { ServerContext } from './server-part';

/** What the pods of Jobs have in common: each runs once, on the servers' nodes, and has no token for Kubernetes. */
export const jobPod = ({ server }: Pick<ServerContext, 'server'>) =>
  ({
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity,
    ...(server.imagePullSecrets.length > 0 && {
      imagePullSecrets: server.imagePullSecrets.map((secret) => ({ name: secret })),
    }),
    ...nodeBlocks(server.placement),
  }) as const;
