import path from 'node:path';

import { writePrivateFile } from '../../../../files/private-files';
import { GuardedFolder } from '../../../../local/guard/guarded-folder';
import { dialects } from '../../../../model/dialect';
import type { DeployedServers } from '../../deployment/deployed-servers';

const tokenFile = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** What the token in a server's pod can do in Kubernetes; needs a deployment that was bootstrapped before. */
export function describeRegistration(servers: () => DeployedServers): void {
  describe('with the token of a standby’s pod', () => {
    let folder: GuardedFolder | undefined;
    let kubeconfig: string;
    let standby: string;
    let active: string;
    afterAll(() => folder?.dispose());

    const kubectl = (args: readonly string[]): Promise<string> =>
      servers().kubernetes.kubectl([`--kubeconfig=${kubeconfig}`, `--namespace=${servers().namespace}`, ...args]);
    // The API server decides the same as without `--dry-run`, and a test that fails changes no server.
    const patch = (pod: string, change: object): Promise<string> =>
      kubectl(['patch', 'pod', pod, '--dry-run=server', `--patch=${JSON.stringify(change)}`]);
    const label = (name: string): string => `${dialects[servers().cluster.dialect].labelPrefix}-${name}`;
    const refusal = (message: string): string =>
      `ValidatingAdmissionPolicy '${servers().name}-registration.${servers().namespace}' with binding ` +
      `'${servers().name}-registration.${servers().namespace}' denied request: ${message}`;

    beforeAll(async () => {
      folder = GuardedFolder.create('registration');
      kubeconfig = path.join(folder.directory, 'kubeconfig');
      const { host, ca } = servers().kubernetes;
      active = await servers().active();
      standby = servers().pods.pods.find(({ name }) => name !== active)?.name ?? '';
      const token = (await servers().kubectl(`exec ${standby} --container=server -- cat ${tokenFile}`)).trim();
      const name = 'standby';
      const cluster = { server: host, 'certificate-authority-data': Buffer.from(ca).toString('base64') };
      const config = {
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name, cluster }],
        users: [{ name, user: { token } }],
        contexts: [{ name, context: { cluster: name, user: name } }],
        'current-context': name,
      };
      writePrivateFile(kubeconfig, JSON.stringify(config));
    });

    it('Kubernetes finds no mistake in the policy', async () => {
      const status = async (): Promise<string> =>
        await servers().kubectl(
          `get validatingadmissionpolicy ${servers().name}-registration.${servers().namespace} --output=jsonpath={.status}`,
        );
      await servers().until('the policy is checked', async () => (await status()).includes('observedGeneration'));
      expect(JSON.parse(await status())).toEqual({ observedGeneration: 1, typeChecking: {} });
    });

    it('the Role allows the servers’ pods by name, no subresource of them and nothing else', async () => {
      const listed = await kubectl(['auth', 'can-i', '--list', '--no-headers']);
      // Rows without a resource are paths such as /healthz, which every account may read.
      const rows = listed.split('\n').filter((row) => /^\S/.test(row));
      const sorted = (verbs: string): string => verbs.split(' ').sort().join(' ');
      const rights = rows.map((row) =>
        row
          .trim()
          .replace(/\s+/g, ' ')
          .replace(/[a-z ]+(?=\]$)/, sorted),
      );
      expect(rights.sort()).toEqual([
        ...servers()
          .pods.pods.map(({ name }) => `pods [] [${name}] [get patch update]`)
          .sort(),
        'selfsubjectaccessreviews.authorization.k8s.io [] [] [create]',
        'selfsubjectreviews.authentication.k8s.io [] [] [create]',
        'selfsubjectrulesreviews.authorization.k8s.io [] [] [create]',
        // With `tokenReview: true`.
        'subjectaccessreviews.authorization.k8s.io [] [] [create]',
        'tokenreviews.authentication.k8s.io [] [] [create]',
      ]);
    });

    it('a label of registration can be changed on the own pod', async () => {
      expect(await patch(standby, { metadata: { labels: { [label('version')]: 'other' } } })).toContain('patched');
    });

    it('the own pod cannot be changed otherwise', async () => {
      const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'other', uid: 'other' };
      const attempts: readonly (readonly [object, string])[] = [
        [{ spec: { containers: [{ name: 'server', image: 'example.com/other:1' }] } }, 'labels only'],
        [{ spec: { activeDeadlineSeconds: 1 } }, 'labels only'],
        [{ metadata: { annotations: { other: 'x' } } }, 'no annotations, finalizers and owners'],
        [{ metadata: { finalizers: ['example.com/other'] } }, 'no annotations, finalizers and owners'],
        [{ metadata: { ownerReferences: [owner] } }, 'no annotations, finalizers and owners'],
        [{ metadata: { labels: { other: 'x' } } }, 'only the labels of its registration'],
        [{ metadata: { labels: { 'app.kubernetes.io/component': 'x' } } }, 'only the labels of its registration'],
        [{ metadata: { labels: { 'app.kubernetes.io/component': null } } }, 'only the labels of its registration'],
      ];
      for (const [change, message] of attempts) {
        await expect(patch(standby, change)).rejects.toThrow(refusal(`a server changes ${message}`));
      }
    });

    it('the pod of another server cannot be changed at all', async () => {
      const attempts = [
        { spec: { containers: [{ name: 'server', image: 'example.com/other:1' }] } },
        { metadata: { annotations: { other: 'x' } } },
        { metadata: { labels: { [label('active')]: 'false' } } },
      ];
      for (const change of attempts) {
        await expect(patch(active, change)).rejects.toThrow(refusal('a server changes its own pod only'));
      }
    });
  });
}
