import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { Construct } from 'constructs';

import type { NetworkPeer } from '../../model/cluster/kubernetes/parts';
import { type OpenPorts, PodPolicy } from './pod-policy';
import { serverPorts } from './ports';
import type { Egress, ServerContext } from './server-part';

/**
 * Where names are looked up: CoreDNS under the label that every distribution keeps, and what nodes may run in front or instead
 * of it: pods (NodeLocal DNSCache), or a link-local address, which has no label: mostly 169.254.20.10 of that cache, and
 * 169.254.169.254 of GKE's Cloud DNS, where port 53 gives out nothing but names.
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
  /** What exposes the servers to clients outside, in front of them. */
  readonly exposedTo: readonly NetworkPeer[];
  /** What the parts of the deployment have to reach: storage, seal. */
  readonly egress: readonly Egress[];
}

/**
 * Who may talk to whom in the servers' namespace. Everything is denied first, in both directions and for all pods; then all
 * may look up names, and servers may be reached by clients and watched, reach each other, the API server that they register
 * with, and what their parts need. Standbys forward requests over the peers' port alone, so servers need no other of each other.
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
