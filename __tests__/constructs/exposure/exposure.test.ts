import { createExposure } from '../../../constructs/exposure/exposure';
import { serverContext } from '../../../constructs/kubernetes/server-part';
import type { Cluster } from '../../../model/cluster/cluster';
import type { Exposure } from '../../../model/cluster/kubernetes/exposure';
import type { NetworkPeer } from '../../../model/cluster/kubernetes/parts';
import { cluster, kubernetesServer } from '../../support/inventory/model';
import { kubernetesTemplate } from '../../support/template/kubernetes-template';
import type { Template } from '../../support/template/template';

const from: readonly NetworkPeer[] = [{ namespaces: { 'kubernetes.io/metadata.name': 'ingress' } }];
const address = 'https://bao.example.com';

interface Bound {
  readonly template: Template;
  readonly from: readonly NetworkPeer[];
}

function bind(exposure: Exposure, over: Partial<Cluster> = {}): Bound {
  let peers: readonly NetworkPeer[] = [];
  const template = kubernetesTemplate((scope) => {
    const context = serverContext(cluster({ address, ...over }), kubernetesServer({ exposure }));
    peers = createExposure(exposure).bind(scope, context).from;
  });
  return { template, from: peers };
}

/** Custom objects by kind, as they are given to Kubernetes. */
const objects = ({ template }: Bound): Record<string, { metadata: object; spec: unknown }> =>
  Object.fromEntries(
    Object.values(template.resources('kubernetes_manifest')).map(({ manifest }) => {
      const object = manifest as { kind: string; metadata: object; spec: unknown };
      return [object.kind, object];
    }),
  );

describe('an Ingress', () => {
  const ingress = (
    controller: 'haproxy' | 'haproxy-ingress' | 'nginx',
    redirect = true,
    over: Partial<Cluster> = {},
  ): Bound => bind({ controller, ingressClass: 'outside', redirect, from }, over);

  it.each(['haproxy', 'haproxy-ingress', 'nginx'] as const)(
    'of %s leads the name in the address to the active server, ends no TLS, and says who connects',
    (controller) => {
      const bound = ingress(controller);
      const active = { service: { name: 'openbao-active', port: { number: 8200 } } };
      expect(bound.template.resource('kubernetes_ingress_v1')).toMatchObject({
        metadata: { name: 'openbao', namespace: 'openbao-nonprod' },
        wait_for_load_balancer: false,
      });
      expect(bound.template.resource('kubernetes_ingress_v1').spec).toEqual({
        ingress_class_name: 'outside',
        rule: [{ host: 'bao.example.com', http: { path: [{ path: '/', path_type: 'Prefix', backend: active }] } }],
      });
      expect(bound.from).toEqual(from);
    },
  );

  const annotations = (...parameters: Parameters<typeof ingress>): object =>
    (ingress(...parameters).template.resource('kubernetes_ingress_v1').metadata as { annotations: object }).annotations;

  it('configures haproxytech’s controller to redirect to the port of the address', () => {
    expect(annotations('haproxy')).toEqual({
      'haproxy.org/ssl-passthrough': 'true',
      'haproxy.org/ssl-redirect': 'true',
      'haproxy.org/ssl-redirect-port': '443',
    });
    expect(annotations('haproxy', true, { address: `${address}:8200` })).toMatchObject({
      'haproxy.org/ssl-redirect-port': '8200',
    });
    expect(annotations('haproxy', false)).toEqual({ 'haproxy.org/ssl-passthrough': 'true' });
  });

  it('configures haproxy-ingress for passthrough only, because it redirects by default', () => {
    expect(annotations('haproxy-ingress')).toEqual({ 'haproxy-ingress.github.io/ssl-passthrough': 'true' });
    expect(() => ingress('haproxy-ingress', false)).toThrow(/always redirects.*\n.*redirect: false/);
    const both = () => ingress('haproxy-ingress', false, { address: 'https://10.0.0.1' });
    expect(both).toThrow(/routes by server name[^]*always redirects/);
  });

  it('configures ingress-nginx for passthrough, with HTTPS to the servers', () => {
    const passthrough = {
      'nginx.ingress.kubernetes.io/ssl-passthrough': 'true',
      'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS',
    };
    expect(annotations('nginx', false)).toEqual(passthrough);
    expect(annotations('nginx')).toEqual({
      ...passthrough,
      'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true',
    });
  });

  it.each(['https://10.0.0.5:8200', 'https://[2001:db8::5]'])('needs a name, which %s is not', (given) => {
    expect(() => ingress('nginx', true, { address: given })).toThrow(/routes by server name/);
  });
});

describe('Traefik', () => {
  const traefik = (redirectEntryPoint?: string, over: Partial<Cluster> = {}): Bound =>
    bind(
      {
        controller: 'traefik',
        entryPoint: 'websecure',
        from,
        ...(redirectEntryPoint !== undefined && { redirectEntryPoint }),
      },
      over,
    );

  it('minimal: TLS passthrough by SNI', () => {
    expect(Object.keys(objects(traefik()))).toEqual(['IngressRouteTCP']);
    expect(objects(traefik()).IngressRouteTCP?.spec).toEqual({
      entryPoints: ['websecure'],
      routes: [{ match: 'HostSNI(`bao.example.com`)', services: [{ name: 'openbao-active', port: 8200 }] }],
      tls: { passthrough: true },
    });
    expect(traefik().from).toEqual(from);
  });

  it('maximal: redirects HTTP of that host only', () => {
    const { IngressRoute, Middleware } = objects(traefik('web'));
    expect(Middleware).toMatchObject({
      metadata: { name: 'openbao-to-https' },
      spec: { redirectScheme: { scheme: 'https', permanent: true } },
    });
    expect(IngressRoute?.spec).toEqual({
      entryPoints: ['web'],
      routes: [
        {
          kind: 'Rule',
          match: 'Host(`bao.example.com`)',
          middlewares: [{ name: 'openbao-to-https' }],
          services: [{ kind: 'TraefikService', name: 'noop@internal' }],
        },
      ],
    });
  });

  it('redirects to the port of the address', () => {
    expect(objects(traefik('web', { address: `${address}:8200` })).Middleware?.spec).toEqual({
      redirectScheme: { scheme: 'https', permanent: true, port: '8200' },
    });
  });
});

describe('a Gateway', () => {
  const listener = { name: 'outside', namespace: 'gateways' };

  it('minimal: TLS passthrough by SNI, in the requested API version', () => {
    const bound = bind({ controller: 'gateway', gateway: listener, apiVersion: 'v1alpha2', from });
    expect(Object.keys(objects(bound))).toEqual(['TLSRoute']);
    expect(objects(bound).TLSRoute).toMatchObject({
      apiVersion: 'gateway.networking.k8s.io/v1alpha2',
      spec: {
        parentRefs: [{ name: 'outside', namespace: 'gateways' }],
        hostnames: ['bao.example.com'],
        rules: [{ backendRefs: [{ name: 'openbao-active', port: 8200 }] }],
      },
    });
    expect(bound.from).toEqual(from);
  });

  it('maximal: listeners and a redirect', () => {
    const bound = bind({
      controller: 'gateway',
      gateway: { ...listener, section: 'tls' },
      redirect: { ...listener, section: 'http' },
      apiVersion: 'v1',
      from,
    });
    expect(objects(bound).TLSRoute?.spec).toMatchObject({ parentRefs: [{ ...listener, sectionName: 'tls' }] });
    expect(objects(bound).HTTPRoute?.spec).toEqual({
      parentRefs: [{ ...listener, sectionName: 'http' }],
      hostnames: ['bao.example.com'],
      rules: [
        {
          filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', port: 443, statusCode: 301 } }],
        },
      ],
    });
  });
});

describe('a network load balancer of AWS', () => {
  const sourceRanges = ['10.0.0.0/8'];
  const service = (annotations: Record<string, string> = {}) => {
    const bound = bind({ controller: 'aws-nlb', scheme: 'internal', sourceRanges, annotations });
    return {
      from: bound.from,
      ...(bound.template.resource('kubernetes_service_v1') as {
        metadata: { annotations: Record<string, string> };
        spec: object;
      }),
    };
  };
  const annotation = (name: string): string => `service.beta.kubernetes.io/aws-load-balancer-${name}`;

  it('registers all servers as targets, and only the active one is healthy', () => {
    const { metadata, spec } = service();
    expect(spec).toEqual({
      type: 'LoadBalancer',
      selector: {
        'app.kubernetes.io/name': 'openbao',
        'app.kubernetes.io/instance': 'nonprod',
        'app.kubernetes.io/component': 'server',
      },
      load_balancer_source_ranges: sourceRanges,
      allocate_load_balancer_node_ports: false,
      port: [{ name: 'https', protocol: 'TCP', port: 443, target_port: '8200' }],
    });
    expect(metadata.annotations).toMatchObject({
      [annotation('healthcheck-protocol')]: 'HTTPS',
      [annotation('healthcheck-path')]: '/v1/sys/health',
      [annotation('healthcheck-success-codes')]: '200',
    });
  });

  it('is internal, forwards TCP to pods with client addresses, and does not terminate TLS', () => {
    const { metadata, from: peers } = service();
    expect(metadata.annotations).toMatchObject({
      [annotation('type')]: 'external',
      [annotation('scheme')]: 'internal',
      [annotation('nlb-target-type')]: 'ip',
      [annotation('target-group-attributes')]: expect.stringContaining('preserve_client_ip.enabled=true') as string,
    });
    expect(Object.keys(metadata.annotations).join()).not.toMatch(/ssl|backend-protocol/);
    expect(peers).toEqual([{ cidr: '10.0.0.0/8' }]);
  });

  it('accepts additional annotations', () => {
    const name = annotation('name');
    expect(service({ [name]: 'bao', [annotation('scheme')]: 'internet-facing' }).metadata.annotations).toMatchObject({
      [name]: 'bao',
      [annotation('scheme')]: 'internet-facing',
    });
  });
});

describe('a plain Service', () => {
  const sourceRanges = ['10.0.0.0/8', '192.168.0.0/16'];
  const active = {
    'app.kubernetes.io/name': 'openbao',
    'app.kubernetes.io/instance': 'nonprod',
    'app.kubernetes.io/component': 'server',
    'openbao-active': 'true',
  };

  it('LoadBalancer: selects the active server and keeps client addresses', () => {
    const bound = bind({ controller: 'load-balancer', sourceRanges, annotations: { note: 'text' } });
    const { metadata, spec, ...rest } = bound.template.resource('kubernetes_service_v1');
    expect(metadata).toMatchObject({ name: 'openbao-load-balancer', annotations: { note: 'text' } });
    expect(spec).toEqual({
      type: 'LoadBalancer',
      selector: active,
      external_traffic_policy: 'Local',
      load_balancer_source_ranges: sourceRanges,
      port: [{ name: 'https', protocol: 'TCP', port: 443, target_port: '8200' }],
    });
    // A new cluster has to come up whether or not somebody provides load balancers already.
    expect(rest).toMatchObject({ wait_for_load_balancer: false });
    expect(bound.from).toEqual(sourceRanges.map((cidr) => ({ cidr })));
  });

  it('NodePort: a given port or any', () => {
    const spec = (nodePort?: number): unknown =>
      bind({
        controller: 'node-port',
        sourceRanges,
        ...(nodePort !== undefined && { nodePort }),
      }).template.resource('kubernetes_service_v1').spec;
    expect(spec()).toEqual({
      type: 'NodePort',
      selector: active,
      external_traffic_policy: 'Local',
      port: [{ name: 'https', protocol: 'TCP', port: 443, target_port: '8200' }],
    });
    expect(spec(30_820)).toMatchObject({ port: [{ node_port: 30_820 }] });
  });
});

it('has another name for each type, because Kubernetes cannot convert one type to another', () => {
  const sourceRanges = ['10.0.0.0/8'];
  const bound = [
    bind({ controller: 'aws-nlb', scheme: 'internal', sourceRanges, annotations: {} }),
    bind({ controller: 'load-balancer', sourceRanges, annotations: {} }),
    bind({ controller: 'node-port', sourceRanges }),
  ];
  const names = bound.map(
    ({ template }) => (template.resource('kubernetes_service_v1').metadata as { name: string }).name,
  );
  expect(names).toEqual(['openbao-aws-nlb', 'openbao-load-balancer', 'openbao-node-port']);
  expect(new Set(bound.flatMap(({ template }) => template.addresses)).size).toBe(3);
});

it('no exposure creates nothing', () => {
  const bound = bind({ controller: 'none' });
  expect(bound.template.addresses).toEqual([]);
  expect(bound.from).toEqual([]);
});
