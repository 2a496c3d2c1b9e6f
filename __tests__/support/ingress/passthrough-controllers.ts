import type { Exposure } from '../../../model/cluster/kubernetes/exposure';
import type { NetworkPeer } from '../../../model/cluster/kubernetes/parts';
import { crdsOf, type DefinedBy } from '../kubernetes/custom-resource-definitions';
import type { Kubernetes } from '../kubernetes/kubernetes';
import { missingTestProgram } from '../programs/go-programs';
import { missingHaproxyIngress, startHaproxyIngress } from './haproxy-ingress';
import type { RunningController } from './running-controller';
import { startTraefik } from './traefik';
import { traefikProgram } from './traefik-program';

/** A controller that can run here, and how the inventory asks for it. */
export interface PassthroughController {
  readonly title: string;
  /** Why it cannot run here; undefined if it can. */
  readonly missing: () => string | undefined;
  /** Why it does not redirect HTTP although it is told to. @default - it does */
  readonly redirectMissing?: string;
  /** Starts it, with the definitions and classes that a cluster with this controller has. */
  readonly start: (kubernetes: Kubernetes) => Promise<RunningController>;
  readonly exposure: (from: readonly NetworkPeer[]) => Exposure;
}

const traefikMissing = (): string | undefined => missingTestProgram(traefikProgram);
const gateway = { name: 'passthrough', namespace: 'default' };

/** All that can be had: the controller of HAProxy Technologies cannot, and ingress-nginx only as Traefik plays it. */
export const passthroughControllers: readonly PassthroughController[] = [
  {
    title: 'Traefik by IngressRouteTCP',
    missing: traefikMissing,
    start: startByRoute,
    exposure: (from) => ({ controller: 'traefik', entryPoint: 'websecure', redirectEntryPoint: 'web', from }),
  },
  {
    title: 'Traefik by TLSRoute of the Gateway API',
    missing: traefikMissing,
    start: startByGateway,
    exposure: (from) => ({
      controller: 'gateway',
      gateway: { ...gateway, section: 'tls' },
      redirect: { ...gateway, section: 'http' },
      apiVersion: 'v1',
      from,
    }),
  },
  {
    title: 'Traefik in the place of ingress-nginx',
    missing: traefikMissing,
    redirectMissing: 'Traefik answers 404 where ingress-nginx would redirect',
    start: startByIngress,
    exposure: (from) => ({ controller: 'nginx', ingressClass: 'nginx', redirect: true, from }),
  },
  {
    title: 'haproxy-ingress',
    missing: missingHaproxyIngress,
    start: startHaproxy,
    exposure: (from) => ({ controller: 'haproxy-ingress', ingressClass: 'haproxy', redirect: true, from }),
  },
];

async function startByRoute(kubernetes: Kubernetes): Promise<RunningController> {
  await define(kubernetes, 'traefik');
  return await startTraefik(kubernetes, { providers: ['--providers.kubernetescrd'] });
}

async function startByGateway(kubernetes: Kubernetes): Promise<RunningController> {
  await define(kubernetes, 'gateway-api');
  const provider = '--providers.kubernetesgateway';
  return await startTraefik(kubernetes, {
    providers: [provider, `${provider}.experimentalchannel`],
    prepare: (ports) => makeGateway(kubernetes, ports),
  });
}

async function startByIngress(kubernetes: Kubernetes): Promise<RunningController> {
  await makeIngressClass(kubernetes, 'nginx', 'k8s.io/ingress-nginx');
  return await startTraefik(kubernetes, { providers: ['--providers.kubernetesingressnginx'] });
}

async function startHaproxy(kubernetes: Kubernetes): Promise<RunningController> {
  await makeIngressClass(kubernetes, 'haproxy', 'haproxy-ingress.github.io/controller');
  return await startHaproxyIngress(kubernetes);
}

async function define({ kubectl }: Kubernetes, project: DefinedBy): Promise<void> {
  const files = await crdsOf(project);
  await kubectl(['apply', '--server-side', '--force-conflicts', ...files.flatMap((file) => ['-f', file])]);
}

async function makeIngressClass(kubernetes: Kubernetes, name: string, controller: string): Promise<void> {
  await apply(kubernetes, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name },
    spec: { controller },
  });
}

interface GatewayPorts {
  readonly http: number;
  readonly https: number;
}

/** A Gateway whose listeners have the ports of Traefik's entry points, as it demands. */
async function makeGateway(kubernetes: Kubernetes, { http, https }: GatewayPorts): Promise<void> {
  const apiVersion = 'gateway.networking.k8s.io/v1';
  const everybody = { namespaces: { from: 'All' } };
  await apply(
    kubernetes,
    {
      apiVersion,
      kind: 'GatewayClass',
      metadata: { name: 'traefik' },
      spec: { controllerName: 'traefik.io/gateway-controller' },
    },
    {
      apiVersion,
      kind: 'Gateway',
      metadata: gateway,
      spec: {
        gatewayClassName: 'traefik',
        listeners: [
          { name: 'tls', protocol: 'TLS', port: https, tls: { mode: 'Passthrough' }, allowedRoutes: everybody },
          { name: 'http', protocol: 'HTTP', port: http, allowedRoutes: everybody },
        ],
      },
    },
  );
}

async function apply({ kubectl }: Kubernetes, ...items: readonly object[]): Promise<void> {
  await kubectl(['apply', '-f', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) });
}
