import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import tls from 'node:tls';

import { Kubectl } from '../../../../operations/kubernetes/kubectl';
import { Rollout } from '../../../../operations/rollout/rollout';
import type { DeployedServers } from '../../deployment/deployed-servers';
import { OutageMeter } from '../../deployment/outages';
import { loadServerImage } from '../../deployment/server-image';

/** What people do to servers that serve, while clients write; needs a deployment that was bootstrapped before. */
export function describeOperations(servers: () => DeployedServers): void {
  describe('during operations', () => {
    let meter: OutageMeter;
    beforeAll(async () => {
      meter = await OutageMeter.prepare(servers());
    }, 60_000);

    it('every server presents a new certificate without a restart', async () => {
      const before = servers().pods.pods.map(({ uid, restarts }) => ({ uid, restarts }));
      const witnessed = await meter.during(async () => {
        const { fingerprint256 } = new X509Certificate(await servers().renewCertificate());
        // A kubelet looks after a pod once a minute, and when the pod changes.
        await servers().kubectl(`annotate pods --all vault-platform/looked-after=${Date.now()}`);
        await servers().until('every server presents it', async () => {
          const presented = await Promise.all(
            servers().pods.pods.map(({ address }) => presentedBy(servers(), address)),
          );
          return presented.every((each) => each === fingerprint256);
        });
      });
      expect(witnessed.lost).toEqual([]);
      expect(servers().pods.pods.map(({ uid, restarts }) => ({ uid, restarts }))).toEqual(before);
    }, 240_000);

    it('another version is applied without effect, and rolled out to the standbys first and the active server last', async () => {
      const image = servers().cluster.server.image.replace(/@.*/, '-next');
      await loadServerImage(servers().kubernetes.lab!, servers().cluster.dialect, image);
      servers().change({ image, logLevel: 'debug' });
      const uids = (): string[] => servers().pods.pods.map(({ uid }) => uid);
      const before = uids();
      const active = await servers().active();
      const replaced: string[] = [];
      const witnessed = await meter.during(async () => {
        expect((await servers().deployment.apply(servers().stack)).removed).toBe(0);
        expect(uids()).toEqual(before);
        const environment = { ...process.env, KUBECONFIG: servers().kubernetes.kubeconfig };
        const kubectl = new Kubectl({ namespace: servers().namespace, environment });
        const rollout = new Rollout({ kubectl, cluster: servers().cluster, timeoutSeconds: 120 });
        await rollout.inspect();
        const progress = (): void => undefined;
        for (;;) {
          const replacement = await rollout.replaceNext(progress);
          if (replacement === undefined) break;
          replaced.push(replacement.name);
        }
        await rollout.settle(progress);
        await servers().whole();
      });
      const { outage, lost } = witnessed;
      process.stderr.write(`  ${servers().cluster.dialect}, rollout: ${(outage.milliseconds / 1000).toFixed(1)} s\n`);
      expect(lost).toEqual([]);
      expect(servers().endpoints.crowded).toEqual([]);
      expect([...replaced].sort()).toEqual(servers().pods.pods.map(({ name }) => name));
      expect(replaced.at(-1)).toBe(active);
      expect(uids().filter((uid) => before.includes(uid))).toEqual([]);
      const images = await servers().kubectl(
        'get pods --selector=app.kubernetes.io/component=server --output=jsonpath={.items[*].spec.containers[*].image}',
      );
      expect(new Set(images.split(' '))).toEqual(new Set([image]));
    }, 400_000);
  });
}

/** Fingerprint of the certificate that a pod presents; clients trust it. */
async function presentedBy({ secrets, cluster }: DeployedServers, host: string): Promise<string | undefined> {
  const { hostname: servername } = new URL(cluster.address);
  const socket = tls.connect({ host, port: 8200, ca: secrets.ca, servername });
  try {
    await once(socket, 'secureConnect');
    return socket.getPeerX509Certificate()?.fingerprint256;
  } finally {
    socket.destroy();
  }
}
