import { NetworkPolicies } from '../../../constructs/kubernetes/network-policies';
import { PodPolicy, type PodPolicyProps } from '../../../constructs/kubernetes/pod-policy';
import { serverContext } from '../../../constructs/kubernetes/server-part';
import type { KubernetesServer } from '../../../model/cluster/kubernetes/server';
import { cluster, kubernetesServer } from '../../support/inventory/model';
import { kubernetesTemplate } from '../../support/template/kubernetes-template';
import type { Template } from '../../support/template/template';

interface Policy {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly pod_selector: { readonly match_labels?: Record<string, string> };
    readonly policy_types: readonly string[];
    readonly ingress?: readonly object[];
    readonly egress?: readonly object[];
  };
}

const policiesIn = (template: Template): Record<string, Policy> =>
  Object.fromEntries(
    Object.values(template.resources('kubernetes_network_policy_v1') as unknown as Record<string, Policy>).map(
      (policy) => [policy.metadata.name, policy],
    ),
  );

const servers = {
  'app.kubernetes.io/name': 'openbao',
  'app.kubernetes.io/instance': 'nonprod',
  'app.kubernetes.io/component': 'server',
};
const tcp = (port: number): object => ({ port: String(port), protocol: 'TCP' });

describe('NetworkPolicies', () => {
  const policies = (
    over: Partial<KubernetesServer> = {},
    others: Partial<ConstructorParameters<typeof NetworkPolicies>[2]> = {},
  ): Record<string, Policy> =>
    policiesIn(
      kubernetesTemplate((scope) => {
        const context = serverContext(cluster(), kubernetesServer(over));
        new NetworkPolicies(scope, 'policies', { context, exposedTo: [], egress: [], ...others });
      }),
    );

  it('denies all ingress and egress of every pod in the namespace', () => {
    expect(policies()['openbao-deny-all']).toMatchObject({
      metadata: { namespace: 'openbao-nonprod' },
      spec: { pod_selector: {}, policy_types: ['Ingress', 'Egress'] },
    });
    expect(policies()['openbao-deny-all']?.spec).toEqual({ pod_selector: {}, policy_types: ['Ingress', 'Egress'] });
  });

  it('allows DNS for every pod, also from a node-local cache', () => {
    const dns = (app: string) => ({
      namespace_selector: { match_labels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      pod_selector: { match_labels: { 'k8s-app': app } },
    });
    expect(policies()['openbao-names']?.spec).toEqual({
      pod_selector: {},
      policy_types: ['Egress'],
      egress: [
        {
          to: [dns('kube-dns'), dns('node-local-dns'), { ip_block: { cidr: '169.254.0.0/16' } }],
          ports: [
            { port: '53', protocol: 'UDP' },
            { port: '53', protocol: 'TCP' },
          ],
        },
      ],
    });
  });

  it('allows clients and the exposure to reach the API port only', () => {
    const all = policies({ clients: [{ namespaces: { team: 'a' } }] }, { exposedTo: [{ cidr: '10.1.0.0/16' }] });
    expect(all['openbao-clients']?.spec).toEqual({
      pod_selector: { match_labels: servers },
      policy_types: ['Ingress'],
      ingress: [
        {
          from: [{ namespace_selector: { match_labels: { team: 'a' } } }, { ip_block: { cidr: '10.1.0.0/16' } }],
          ports: [tcp(8200)],
        },
      ],
    });
  });

  it('has no rule without peers, which would allow everything', () => {
    expect(Object.keys(policies({ clients: [] })).sort()).toEqual([
      'openbao-deny-all',
      'openbao-names',
      'openbao-peers',
      'openbao-to-api-server',
    ]);
  });

  it('allows servers to reach each other on the cluster port only', () => {
    const rule = { ports: [tcp(8201)] };
    const peers = [{ pod_selector: { match_labels: servers } }];
    expect(policies()['openbao-peers']?.spec).toEqual({
      pod_selector: { match_labels: servers },
      policy_types: ['Ingress', 'Egress'],
      ingress: [{ from: peers, ...rule }],
      egress: [{ to: peers, ...rule }],
    });
  });

  it('allows only monitoring to reach the metrics port', () => {
    expect(policies()).not.toHaveProperty('openbao-metrics');
    const monitoring = {
      from: [{ namespaces: { app: 'monitoring' }, pods: { app: 'prometheus' } }],
      labels: {},
      serviceMonitor: true,
      rules: true,
    };
    expect(policies({ monitoring })['openbao-metrics']?.spec.ingress).toEqual([
      {
        from: [
          {
            namespace_selector: { match_labels: { app: 'monitoring' } },
            pod_selector: { match_labels: { app: 'prometheus' } },
          },
        ],
        ports: [tcp(9102)],
      },
    ]);
  });

  it('allows servers to reach the API server and what their parts require', () => {
    const all = policies(
      { apiServer: { peers: [{ cidr: '10.0.0.1/32' }], port: 6443 } },
      { egress: [{ purpose: 'database', peers: [{ cidr: '10.20.0.0/24' }], port: 5432 }] },
    );
    expect(all['openbao-to-api-server']?.spec.egress).toEqual([
      { to: [{ ip_block: { cidr: '10.0.0.1/32' } }], ports: [tcp(6443)] },
    ]);
    expect(all['openbao-to-database']?.spec).toEqual({
      pod_selector: { match_labels: servers },
      policy_types: ['Egress'],
      egress: [{ to: [{ ip_block: { cidr: '10.20.0.0/24' } }], ports: [tcp(5432)] }],
    });
  });
});

describe('PodPolicy', () => {
  const policy = (props: Partial<PodPolicyProps>): Record<string, Policy> =>
    policiesIn(
      kubernetesTemplate((scope) => {
        const context = serverContext(cluster(), kubernetesServer());
        new PodPolicy(scope, 'policy', { context, purpose: 'backup', pods: { job: 'backup' }, ...props });
      }),
    );

  it('distinguishes all namespaces from the own namespace', () => {
    const peers = [{ namespaces: {} }, {}, { pods: { app: 'a' } }, { namespaces: {}, pods: { app: 'a' } }];
    expect(policy({ egress: [{ peers, ports: [443, 8443] }] })['openbao-backup']?.spec).toEqual({
      pod_selector: { match_labels: { job: 'backup' } },
      policy_types: ['Egress'],
      egress: [
        {
          to: [
            { namespace_selector: {} },
            { pod_selector: {} },
            { pod_selector: { match_labels: { app: 'a' } } },
            { namespace_selector: {}, pod_selector: { match_labels: { app: 'a' } } },
          ],
          ports: [tcp(443), tcp(8443)],
        },
      ],
    });
  });

  it('is absent if it allows nothing', () => {
    expect(policy({ ingress: [{ peers: [], ports: [5432] }], egress: [] })).toEqual({});
  });
});
