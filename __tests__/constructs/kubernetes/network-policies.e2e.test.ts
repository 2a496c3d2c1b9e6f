import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';

import { NetworkPolicies } from '../../../constructs/kubernetes/network-policies';
import { serverContext } from '../../../constructs/kubernetes/server-part';
import { cluster, kubernetesServer } from '../../support/inventory/model';
import { kubernetesLabMissing, useKubernetes } from '../../support/kubernetes/kubernetes';
import { inKubernetes, kubernetesFolder, removeFolder } from '../../support/kubernetes/kubernetes-run';
import { startNodePods, type NodePod } from '../../support/kubernetes/node-pod';
import { itUnless } from '../../support/skips';
import type { TerraformFolder } from '../../support/terraform/terraform-folder';

const [servers, friends, strangers, watchers] = [
  'policies',
  'policies-friends',
  'policies-others',
  'policies-watchers',
];
const byName = (name: string) => ({ 'kubernetes.io/metadata.name': name });
const database = { purpose: 'database', peers: [{ namespaces: byName(strangers) }], port: 5432 };
const context = serverContext(
  cluster(),
  kubernetesServer({
    namespace: servers,
    clients: [{ namespaces: byName(friends) }],
    monitoring: { from: [{ namespaces: byName(watchers) }], labels: {}, serviceMonitor: false, rules: false },
  }),
);

const program = `for (const port of [8200, 8201, 9102, 5432]) require('node:net').createServer().listen(port);
process.on('SIGTERM', () => process.exit());`;
const pod = (namespace: string, name: string, labels = {}): NodePod => ({
  namespace,
  name,
  labels,
  program,
  port: 8200,
});
const pods = [
  pod(servers, 'one', context.podLabels),
  pod(servers, 'two', context.podLabels),
  pod(servers, 'job', { app: 'job' }),
  pod(friends, 'client'),
  pod(strangers, 'stranger'),
  pod(watchers, 'prometheus'),
];

/** Which of the ports are open; what a NetworkPolicy denies is never answered. */
const probe = (host: string): string => `
  const open = (port) => new Promise((resolve) => {
    const socket = require('node:net').connect({ host: '${host}', port, timeout: 1500 }, () => resolve([port]));
    socket.once('timeout', () => resolve([]));
    socket.once('error', (error) => resolve([port + ' ' + error.code]));
  });
  Promise.all([8200, 8201, 9102, 5432].map(open)).then((ports) => {
    console.log(JSON.stringify(ports.flat()));
    process.exit();
  });`;

describe('connections in the namespace of the servers', () => {
  const missing = kubernetesLabMissing();
  if (missing !== undefined) {
    itUnless(missing, 'network policies')('hold', () => undefined);
    return;
  }
  let folder: TerraformFolder | undefined;
  const kubernetes = useKubernetes({
    before: async (started) => {
      folder = await kubernetesFolder(started);
      await folder.apply(
        inKubernetes((scope) => {
          const dependsOn = [servers, friends, strangers, watchers].map(
            (name) => new NamespaceV1(scope, name, { metadata: { name } }),
          );
          const inside = serverContext(context.cluster, context.server, dependsOn);
          new NetworkPolicies(scope, 'rules', { context: inside, exposedTo: [], egress: [database] });
        }),
      );
      await startNodePods(started, pods);
    },
    after: async () => {
      await folder?.destroy();
      if (folder !== undefined) removeFolder(folder);
    },
  });
  const namespaceOf = (name: string): string => pods.find((each) => each.name === name)!.namespace;
  const openPorts = async (from: string, to: string): Promise<unknown> => {
    const { kubectl } = kubernetes();
    const ip = await kubectl(['get', 'pod', to, '-n', namespaceOf(to), '-o', 'jsonpath={.status.podIP}']);
    const command = ['/bin/node', '-e', probe(ip)];
    return JSON.parse(await kubectl(['exec', from, '-n', namespaceOf(from), '--', ...command])) as unknown;
  };

  it.each([
    ['client', 'one', [8200]],
    ['prometheus', 'one', [9102]],
    ['one', 'two', [8201]],
    ['stranger', 'one', []],
    ['job', 'one', []],
    ['client', 'job', []],
    // Outwards, to a database that is open to everybody.
    ['one', 'stranger', [5432]],
    ['job', 'stranger', []],
    // What the policies do not touch, so that nothing else explains the others.
    ['client', 'stranger', [8200, 8201, 9102, 5432]],
  ])('%s reaches of %s the ports %j', async (from, to, ports) => {
    expect(await openPorts(from, to)).toEqual(ports);
  });

  it('has an empty second plan', async () => {
    expect(await folder!.plan()).toEqual([]);
  });
});
