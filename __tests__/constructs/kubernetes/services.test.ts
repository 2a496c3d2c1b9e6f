import { serverContext } from '../../../constructs/kubernetes/server-part';
import { ServerServices } from '../../../constructs/kubernetes/services';
import type { KubernetesServer } from '../../../model/cluster/kubernetes/server';
import type { Dialect } from '../../../model/dialect';
import { cluster, kubernetesServer } from '../../support/inventory/model';
import { kubernetesTemplate } from '../../support/template/kubernetes-template';

interface Service {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly selector: Record<string, string>;
    readonly publish_not_ready_addresses?: boolean;
    readonly cluster_ip?: string;
    readonly port: readonly { readonly name: string; readonly port: number; readonly app_protocol: string }[];
  };
}

const services = (dialect: Dialect, over: Partial<KubernetesServer> = {}): Record<string, Service> => {
  const template = kubernetesTemplate((scope) => {
    new ServerServices(scope, 'services', { context: serverContext(cluster({ dialect }), kubernetesServer(over)) });
  });
  const all = Object.values(template.resources('kubernetes_service_v1')) as unknown as Service[];
  return Object.fromEntries(all.map((service) => [service.metadata.name, service]));
};

describe.each(['openbao', 'vault'] as const)('the Services of %s', (dialect) => {
  it('give each server a DNS name, sealed or not', () => {
    const { spec } = services(dialect)[`${dialect}-peers`]!;
    expect(spec).toMatchObject({ cluster_ip: 'None', publish_not_ready_addresses: true });
    expect(spec.port.map(({ port, app_protocol: protocol }) => [port, protocol])).toEqual([
      [8200, 'https'],
      [8201, 'tls'],
    ]);
  });

  it.each([
    ['active', 'true'],
    ['standby', 'false'],
  ])('lead to %s servers that are ready, by the label that each puts on itself', (role, value) => {
    const { spec } = services(dialect)[`${dialect}-${role}`]!;
    expect(spec.selector).toMatchObject({ [`${dialect}-active`]: value, 'app.kubernetes.io/component': 'server' });
    expect(spec.publish_not_ready_addresses).toBeUndefined();
    expect(spec.port.map(({ port }) => port)).toEqual([8200]);
  });
});

describe('the Service of the peers', () => {
  it('has a metrics port if monitoring is set', () => {
    const monitoring = { from: [], labels: {}, serviceMonitor: true, rules: true };
    const { spec } = services('openbao', { monitoring })['openbao-peers']!;
    expect(spec.port.find(({ name }) => name === 'metrics')).toMatchObject({ port: 9102, app_protocol: 'https' });
  });
});
