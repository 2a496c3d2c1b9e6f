import type { Exposure, NetworkPeer } from '../inventory';
import type { ExposureFile } from '../schema/kubernetes-exposure';
import type { PeerFile } from '../schema/kubernetes-parts';
import { defined } from './defined';
import { inNamespace, peersOr } from './kubernetes-parts';

/** Where each controller's own instructions put it, and the class it answers to. */
const customary = {
  haproxy: { namespace: 'haproxy-controller', ingressClass: 'haproxy' },
  'haproxy-ingress': { namespace: 'ingress-controller', ingressClass: 'haproxy' },
  nginx: { namespace: 'ingress-nginx', ingressClass: 'nginx' },
} as const;

export function resolveExposure(file: ExposureFile): Exposure {
  if (file === 'none') return { controller: 'none' };
  if ('haproxy' in file) return ingress('haproxy', file.haproxy);
  if ('haproxy-ingress' in file) return ingress('haproxy-ingress', file['haproxy-ingress']);
  if ('nginx' in file) return ingress('nginx', file.nginx);
  if ('traefik' in file) {
    const { entryPoint = 'websecure', redirectEntryPoint, from } = file.traefik;
    return {
      controller: 'traefik',
      ...defined({ entryPoint, redirectEntryPoint }),
      from: controllerPods(from, 'traefik'),
    };
  }
  if ('gateway' in file) return gateway(file.gateway);
  if ('aws-nlb' in file) {
    const { scheme = 'internal', sourceRanges, annotations = {} } = file['aws-nlb'];
    return { controller: 'aws-nlb', scheme, sourceRanges, annotations };
  }
  if ('load-balancer' in file) {
    const { sourceRanges, annotations = {} } = file['load-balancer'];
    return { controller: 'load-balancer', sourceRanges, annotations };
  }
  const { nodePort, sourceRanges } = file['node-port'];
  return { controller: 'node-port', ...defined({ nodePort }), sourceRanges };
}

function ingress(
  controller: keyof typeof customary,
  file: { ingressClass?: string | undefined; redirect?: boolean | undefined; from?: PeerFile[] | undefined },
): Exposure {
  const { namespace, ingressClass } = customary[controller];
  return {
    controller,
    ingressClass: file.ingressClass ?? ingressClass,
    redirect: file.redirect ?? true,
    from: controllerPods(file.from, namespace),
  };
}

function gateway(file: Extract<ExposureFile, { gateway: object }>['gateway']): Exposure {
  const { name, namespace, section, redirect, apiVersion = 'v1', from } = file;
  return {
    controller: 'gateway',
    gateway: { name, namespace, ...defined({ section }) },
    ...(redirect !== undefined && { redirect: { name, namespace, ...defined(redirect) } }),
    apiVersion,
    from: controllerPods(from, namespace),
  };
}

const controllerPods = (from: readonly PeerFile[] | undefined, namespace: string): readonly NetworkPeer[] =>
  peersOr(from, inNamespace(namespace));
