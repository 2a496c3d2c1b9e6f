import type { z } from 'zod';

import { namespaceRule, objectNameRule } from '../rules/kubernetes';
import { annotations, somePeers, sourceRanges } from './kubernetes-parts';
import { oneOf } from './one-of';
import { flag, map, text, wholeNumber, word } from './parts';

const from = (where: string) =>
  somePeers().optional().describe(`Pods of the controller, for the NetworkPolicy. Default: those of ${where}.`);

const ingress = (ingressClass: string, namespace: string) =>
  map({
    ingressClass: text(objectNameRule).optional().describe(`Class of the Ingress. Default ${ingressClass}.`),
    redirect: flag()
      .optional()
      .describe('Whether HTTP is answered by a redirection to HTTPS; with haproxy-ingress always. Default true.'),
    from: from(`the namespace ${namespace}`),
  });

const traefik = map({
  entryPoint: text(objectNameRule).optional().describe('Entry point of clients. Default websecure.'),
  redirectEntryPoint: text(objectNameRule)
    .optional()
    .describe('Entry point whose requests are redirected to HTTPS, mostly web. Default: no redirection.'),
  from: from('the namespace traefik'),
});

const section = (what: string) => text(objectNameRule).optional().describe(`Name of the listener ${what}.`);

const gateway = map({
  name: text(objectNameRule).describe('Name of the Gateway.'),
  namespace: text(namespaceRule).describe('Namespace of the Gateway.'),
  section: section('with protocol TLS and mode Passthrough. Default: every one that fits'),
  redirect: map({
    name: text(objectNameRule).optional().describe('Name of the Gateway. Default: the same.'),
    namespace: text(namespaceRule).optional().describe('Namespace of the Gateway. Default: the same.'),
    section: section('with protocol HTTP. Default: every one that fits'),
  })
    .optional()
    .describe('Listener whose requests are redirected to HTTPS. Default: no redirection.'),
  apiVersion: word(['v1', 'v1alpha3', 'v1alpha2'])
    .optional()
    .describe('Version of TLSRoute that the controller reads. Default v1, which Gateway API 1.5 has.'),
  from: from('the namespace of the Gateway'),
});

const balancer = {
  sourceRanges: sourceRanges(),
  annotations: annotations().optional().describe('Annotations of the Service. Default: none.'),
};

/** How clients outside of Kubernetes reach the active server. */
export const exposureSchema = oneOf(['none'], {
  haproxy: ingress('haproxy', 'haproxy-controller').describe('The ingress controller of HAProxy Technologies.'),
  'haproxy-ingress': ingress('haproxy', 'ingress-controller').describe('The ingress controller haproxy-ingress.'),
  nginx: ingress('nginx', 'ingress-nginx').describe(
    'The controller ingress-nginx, with --enable-ssl-passthrough. It was retired in March 2026 and gets no fixes: for those who still run it.',
  ),
  traefik: traefik.describe('Traefik, by an IngressRouteTCP.'),
  gateway: gateway.describe('A Gateway, by a TLSRoute.'),
  'aws-nlb': map({
    scheme: word(['internal', 'internet-facing'])
      .optional()
      .describe('Where it can be reached from. Default internal.'),
    ...balancer,
  }).describe('A Network Load Balancer of AWS, by the AWS Load Balancer Controller.'),
  'load-balancer': map(balancer).describe('A load balancer of the cloud, by a Service.'),
  'node-port': map({
    nodePort: wholeNumber(1, 65_535).optional().describe('Port of every node. Default: one that is free.'),
    sourceRanges: sourceRanges(),
  }).describe('A port of every node.'),
});

export type ExposureFile = z.output<typeof exposureSchema>;
