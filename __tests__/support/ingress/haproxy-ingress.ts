import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

import { lastLines } from '../../../files/private-files';
import { freePorts } from '../../../local/cluster/ports';
import { startDetached, waitUntil } from '../../../local/cluster/processes';
import { GuardedFolder } from '../../../local/guard/guarded-folder';
import type { Kubernetes } from '../kubernetes/kubernetes';
import { missingTestProgram, testProgram } from '../programs/go-programs';
import { systemProgram } from '../programs/programs';
import { haproxyIngressProgram } from './haproxy-ingress-program';
import { answersHttp, type RunningController } from './running-controller';

/** Why haproxy-ingress cannot run here; undefined if it can. */
export const missingHaproxyIngress = (): string | undefined =>
  systemProgram('haproxy') === undefined
    ? 'haproxy is not installed (Debian: haproxy)'
    : missingTestProgram(haproxyIngressProgram);

const settings = { namespace: 'default', name: 'haproxy-ingress' };

/** Starts HAProxy and its controller on this machine; it reaches pods as anybody outside of the cluster does. */
export async function startHaproxyIngress(kubernetes: Kubernetes): Promise<RunningController> {
  const { path: command } = await testProgram(haproxyIngressProgram);
  const folder = GuardedFolder.create('haproxy-ingress');
  try {
    const [http = 0, https = 0, stats = 0, health = 0] = await freePorts(4, []);
    await configure(kubernetes, {
      ...{ 'http-port': http, 'https-port': https, 'stats-port': stats, 'healthz-port': health },
      ...{ 'bind-ip-addr-http': '127.0.0.1', 'bind-ip-addr-healthz': '127.0.0.1', 'bind-ip-addr-stats': '127.0.0.1' },
    });
    // What its image holds: templates and scripts, and in `etc/haproxy` what the controller writes for HAProxy to read.
    const rootfs = folder.folder('rootfs');
    cpSync(path.join(await sources(), 'rootfs'), rootfs, { recursive: true });
    for (const each of ['etc/haproxy', 'var/run/haproxy', 'var/lib/haproxy']) {
      mkdirSync(path.join(folder.directory, each), { recursive: true });
    }
    cpSync(path.join(rootfs, 'etc', 'lua'), path.join(folder.directory, 'etc', 'haproxy', 'lua'), { recursive: true });
    const configuration = path.join(folder.directory, 'etc', 'haproxy');
    writeFileSync(
      path.join(configuration, 'haproxy.cfg'),
      'defaults\n  timeout server 1s\n  timeout client 1s\n  timeout connect 1s\n',
    );
    const socket = path.join(folder.directory, 'var', 'run', 'haproxy', 'master.sock');
    const logFile = path.join(folder.directory, 'log');
    const common = { directory: folder.directory, logFile };
    // HAProxy is started here and not by the controller, so that it ends with this process whatever becomes of the controller.
    await startDetached({
      ...common,
      command: systemProgram('haproxy') ?? 'haproxy',
      args: ['-W', '-S', `${socket},mode,600`, '-f', configuration],
      environment: {},
      pidFile: folder.pidFile('haproxy'),
    });
    await startDetached({
      ...common,
      command,
      args: [
        ...['--kubeconfig', kubernetes.kubeconfig, '--local-filesystem-prefix', folder.directory],
        ...['--master-socket', socket, '--configmap', `${settings.namespace}/${settings.name}`],
        ...['--ingress-class', 'haproxy', '--update-status=false', '--enable-endpointslices-api'],
      ],
      environment: { GODEBUG: 'httpmuxgo121=1', PATH: process.env.PATH ?? '', POD_NAMESPACE: settings.namespace },
      pidFile: folder.pidFile('controller'),
    });
    if (!(await waitUntil(() => answersHttp(http), 30_000))) {
      throw new Error(`haproxy-ingress does not start:\n${lastLines(logFile, 0)}`);
    }
    return { http, https, log: () => lastLines(logFile, 0), stop: () => folder.dispose() };
  } catch (error) {
    await folder.dispose();
    throw error;
  }
}

/** Its settings for the whole controller, which it reads from a ConfigMap. */
async function configure({ kubectl }: Kubernetes, data: Readonly<Record<string, string | number>>): Promise<void> {
  const text = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, String(value)]));
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: settings, data: text };
  await kubectl(['apply', '-f', '-'], { input: JSON.stringify(map) });
}

/** Folder of the module, in Go's own cache. */
async function sources(): Promise<string> {
  const { module, version } = haproxyIngressProgram.source;
  const { stdout } = await execa('go', ['mod', 'download', '-json', `${module}@${version}`], {
    env: { GOFLAGS: '', GOWORK: 'off', GONOSUMDB: module },
  });
  return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
}
