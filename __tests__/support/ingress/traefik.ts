import path from 'node:path';

import { lastLines } from '../../../files/private-files';
import { freePorts } from '../../../local/cluster/ports';
import { startDetached, waitUntil } from '../../../local/cluster/processes';
import { GuardedFolder } from '../../../local/guard/guarded-folder';
import type { Kubernetes } from '../kubernetes/kubernetes';
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
  const folder = GuardedFolder.create('traefik');
  try {
    const [http = 0, https = 0] = await freePorts(2, []);
    await settings.prepare?.({ http, https });
    const logFile = path.join(folder.directory, 'log');
    await startDetached({
      command,
      args: [
        `--entrypoints.web.address=127.0.0.1:${http}`,
        `--entrypoints.websecure.address=127.0.0.1:${https}`,
        '--global.checknewversion=false',
        '--log.level=INFO',
        ...settings.providers,
      ],
      directory: folder.directory,
      environment: { KUBECONFIG: kubernetes.kubeconfig },
      logFile,
      pidFile: folder.pidFile('traefik'),
    });
    if (!(await waitUntil(() => answersHttp(http), 30_000))) {
      throw new Error(`Traefik does not start:\n${lastLines(logFile, 0)}`);
    }
    return { http, https, log: () => lastLines(logFile, 0), stop: () => folder.dispose() };
  } catch (error) {
    await folder.dispose();
    throw error;
  }
}
