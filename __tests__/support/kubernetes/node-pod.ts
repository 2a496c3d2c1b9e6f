import type { Kubernetes } from './kubernetes';

const image = 'lab.local/node:1';

export interface NodePod {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** What Node runs. */
  readonly program: string;
  /** Whether it is ready once this port is open. @default - at once */
  readonly port?: number;
  /** Secret that is put into `/tls`. @default - none */
  readonly tls?: string;
}

/** Starts pods in the lab that run this very Node, and waits until they are ready. */
export async function startNodePods({ kubectl, lab }: Kubernetes, pods: readonly NodePod[]): Promise<void> {
  await lab!.loadImage(image, { 'bin/node': process.execPath }, ['/bin/node', '-e']);
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: pods.map(manifest) });
  await kubectl(['apply', '-f', '-'], { input });
  for (const { namespace, name } of pods) {
    await kubectl(['wait', '--namespace', namespace, '--for=condition=Ready', '--timeout=60s', 'pod', name]);
  }
}

const manifest = ({ name, namespace, labels = {}, program, port, tls }: NodePod): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
  spec: {
    containers: [
      {
        name: 'node',
        image,
        imagePullPolicy: 'Never',
        args: [program],
        ...(port !== undefined && { readinessProbe: { tcpSocket: { port }, periodSeconds: 1 } }),
        ...(tls !== undefined && { volumeMounts: [{ name: 'tls', mountPath: '/tls', readOnly: true }] }),
      },
    ],
    ...(tls !== undefined && { volumes: [{ name: 'tls', secret: { secretName: tls } }] }),
    terminationGracePeriodSeconds: 1,
  },
});
