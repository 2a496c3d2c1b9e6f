import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { Construct } from 'constructs';

import type { Labels, NetworkPeer } from '../../model/cluster/kubernetes/parts';
import type { ServerContext } from './server-part';

/** Open ports between the pods of a policy and their peers. Without peers none are open. */
export interface OpenPorts {
  readonly peers: readonly NetworkPeer[];
  readonly ports: readonly number[];
  /** @default ['TCP'] */
  readonly protocols?: readonly ('TCP' | 'UDP')[];
}

export interface PodPolicyProps {
  readonly context: ServerContext;
  /** Suffix of the policy's name: `<name>-<purpose>`. */
  readonly purpose: string;
  /** Labels of the pods; `{}` selects all pods of the namespace. */
  readonly pods: Labels;
  /** Allowed connections to the pods. @default - none by this policy */
  readonly ingress?: readonly OpenPorts[];
  /** Allowed connections from the pods. @default - none by this policy */
  readonly egress?: readonly OpenPorts[];
}

/**
 * Opens ports for pods of the servers' namespace, where all other traffic is denied ({@link NetworkPolicies}). Policies are additive: each
 * part creates those of its own pods. Without any peers no policy is created.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class PodPolicy extends Construct {
  constructor(scope: Construct, id: string, props: PodPolicyProps) {
    super(scope, id);
    const { context, purpose, pods } = props;
    // A rule with an empty list of peers would allow everyone.
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

/** Without labels it selects all pods. */
const selector = (labels: Labels): { matchLabels?: Record<string, string> } =>
  Object.keys(labels).length > 0 ? { matchLabels: { ...labels } } : {};

const portsOf = ({ ports, protocols = ['TCP'] }: OpenPorts): { port: string; protocol: string }[] =>
  ports.flatMap((port) => protocols.map((protocol) => ({ port: String(port), protocol })));

/** A peer without namespaces and pods selects all pods of the servers' namespace. */
function networkPeer(peer: NetworkPeer): object {
  if ('cidr' in peer) return { ipBlock: { cidr: peer.cidr } };
  const { namespaces, pods } = peer;
  return {
    ...(namespaces !== undefined && { namespaceSelector: selector(namespaces) }),
    ...((pods !== undefined || namespaces === undefined) && { podSelector: selector(pods ?? {}) }),
  };
}
