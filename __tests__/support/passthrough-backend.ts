import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';

import { NetworkPolicies } from '../../constructs/kubernetes/network-policies';
import { serverPorts } from '../../constructs/kubernetes/ports';
import { serverContext } from '../../constructs/kubernetes/server-part';
import { ServerServices } from '../../constructs/kubernetes/services';
import { certificateFile, keyFile, prepareCertificates } from '../../local/cluster/certificates';
import type { Kubernetes } from './kubernetes';
import { inKubernetes, kubernetesFolder, removeFolder } from './kubernetes-run';
import { cluster, kubernetesServer } from './model';
import { startNodePods } from './node-pod';
import type { PassthroughBackend } from './passthrough-specification';

const secret = 'openbao-tls';
const pods = ['openbao-0', 'openbao-1'] as const;

/** Answers every request by the name of its pod. */
const program = `
  const { readFileSync } = require('node:fs');
  const server = require('node:https').createServer(
    { cert: readFileSync('/tls/tls.crt'), key: readFileSync('/tls/tls.key') },
    (request, response) => response.end(process.env.HOSTNAME),
  );
  process.on('SIGTERM', () => process.exit());
  server.listen(${serverPorts.clients});
`;

export interface PlainBackend extends PassthroughBackend {
  /** Removes it from the cluster. */
  readonly remove: () => Promise<void>;
}

/** Plain TLS servers in the place of a cluster's: pods of which one is labelled as active, behind the Services of the constructs. */
export async function plainBackend(kubernetes: Kubernetes): Promise<PlainBackend> {
  const { kubectl } = kubernetes;
  const host = 'bao.example.com';
  const exposed = cluster({ address: `https://${host}` });
  const context = serverContext(exposed, kubernetesServer({ namespace: 'passthrough' }));
  const { namespace } = context.server;

  const folder = await kubernetesFolder(kubernetes);
  await folder.apply(
    inKubernetes((scope) => {
      const made = new NamespaceV1(scope, 'namespace', { metadata: { name: namespace } });
      const inside = serverContext(exposed, context.server, [made]);
      new ServerServices(scope, 'services', { context: inside });
      new NetworkPolicies(scope, 'policies', { context: inside, exposedTo: [], egress: [] });
    }),
  );

  const certificates = mkdtempSync(path.join(tmpdir(), 'vault-platform-passthrough-'));
  await prepareCertificates(certificates, [{ name: 'server', commonName: host, hosts: [host], usage: 'server' }]);
  const certificate = certificateFile(certificates, 'server');
  const pair = ['--cert', certificate, '--key', keyFile(certificates, 'server')];
  await kubectl(['create', 'secret', 'tls', secret, '--namespace', namespace, ...pair]);
  const fingerprint = new X509Certificate(readFileSync(certificate)).fingerprint256;
  const authority = readFileSync(certificateFile(certificates, 'ca'), 'utf8');
  rmSync(certificates, { recursive: true });

  let active: (typeof pods)[number] = pods[0];
  await startNodePods(
    kubernetes,
    pods.map((name) => ({
      name,
      namespace,
      labels: { ...context.podLabels, 'openbao-active': String(name === active) },
      program,
      port: serverPorts.clients,
      tls: secret,
    })),
  );

  const label = (name: string, isActive: boolean): Promise<string> =>
    kubectl(['label', '--overwrite', '--namespace', namespace, 'pod', name, `openbao-active=${isActive}`]);
  return {
    kubernetes,
    context,
    authority,
    fingerprint: () => Promise.resolve(fingerprint),
    whoAnswers: (ask) => ask('/'),
    failOver: async () => {
      const [first, second] = pods;
      const next = active === first ? second : first;
      await label(active, false);
      await label(next, true);
      active = next;
      return next;
    },
    remove: async () => {
      await folder.destroy();
      removeFolder(folder);
    },
  };
}
