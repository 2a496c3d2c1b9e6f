import { isIP } from 'node:net';

import { planConnections } from '../connection-budget';
import type { Cluster, KubernetesServer, PodResources, ServerStorage } from '../inventory';
import { showDuration } from '../rules/duration';
import { longestNamespace, quantity } from '../rules/kubernetes';
import type { ClusterFile } from '../schema/cluster';
import type { ValuePath } from '../source/source-file';
import type { DialectLimit } from './dialect-limits';
import { goSeconds } from './kubernetes-storage';

type Fault = DialectLimit;

/** Whether what is said about Kubernetes goes with the platform. */
export function platformFault({ platform, kubernetes }: ClusterFile): Fault[] {
  if ((platform === 'kubernetes') === (kubernetes !== undefined)) return [];
  return platform === 'kubernetes'
    ? [
        {
          path: ['platform'],
          message: 'it is not said how the servers run on Kubernetes',
          given: 'kubernetes',
          allowed: 'platform: kubernetes with `kubernetes:`',
          fix: 'add `kubernetes:` with `storage` and `certificate` at least',
        },
      ]
    : [
        {
          path: ['kubernetes'],
          of: 'key',
          message: 'the servers of this cluster do not run on Kubernetes',
          given: `platform ${platform}`,
          allowed: 'kubernetes with `platform: kubernetes`',
          fix: 'add `platform: kubernetes`, or remove it',
        },
      ];
}

/** What does not go together in how a cluster's servers run. */
export function serverFaults(cluster: Cluster, unsound: ReadonlySet<PropertyKey>): Fault[] {
  const { server } = cluster;
  if (server === undefined) return [];
  /** Nothing is said about what is not known, or stands in for something that is wrong. */
  const of = (keys: readonly string[], faults: () => Fault[]): Fault[] =>
    keys.some((key) => unsound.has(key)) ? [] : faults();
  return [
    ...of(['kubernetes.namespace'], () => namespaceFaults(server)),
    ...of(['kubernetes.resources'], () => resourceFaults(server.resources, ['kubernetes', 'resources'])),
    ...of(['kubernetes.storage', 'kubernetes.replicas'], () => storageFaults(server.storage, server.replicas)),
    ...certificateFaults(server),
    ...redirectFaults(server),
    ...of(['address'], () => addressFaults(cluster.address, server)),
    ...of(['auth', 'kubernetes.tokenReview'], () => reviewFaults(cluster, server)),
  ];
}

/** One that the file names obeys its rule; one that follows from the cluster's name may be too long. */
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

function resourceFaults({ cpuRequest, cpuLimit, memoryRequest, memoryLimit }: PodResources, path: ValuePath): Fault[] {
  const fault = (name: 'cpu' | 'memory', request: string, limit: string | undefined): Fault[] =>
    limit === undefined || quantity(request) <= quantity(limit)
      ? []
      : [
          {
            path: [...path, `${name}Limit`],
            message: `${name}Limit is less than ${name}Request`,
            given: limit,
            allowed: `${request} or more`,
            fix: `raise it, or lower ${name}Request`,
          },
        ];
  return [...fault('cpu', cpuRequest, cpuLimit), ...fault('memory', memoryRequest, memoryLimit)];
}

function storageFaults(storage: ServerStorage, nodes: number): Fault[] {
  const path = ['kubernetes', 'storage', storage.kind];
  const plan = planConnections({ nodes, ...storage.connections });
  const { maxConnections } = storage.connections;
  return [
    ...(storage.kind === 'cloudNativePg' ? resourceFaults(storage.resources, [...path, 'resources']) : []),
    ...('problem' in plan
      ? [
          {
            ...inWordsOfFile(plan.problem),
            path: [...path, 'connections', maxConnections === undefined ? 'maxParallel' : 'maxConnections'],
          },
        ]
      : []),
  ];
}

/** The database's and the servers' own words, as the file has them. */
function inWordsOfFile(problem: Extract<ReturnType<typeof planConnections>, { problem: object }>['problem']) {
  const words = (text: string): string =>
    text.replaceAll('max_connections', 'maxConnections').replaceAll('max_parallel', 'maxParallel');
  return {
    message: problem.message,
    given: words(problem.given),
    allowed: words(problem.allowed),
    fix: words(problem.fix),
  };
}

function certificateFaults({ certificate }: KubernetesServer): Fault[] {
  if (certificate.kind !== 'certManager') return [];
  const [duration, renewBefore] = [goSeconds(certificate.duration), goSeconds(certificate.renewBefore)];
  if (renewBefore < duration) return [];
  return [
    {
      path: ['kubernetes', 'certificate', 'certManager', 'renewBefore'],
      message: 'the certificate would be renewed before it is issued',
      given: showDuration(renewBefore),
      allowed: `less than the duration, ${showDuration(duration)}`,
      fix: 'shorten renewBefore or lengthen duration',
    },
  ];
}

/** Of the controllers that have the setting, one redirects by itself wherever it passes TLS through. */
function redirectFaults({ exposure }: KubernetesServer): Fault[] {
  if (exposure.controller !== 'haproxy-ingress' || exposure.redirect) return [];
  return [
    {
      path: ['kubernetes', 'exposure', 'haproxy-ingress', 'redirect'],
      message: 'haproxy-ingress always redirects HTTP when it passes TLS through',
      given: 'false',
      allowed: 'true',
      fix: 'remove redirect',
    },
  ];
}

const routedBySni = ['haproxy', 'haproxy-ingress', 'nginx', 'traefik', 'gateway'];

/** Who routes by SNI needs a name; and most controllers listen where browsers ask, not at the servers' own port. */
function addressFaults(address: string, { exposure }: KubernetesServer): Fault[] {
  const { controller } = exposure;
  if (!routedBySni.includes(controller)) return [];
  const { hostname, port } = new URL(address);
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) {
    return [
      {
        path: ['address'],
        message: `${controller} tells clusters apart by the name that a client asks for, and this is an IP address`,
        given: address,
        allowed: 'https://host with a name for a host',
        fix: 'write the name that leads to the controller, or another exposure',
      },
    ];
  }
  const ownEntry = controller === 'gateway' || (controller === 'traefik' && exposure.entryPoint !== 'websecure');
  if (port !== '8200' || ownEntry) return [];
  return [
    {
      path: ['address'],
      message: `8200 is the servers’ own port: clients reach ${controller} at another`,
      given: address,
      allowed: 'the port that the controller listens at, mostly 443',
      fix: `write https://${hostname}`,
    },
  ];
}

/** A method that lets the servers' own account review tokens needs that account to be allowed to. */
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
