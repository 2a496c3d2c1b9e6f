import { namespaceRule, objectNameRule } from '../../language/rules/kubernetes';
import { defined, flag, map, oneOf, optional, refuse, text, word, type Output } from '../../language/schema';
import { annotations, inNamespace, port, somePeers, sourceRanges } from './parts';

/** The pods of a controller that passes connections on to the servers. */
const controllerPods = (namespace: string) =>
  optional(somePeers, inNamespace(namespace)).describe('Pods of the controller, for the NetworkPolicy.');

/** @param namespace where the controller’s own instructions install it */
const ingress = (ingressClass: string, namespace: string) =>
  map({
    ingressClass: optional(text(objectNameRule), ingressClass).describe('Class of the Ingress.'),
    redirect: optional(flag, true).describe('Whether HTTP requests are redirected to HTTPS.'),
    from: controllerPods(namespace),
  });

const haproxy = ingress('haproxy', 'haproxy-controller').describe('The ingress controller of HAProxy Technologies.');

const haproxyIngress = ingress('haproxy', 'ingress-controller')
  .superRefine(({ redirect }, context) => {
    if (redirect) return;
    const message = 'haproxy-ingress always redirects HTTP when it passes TLS through';
    refuse(context, ['redirect'], 'true', { message, fix: 'remove redirect' });
  })
  .describe('The ingress controller haproxy-ingress, which always redirects HTTP requests to HTTPS.');

const nginx = ingress('nginx', 'ingress-nginx').describe(
  'The controller ingress-nginx with --enable-ssl-passthrough. It was retired in March 2026 and gets no more fixes: use it only if you already run it.',
);

const traefik = map({
  entryPoint: optional(text(objectNameRule), 'websecure').describe('Entry point that clients connect to.'),
  redirectEntryPoint: optional(text(objectNameRule)).describe(
    'Entry point whose requests are redirected to HTTPS, usually web. Default: no redirection.',
  ),
  from: controllerPods('traefik'),
}).describe('Traefik, with an IngressRouteTCP.');

const section = (protocol: string) =>
  optional(text(objectNameRule)).describe(`Name of the listener with ${protocol}. Default: every listener that fits.`);

const redirect = map({
  name: optional(text(objectNameRule)).describe('Name of the Gateway. Default: the same.'),
  namespace: optional(text(namespaceRule)).describe('Namespace of the Gateway. Default: the same.'),
  section: section('protocol HTTP'),
});

const gateway = map({
  name: text(objectNameRule).describe('Name of the Gateway.'),
  namespace: text(namespaceRule).describe('Namespace of the Gateway.'),
  section: section('protocol TLS and mode Passthrough'),
  redirect: optional(redirect).describe('Listener whose requests are redirected to HTTPS. Default: no redirection.'),
  apiVersion: optional(word(['v1', 'v1alpha3', 'v1alpha2']), 'v1').describe(
    'Version of TLSRoute that the controller reads; v1 requires Gateway API 1.5.',
  ),
  from: optional(somePeers).describe(
    'Pods of the controller, for the NetworkPolicy. Default: those in the namespace of the Gateway.',
  ),
})
  .transform(({ name, namespace, section: listener, redirect: redirected, apiVersion, from }) => ({
    gateway: { name, namespace, ...defined({ section: listener }) },
    ...(redirected !== undefined && { redirect: { name, namespace, ...redirected } }),
    apiVersion,
    from: from ?? inNamespace(namespace),
  }))
  .describe('A Gateway, with a TLSRoute.');

export type GatewayListener = Output<typeof gateway>['gateway'];

const loadBalancer = map({ sourceRanges, annotations }).describe('A load balancer of the cloud, with a Service.');

const awsNlb = map({
  scheme: optional(word(['internal', 'internet-facing']), 'internal').describe('Who can reach the load balancer.'),
  sourceRanges,
  annotations,
}).describe('A Network Load Balancer of AWS, created by the AWS Load Balancer Controller.');

const nodePort = map({
  nodePort: optional(port).describe('Port of every node. Default: any free port.'),
  sourceRanges,
}).describe('A port of every node.');

/** How clients outside of Kubernetes reach the active server. TLS always ends at the server. */
export const exposureSchema = oneOf(
  ['none'],
  {
    haproxy,
    'haproxy-ingress': haproxyIngress,
    nginx,
    traefik,
    gateway,
    'aws-nlb': awsNlb,
    'load-balancer': loadBalancer,
    'node-port': nodePort,
  },
  'controller',
);

export type Exposure = Output<typeof exposureSchema>;
