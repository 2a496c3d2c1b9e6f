import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { Construct } from 'constructs';

import type { NetworkPeer } from '../../model/cluster/kubernetes/parts';
import { type OpenPorts, PodPolicy } from './pod-policy';
import { serverPorts } from './ports';
import type { Egress, ServerContext } from './server-part';

/**
 * DNS servers: CoreDNS, with the label that every distribution keeps, and the caches and replacements on nodes. Those are pods (NodeLocal
 * DNSCache) or a link-local address without a label: 169.254.20.10 of that cache, 169.254.169.254 of GKE's Cloud DNS, which serves only DNS
 * on port 53.
 */
const nameServers: readonly NetworkPeer[] = [
  ...['kube-dns', 'node-local-dns'].map((app) => ({
    namespaces: { 'kubernetes.io/metadata.name': 'kube-system' },
    pods: { 'k8s-app': app },
  })),
  { cidr: '169.254.0.0/16' },
];

export interface NetworkPoliciesProps {
  readonly context: ServerContext;
  /** Ingress controllers, gateways and load balancers that connect to the servers. */
  readonly exposedTo: readonly NetworkPeer[];
  /** Connections of the deployment's parts: storage, seal. */
  readonly egress: readonly Egress[];
}

/**
 * NetworkPolicies of the servers' namespace. By default all traffic of all pods is denied, in both directions. Allowed are DNS for all pods;
 * clients and Prometheus to the servers; servers to each other, to the API server where they register, and to the peers of their parts.
 * Standbys forward requests over the peers' port, so servers need no other port of each other.
 */
export class NetworkPolicies extends Construct {
  constructor(scope: Construct, id: string, { context, exposedTo, egress }: NetworkPoliciesProps) {
    super(scope, id);
    const { server, podLabels, name, labels } = context;
    new NetworkPolicyV1(this, 'deny-all', {
      metadata: { name: `${name}-deny-all`, namespace: server.namespace, labels: { ...labels } },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
      dependsOn: context.dependsOn,
    });
    new PodPolicy(this, 'names', {
      context,
      purpose: 'names',
      pods: {},
      egress: [{ peers: nameServers, ports: [53], protocols: ['UDP', 'TCP'] }],
    });

    const open = (purpose: string, rules: { ingress?: OpenPorts; egress?: OpenPorts }): void => {
      new PodPolicy(this, purpose, {
        context,
        purpose,
        pods: podLabels,
        ...(rules.ingress !== undefined && { ingress: [rules.ingress] }),
        ...(rules.egress !== undefined && { egress: [rules.egress] }),
      });
    };
    const peers: OpenPorts = { peers: [{ pods: podLabels }], ports: [serverPorts.peers] };
    open('clients', { ingress: { peers: [...server.clients, ...exposedTo], ports: [serverPorts.clients] } });
    open('peers', { ingress: peers, egress: peers });
    open('metrics', { ingress: { peers: server.monitoring?.from ?? [], ports: [serverPorts.metrics] } });
    open('to-api-server', { egress: { peers: server.apiServer.peers, ports: [server.apiServer.port] } });
    for (const { purpose, peers: to, port } of egress) open(`to-${purpose}`, { egress: { peers: to, ports: [port] } });
  }
}
