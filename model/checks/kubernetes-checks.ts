import { isIP } from 'node:net';

import type { Cluster, ClusterFile } from '../cluster/cluster';
import type { KubernetesServer } from '../cluster/kubernetes/server';
import { planConnections } from '../connection-budget';
import { longestNamespace } from '../language/rules/kubernetes';
import type { DialectLimit } from './dialect-limits';

type Faults = Generator<DialectLimit>;

/** Whether `kubernetes` and `platform` agree. */
export function* platformFaults({ platform, kubernetes }: Pick<ClusterFile, 'platform' | 'kubernetes'>): Faults {
  if (platform === 'kubernetes' && kubernetes === undefined) {
    yield {
      path: ['platform'],
      message: 'the key `kubernetes` is missing',
      given: 'kubernetes',
      allowed: 'platform: kubernetes with `kubernetes:`',
      fix: 'add `kubernetes:` with `storage` and `certificate` at least',
    };
  }
  if (platform !== 'kubernetes' && kubernetes !== undefined) {
    yield {
      path: ['kubernetes'],
      of: 'key',
      message: '`kubernetes` requires `platform: kubernetes`',
      given: `platform ${platform}`,
      allowed: 'kubernetes with `platform: kubernetes`',
      fix: 'add `platform: kubernetes`, or remove `kubernetes`',
    };
  }
}

/** Settings of a cluster’s servers that contradict each other. Keys that have problems themselves are not checked. */
export function* serverFaults(cluster: Cluster, unsound: ReadonlySet<PropertyKey>): Faults {
  const { server } = cluster;
  if (server === undefined) return;
  const areSound = (...keys: readonly string[]): boolean => !keys.some((key) => unsound.has(key));
  if (areSound('kubernetes.namespace')) yield* namespaceFaults(server);
  if (areSound('kubernetes.storage', 'kubernetes.replicas')) yield* connectionFaults(server);
  if (areSound('address')) yield* addressFaults(cluster.address, server);
  if (areSound('auth', 'kubernetes.tokenReview')) yield* reviewFaults(cluster, server);
}

/** A namespace in the file obeys its rule; the default, made from the cluster’s name, may be too long. */
function* namespaceFaults({ namespace }: KubernetesServer): Faults {
  if (namespace.length <= longestNamespace) return;
  yield {
    path: ['kubernetes'],
    of: 'key',
    message: `the namespace would have more than ${longestNamespace} characters`,
    given: namespace,
    allowed: `${longestNamespace} characters`,
    fix: 'add `namespace:` with a shorter name to `kubernetes`, or rename the cluster',
  };
}

function* connectionFaults({ storage: { kind, connections }, replicas }: KubernetesServer): Faults {
  const plan = planConnections({ nodes: replicas, ...connections });
  if (!('problem' in plan)) return;
  const inKeys = (words: string): string =>
    words.replaceAll('max_connections', 'maxConnections').replaceAll('max_parallel', 'maxParallel');
  const key = connections.maxConnections === undefined ? 'maxParallel' : 'maxConnections';
  const path = ['kubernetes', 'storage', kind, 'connections', key];
  const { message, given, allowed, fix } = plan.problem;
  yield { path, message, given: inKeys(given), allowed: inKeys(allowed), fix: inKeys(fix) };
}

/** Controllers route by SNI, which requires a host name. Most listen on the default port, not on that of the servers. */
function* addressFaults(address: string, { exposure }: KubernetesServer): Faults {
  if (!('from' in exposure)) return;
  const { controller } = exposure;
  const { hostname, port } = new URL(address);
  const ownEntry = controller === 'gateway' || (controller === 'traefik' && exposure.entryPoint !== 'websecure');
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) {
    yield {
      path: ['address'],
      message: `${controller} routes by host name, and this is an IP address`,
      given: address,
      allowed: 'https:// and a host name',
      fix: 'write a host name that resolves to the controller, or use another exposure',
    };
  } else if (port === '8200' && !ownEntry) {
    yield {
      path: ['address'],
      message: `8200 is the servers’ own port; ${controller} listens on another`,
      given: address,
      allowed: 'the port of the controller, usually 443',
      fix: `write https://${hostname}`,
    };
  }
}

/** With `tokenReview: server` an auth method uses the servers’ own account, which must be allowed to review tokens. */
function* reviewFaults({ authMethods }: Cluster, { tokenReview }: KubernetesServer): Faults {
  const method = authMethods.find((candidate) => candidate.type === 'kubernetes' && candidate.tokenReview === 'server');
  if (tokenReview || method === undefined) return;
  yield {
    path: ['auth', method.inventoryName, 'tokenReview'],
    message: 'the servers may not review tokens',
    given: 'server',
    allowed: 'tokenReview: server with `kubernetes.tokenReview: true`',
    fix: 'add `tokenReview: true` to `kubernetes`, or write `client` or `reviewer`',
  };
}
