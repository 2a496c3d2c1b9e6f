import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { Construct } from 'constructs';

import type { Labels, NetworkPeer } from '../../model/cluster/kubernetes/parts';
import type { ServerContext } from './server-part';

/** Ports that are open between the pods of a policy and others. Without peers nothing is open. */
export interface OpenPorts {
  readonly peers: readonly NetworkPeer[];
  readonly ports: readonly number[];
  /** @default ['TCP'] */
  readonly protocols?: readonly ('TCP' | 'UDP')[];
}

export interface PodPolicyProps {
  readonly context: ServerContext;
  /** Ends the name of the policy: `<name>-<purpose>`. */
  readonly purpose: string;
  /** Labels of the pods it is for; `{}` is every one in the namespace. */
  readonly pods: Labels;
  /** Who may connect to the pods. @default - nobody by this policy */
  readonly ingress?: readonly OpenPorts[];
  /** Whom the pods may connect to. @default - nobody by this policy */
  readonly egress?: readonly OpenPorts[];
}

/**
 * Opens ports for pods of the servers' namespace, in which everything is denied otherwise ({@link NetworkPolicies}). Policies
 * add up: each part makes those of its own pods. If there are no peers at all, there is no policy.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class PodPolicy extends Construct {
  constructor(scope: Construct, id: string, props: PodPolicyProps) {
    super(scope, id);
    const { context, purpose, pods } = props;
    // A rule with an empty list of peers would be open to everybody.
    const [ingress = [], egress = []] = [props.ingress, props.egress].map((rules) =>
      rules?.filter(({ peers }) => peers.length > 0),
    );
    if (ingress.length + egress.length === 0) return;
    new NetworkPolicyV1(this, 'Resource', {
      metadata: {
        name: `${context.name}-${purpose}`,
        namespace: context.server.namespace,
        labels: { ...context.labels },
      },
      spec: {
        podSelector: selector(pods),
        policyTypes: [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])],
        ...(ingress.length > 0 && {
          ingress: ingress.map((rule) => ({ from: rule.peers.map(networkPeer), ports: portsOf(rule) })),
        }),
        ...(egress.length > 0 && {
          egress: egress.map((rule) => ({ to: rule.peers.map(networkPeer), ports: portsOf(rule) })),
        }),
      },
      dependsOn: context.dependsOn,
    });
  }
}

/** Without labels it selects everything. */
const selector = (labels: Labels): { matchLabels?: Record<string, string> } =>
  Object.keys(labels).length > 0 ? { matchLabels: { ...labels } } : {};

const portsOf = ({ ports, protocols = ['TCP'] }: OpenPorts): { port: string; protocol: string }[] =>
  ports.flatMap((port) => protocols.map((protocol) => ({ port: String(port), protocol })));

/** A peer that names neither namespaces nor pods is every pod of the servers' own namespace. */
function networkPeer(peer: NetworkPeer): object {
  if ('cidr' in peer) return { ipBlock: { cidr: peer.cidr } };
  const { namespaces, pods } = peer;
  return {
    ...(namespaces !== undefined && { namespaceSelector: selector(namespaces) }),
    ...((pods !== undefined || namespaces === undefined) && { podSelector: selector(pods ?? {}) }),
  };
}
