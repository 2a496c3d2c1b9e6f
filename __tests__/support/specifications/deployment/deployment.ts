import { withProvisionerToken } from '../../../../local/cluster/provisioner-token';
import type { KubernetesMethod } from '../../../../model/cluster/auth-methods/kubernetes';
import { dialects } from '../../../../model/dialect';
import type { Environment } from '../../../../model/environment/environment';
import {
  enginesStack,
  keySetPath,
  kindOfStack,
  kvMount,
  platformStack,
  roleOfPolicy,
  teamStack,
} from '../../../../model/names';
import type { Tenant } from '../../../../model/tenant/tenant';
import { EnginesStack } from '../../../../stacks/engines-stack';
import { PlatformStack } from '../../../../stacks/platform-stack';
import { TeamStack } from '../../../../stacks/team-stack';
import { ClientPods } from '../../deployment/client-pods';
import type { DeployedServers } from '../../deployment/deployed-servers';
import { clientLabel, watcherLabel } from '../../deployment/server-model';
import { kubernetesMethod, customPolicy, environment, tenant, tenantEnvironment } from '../../inventory/model';
import type { StackMaker } from '../../terraform/terraform-folder';

/** From nothing to servers that serve. */
export function describeDeployment(servers: () => DeployedServers): void {
  describe('a deployment', () => {
    it('is applied by Terraform, and the next plan has no changes', async () => {
      const { added, changed, removed } = await servers().deploy();
      expect(added).toBeGreaterThan(10);
      expect({ changed, removed }).toEqual({ changed: 0, removed: 0 });
      expect(await servers().deployment.plan()).toEqual([]);
    }, 300_000);

    it('is admitted by the restricted level of Pod Security', async () => {
      const labels = await servers().kubectl(
        `get namespace ${servers().namespace} --output=jsonpath={.metadata.labels}`,
      );
      expect(JSON.parse(labels)).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
      await servers().until(
        'every server runs',
        () => servers().pods.pods.filter(({ running }) => running).length === 3,
      );
    }, 180_000);

    it('is accepted by the API server again, each object without a warning', async () => {
      const listed = await servers().kubernetes.kubectl(['api-resources', '--verbs=list,create', '--output=name']);
      const kinds = listed.split('\n').filter((kind) => kind !== '' && !/^(events|pods|endpoints)/.test(kind));
      const own = `--selector=app.kubernetes.io/instance=${servers().cluster.name}`;
      const text = await servers().kubectl(`get ${kinds.join(',')} ${own} --output=json`);
      const { items } = JSON.parse(text) as { items: { kind: string; metadata: object }[] };
      const made = items
        .filter(({ metadata }) => !('ownerReferences' in metadata))
        .map((object) => ({ ...object, metadata: { ...object.metadata, managedFields: undefined } }));
      expect(made.length).toBeGreaterThan(10);
      const dryRun = ['apply', '--server-side', '--dry-run=server', '--force-conflicts', '--filename=-'];
      const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: made });
      expect(await servers().kubernetes.complaints(dryRun, { input })).toBe('');
    }, 120_000);

    it('waits to be initialised: pods are alive but not ready, and get no traffic', async () => {
      const states = async (): Promise<string[]> => Object.values(await servers().health());
      await servers().until('all servers answer', async () =>
        (await states()).every((state) => state === 'uninitialised'),
      );
      expect(servers().pods.pods.map(({ ready, restarts }) => ({ ready, restarts }))).toEqual(
        Array(3).fill({ ready: false, restarts: 0 }),
      );
      expect(servers().endpoints.ready).toEqual([]);
    }, 180_000);
  });
}

const method: KubernetesMethod = kubernetesMethod({
  name: 'apps',
  mountPath: 'apps',
  host: 'https://kubernetes.default.svc',
  tokenReview: 'server',
});

/** A tenant whose program is a pod. */
function tenantOf(devel: Environment, namespace: string): Tenant {
  const policy = customPolicy({
    name: 'checkout.app.devel',
    reason: 'The program reads its keys',
    grants: [{ type: 'documents', environment: devel, path: 'configs', operations: ['read'] }],
    logins: [
      {
        type: 'kubernetes',
        method,
        serviceAccounts: ['checkout'],
        namespaces: [namespace],
      },
    ],
  });
  return tenant({ environments: [tenantEnvironment({ environment: devel, policies: [policy] })] });
}

/** From servers that serve to a program that has its secret; needs {@link describeDeployment} before. */
export function describeTenant(servers: () => DeployedServers): void {
  describe('a cluster that is deployed', () => {
    let clients: ClientPods;
    let devel: Environment;
    afterAll(() => clients?.dispose());

    it('is initialised and unsealed by operators, and then has one active server', async () => {
      const { kubernetes } = servers();
      servers().cluster = { ...servers().cluster, authMethods: [{ ...method, caCertificate: kubernetes.ca }] };
      devel = environment('devel', { cluster: servers().cluster, trusts: [method] });
      await servers().bootstrap([devel]);
      expect(servers().endpoints.ready).toEqual([await servers().active()]);
      expect(servers().pods.pods.map(({ restarts }) => restarts)).toEqual([0, 0, 0]);
    }, 180_000);

    it('is configured by Terraform with a token for each kind of stack', async () => {
      clients = new ClientPods(servers(), method.audience);
      const { cluster } = servers();
      const checkout = tenantOf(devel, clients.namespace);
      const tenants = checkout.environments.map((settings) => ({ tenant: checkout, settings }));
      const stacks: readonly [string, StackMaker][] = [
        [
          platformStack(cluster),
          (app) => new PlatformStack(app, { cluster, environments: [devel], tenants: [checkout] }),
        ],
        [enginesStack(devel), (app) => new EnginesStack(app, { environment: devel })],
        [teamStack(devel, 'payments'), (app) => new TeamStack(app, { environment: devel, team: 'payments', tenants })],
      ];
      for (const [name, stack] of stacks) {
        const admin = await servers().client(servers().token('admin'));
        await withProvisionerToken(admin, kindOfStack(name) ?? 'platform', async (token) => {
          const folder = await servers().vaultFolder(name, token);
          expect((await folder.apply(stack)).added).toBeGreaterThan(0);
          expect([name, await folder.plan()]).toEqual([name, []]);
        });
      }
    }, 300_000);

    it('allows only its own pods to log in and read its document', async () => {
      const { dialect } = servers().cluster;
      await clients.prepare();
      await clients.start('checkout', clientLabel);
      await clients.start('other', clientLabel);
      const { binary } = dialects[dialect];
      const read = `${binary} read -format=json ${kvMount(devel)}/data/${keySetPath({ name: 'checkout' })}`;
      const role = roleOfPolicy('checkout.app.devel');
      const answer = JSON.parse(await clients.runLoggedIn('checkout', 'apps', role, read)) as {
        data: { data: unknown };
      };
      expect(answer.data.data).toEqual({ key_sets: [], active_kid: -1 });
      await expect(clients.runLoggedIn('other', 'apps', role, read)).rejects.toThrow(
        /service account name not authorized|403/,
      );
    }, 180_000);

    it('accepts connections of its clients and servers only, and to its metrics only of the monitoring', async () => {
      await clients.start('stranger', {});
      await clients.start('prometheus', watcherLabel);
      const [one, other] = servers().pods.pods;
      const address = one?.address ?? '';
      const reached = async (pod: string): Promise<boolean[]> =>
        await Promise.all([8200, 8201, 9102].map((port) => clients.reaches(pod, address, port)));
      expect({
        checkout: await reached('checkout'),
        stranger: await reached('stranger'),
        prometheus: await reached('prometheus'),
      }).toEqual({
        checkout: [true, false, false],
        stranger: [false, false, false],
        prometheus: [false, false, true],
      });
      const peer = `timeout 3 bash -c '</dev/tcp/${address}/8201' && echo yes`;
      const args = ['exec', other?.name ?? '', `--namespace=${servers().namespace}`, '--container=server', '--'];
      expect(await servers().kubernetes.kubectl([...args, 'sh', '-c', peer])).toBe('yes');
    }, 120_000);

    it('leaves no secret in the files of Terraform', () => {
      const text = servers().deployment.stateText();
      const { values } = servers().secrets;
      expect(values.length).toBeGreaterThan(3);
      expect(values.filter((secret) => text.includes(secret))).toEqual([]);
    });
  });
}
