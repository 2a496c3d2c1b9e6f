import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

import type { Kubernetes } from '../kubernetes/kubernetes';
import { TestServers } from '../processes/test-servers';
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
  return await TestServers.use('haproxy-ingress', async (servers) => {
    const [http = 0, https = 0, stats = 0, health = 0] = await servers.ports(4);
    await configure(kubernetes, {
      ...{ 'http-port': http, 'https-port': https, 'stats-port': stats, 'healthz-port': health },
      ...{ 'bind-ip-addr-http': '127.0.0.1', 'bind-ip-addr-healthz': '127.0.0.1', 'bind-ip-addr-stats': '127.0.0.1' },
    });
    // What its image holds: templates and scripts, and in `etc/haproxy` what the controller writes for HAProxy to read.
    const rootfs = servers.folder('rootfs');
    cpSync(path.join(await sources(), 'rootfs'), rootfs, { recursive: true });
    for (const each of ['etc/haproxy', 'var/run/haproxy', 'var/lib/haproxy']) {
      mkdirSync(path.join(servers.directory, each), { recursive: true });
    }
    cpSync(path.join(rootfs, 'etc', 'lua'), path.join(servers.directory, 'etc', 'haproxy', 'lua'), { recursive: true });
    const configuration = path.join(servers.directory, 'etc', 'haproxy');
    writeFileSync(
      path.join(configuration, 'haproxy.cfg'),
      'defaults\n  timeout server 1s\n  timeout client 1s\n  timeout connect 1s\n',
    );
    const socket = path.join(servers.directory, 'var', 'run', 'haproxy', 'master.sock');
    // HAProxy is started here and not by the controller, so that it ends with this process whatever becomes of the controller.
    await servers.start({
      name: 'haproxy',
      command: systemProgram('haproxy') ?? 'haproxy',
      args: ['-W', '-S', `${socket},mode,600`, '-f', configuration],
    });
    const controller = await servers.start({
      name: 'controller',
      command,
      args: [
        ...['--kubeconfig', kubernetes.kubeconfig, '--local-filesystem-prefix', servers.directory],
        ...['--master-socket', socket, '--configmap', `${settings.namespace}/${settings.name}`],
        ...['--ingress-class', 'haproxy', '--update-status=false', '--enable-endpointslices-api'],
      ],
      environment: { GODEBUG: 'httpmuxgo121=1', PATH: process.env.PATH ?? '', POD_NAMESPACE: settings.namespace },
    });
    await controller.until('an answer', () => answersHttp(http));
    return { http, https, log: () => controller.log(), stop: () => servers.dispose() };
  });
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
