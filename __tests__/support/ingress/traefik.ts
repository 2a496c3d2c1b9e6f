import type { Kubernetes } from '../kubernetes/kubernetes';
import { TestServers } from '../processes/test-servers';
import { testProgram } from '../programs/go-programs';
import { answersHttp, type RunningController } from './running-controller';
import { traefikProgram } from './traefik-program';

/** What Traefik looks for in Kubernetes. */
export interface TraefikSettings {
  /** Arguments that begin with `--providers.`. */
  readonly providers: readonly string[];
  /** Prepares the cluster for Traefik on these ports. */
  readonly prepare?: (ports: { readonly http: number; readonly https: number }) => Promise<void>;
}

/** Starts Traefik on this machine; it reaches pods as anybody outside of the cluster does. */
export async function startTraefik(kubernetes: Kubernetes, settings: TraefikSettings): Promise<RunningController> {
  const { path: command } = await testProgram(traefikProgram);
  return await TestServers.use('traefik', async (servers) => {
    const [http = 0, https = 0] = await servers.ports(2);
    await settings.prepare?.({ http, https });
    const traefik = await servers.start({
      name: 'traefik',
      command,
      args: [
        `--entrypoints.web.address=127.0.0.1:${http}`,
        `--entrypoints.websecure.address=127.0.0.1:${https}`,
        '--global.checknewversion=false',
        '--log.level=INFO',
        ...settings.providers,
      ],
      environment: { KUBECONFIG: kubernetes.kubeconfig },
    });
    await traefik.until('an answer', () => answersHttp(http));
    return { http, https, log: () => traefik.log(), stop: () => servers.dispose() };
  });
}
