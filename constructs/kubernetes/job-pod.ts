import { nodeBlocks } from './placement';
import { podSecurity } from './security';
import type { ServerContext } from './server-part';

/** Common settings of Jobs' pods: they run once, on the servers' nodes, without a token for the Kubernetes API. */
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
