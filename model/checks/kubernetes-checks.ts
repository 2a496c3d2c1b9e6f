import { isIP } from 'node:net';

import type { Cluster, ClusterFile } from '../cluster/cluster';
import type { KubernetesServer } from '../cluster/kubernetes/server';
import { planConnections } from '../connection-budget';
import { longestNamespace } from '../language/rules/kubernetes';
import type { DialectLimit } from './dialect-limits';

type Fault = DialectLimit;

/** Whether `kubernetes` and `platform` agree. */
export function platformFault({ platform, kubernetes }: Pick<ClusterFile, 'platform' | 'kubernetes'>): Fault[] {
  if ((platform === 'kubernetes') === (kubernetes !== undefined)) return [];
  return platform === 'kubernetes'
    ? [
        {
          path: ['platform'],
          message: 'the key `kubernetes` is missing',
          given: 'kubernetes',
          allowed: 'platform: kubernetes with `kubernetes:`',
          fix: 'add `kubernetes:` with `storage` and `certificate` at least',
        },
      ]
    : [
        {
          path: ['kubernetes'],
          of: 'key',
          message: '`kubernetes` requires `platform: kubernetes`',
          given: `platform ${platform}`,
          allowed: 'kubernetes with `platform: kubernetes`',
          fix: 'add `platform: kubernetes`, or remove `kubernetes`',
        },
      ];
}

/** Settings of a cluster’s servers that contradict each other. */
export function serverFaults(cluster: Cluster, unsound: ReadonlySet<PropertyKey>): Fault[] {
  const { server } = cluster;
  if (server === undefined) return [];
  /** No message about a key that has a problem itself: its value only stands in. */
  const of = (keys: readonly string[], faults: () => Fault[]): Fault[] =>
    keys.some((key) => unsound.has(key)) ? [] : faults();
  return [
    ...of(['kubernetes.namespace'], () => namespaceFaults(server)),
    ...of(['kubernetes.storage', 'kubernetes.replicas'], () => connectionFaults(server)),
    ...of(['address'], () => addressFaults(cluster.address, server)),
    ...of(['auth', 'kubernetes.tokenReview'], () => reviewFaults(cluster, server)),
  ];
}

/** A namespace in the file obeys its rule; the default, made from the cluster’s name, may be too long. */
function namespaceFaults({ namespace }: KubernetesServer): Fault[] {
  if (namespace.length <= longestNamespace) return [];
  return [
    {
      path: ['kubernetes'],
      of: 'key',
      message: `the namespace would have more than ${longestNamespace} characters`,
      given: namespace,
      allowed: `${longestNamespace} characters`,
      fix: 'add `namespace:` with a shorter name to `kubernetes`, or rename the cluster',
    },
  ];
}

function connectionFaults({ storage, replicas }: KubernetesServer): Fault[] {
  const { maxConnections } = storage.connections;
  const plan = planConnections({ nodes: replicas, ...storage.connections });
  if (!('problem' in plan)) return [];
  const inKeys = (words: string): string =>
    words.replaceAll('max_connections', 'maxConnections').replaceAll('max_parallel', 'maxParallel');
  const key = maxConnections === undefined ? 'maxParallel' : 'maxConnections';
  const { message, given, allowed, fix } = plan.problem;
  return [
    {
      path: ['kubernetes', 'storage', storage.kind, 'connections', key],
      message,
      given: inKeys(given),
      allowed: inKeys(allowed),
      fix: inKeys(fix),
    },
  ];
}

/** Controllers route by SNI and so need a host name; and most listen on the default port, not on that of the servers. */
function addressFaults(address: string, { exposure }: KubernetesServer): Fault[] {
  if (!('from' in exposure)) return [];
  const { controller } = exposure;
  const { hostname, port } = new URL(address);
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) {
    return [
      {
        path: ['address'],
        message: `${controller} routes by host name, and this is an IP address`,
        given: address,
        allowed: 'https:// and a host name',
        fix: 'write a host name that resolves to the controller, or use another exposure',
      },
    ];
  }
  const ownEntry = controller === 'gateway' || (controller === 'traefik' && exposure.entryPoint !== 'websecure');
  if (port !== '8200' || ownEntry) return [];
  return [
    {
      path: ['address'],
      message: `8200 is the servers’ own port; ${controller} listens on another`,
      given: address,
      allowed: 'the port of the controller, usually 443',
      fix: `write https://${hostname}`,
    },
  ];
}

/** With `tokenReview: server` an auth method uses the servers’ own account, which must be allowed to review tokens. */
function reviewFaults({ authMethods }: Cluster, { tokenReview }: KubernetesServer): Fault[] {
  const method = authMethods.find((candidate) => candidate.type === 'kubernetes' && candidate.tokenReview === 'server');
  if (tokenReview || method === undefined) return [];
  return [
    {
      path: ['auth', method.name, 'tokenReview'],
      message: 'the servers may not review tokens',
      given: 'server',
      allowed: 'tokenReview: server with `kubernetes.tokenReview: true`',
      fix: 'add `tokenReview: true` to `kubernetes`, or write `client` or `reviewer`',
    },
  ];
}
