import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';

import { parseAllDocuments } from 'yaml';

import type { AgentProps } from '../../agents/agent-files';
import { kubernetesFiles } from '../../agents/kubernetes';
import { programImage } from '../../agents/kubernetes-pod';
import { kubectlImage } from '../../agents/kubernetes-secrets';
import { dialects } from '../../model/dialect';
import type { Dialect } from '../../model/dialect';
import { roleOfPolicy } from '../../model/names';
import type { AgentFile } from '../../model/tenant/agent-files';
import { policy, prepareServer, role, settings } from '../support/agent/agent-server';
import { eventually } from '../support/eventually';
import { appRole, cluster, environment, kubernetesMethod } from '../support/inventory/model';
import { kubernetesLabMissing, kubernetesMissing, useKubernetes } from '../support/kubernetes/kubernetes';
import { itUnless } from '../support/skips';
import { startDevServer, type DevServer } from '../support/vault/dev-server';

type Manifest = Readonly<Record<string, unknown>> & {
  readonly kind: string;
  readonly metadata: { readonly name: string };
};

const namespace = `agents-${randomBytes(4).toString('hex')}`;
const reviewer = `${namespace}-reviewer`;
const serviceAccount = 'checkout';
const account = `system:serviceaccount:${namespace}:${serviceAccount}`;

const certificate = (name: string, format: 'java' | 'pem'): AgentFile => ({
  type: 'certificate',
  name,
  role,
  commonName: role.domains[0]!,
  altNames: [],
  ipAddresses: [],
  ttlSeconds: 3600,
  format,
});
const files: readonly AgentFile[] = [
  certificate('web', 'pem'),
  certificate('broker', 'java'),
  { type: 'document', path: 'settings', name: 'settings.json' },
];

function propsFor(dialect: Dialect, server?: DevServer): AgentProps {
  const login = {
    type: 'kubernetes',
    method: kubernetesMethod(),
    serviceAccounts: [serviceAccount],
    namespaces: [namespace],
  } as const;
  const where = cluster({ dialect, ...(server !== undefined && { address: server.address }) });
  return {
    tenant: { name: 'checkout', inventoryName: 'checkout', team: 'payments' },
    settings: { environment: environment('devel', { cluster: where }), appRole: appRole() },
    agent: { name: 'app', policy: { ...policy, logins: [login] }, files, directory: '/etc/checkout' },
    ...(server !== undefined && { caCertificate: server.ca }),
  };
}

/** The YAML that a user gets. */
const manifestsOf = (props: AgentProps): string =>
  kubernetesFiles(props).find(({ path }) => path.endsWith('.yaml'))!.content;

const parsed = (text: string): Manifest[] => parseAllDocuments(text).map((document) => document.toJS() as Manifest);

const missing = kubernetesMissing();
const test = itUnless(missing, 'the manifests of an agent on a real API server');
const withPods = itUnless(kubernetesLabMissing(), 'an agent in a real pod');

describe('the manifests of an agent', () => {
  const kubernetes =
    missing === undefined
      ? useKubernetes({
          before: async ({ kubectl: run }) => {
            await run(['create', 'namespace', namespace]);
            const levels = ['enforce', 'warn'].map((mode) => `pod-security.kubernetes.io/${mode}=restricted`);
            await run(['label', 'namespace', namespace, ...levels]);
          },
          after: async ({ kubectl: run }) => {
            await run(['delete', 'clusterrolebinding', reviewer, '--ignore-not-found']);
            await run(['delete', 'namespace', namespace, '--wait=false']);
          },
        })
      : undefined!;
  const kubectl = (args: string, input = ''): Promise<string> => kubernetes().kubectl(args.split(' '), { input });
  const complaints = (args: string, input = ''): Promise<string> => kubernetes().complaints(args.split(' '), { input });

  describe.each(['openbao', 'vault'] as const)('for %s', (dialect) => {
    test('are accepted by the API server without warnings', async () => {
      await expect(complaints('apply --dry-run=server --filename=-', manifestsOf(propsFor(dialect)))).resolves.toBe('');
    });

    test('create pods that the restricted level of Pod Security admits', async () => {
      const deployment = parsed(manifestsOf(propsFor(dialect))).find(({ kind }) => kind === 'Deployment')!;
      const { template } = deployment.spec as { template: { spec: { containers: object[] } } };
      const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'one', namespace }, spec: template.spec };
      await kubectl(`create serviceaccount ${serviceAccount}-${dialect} --namespace=${namespace}`);
      const dryRun = (spec: object): Promise<string> =>
        complaints('create --dry-run=server --filename=-', JSON.stringify({ ...pod, spec }));
      const spec = { ...pod.spec, serviceAccountName: `${serviceAccount}-${dialect}` };
      await expect(dryRun(spec)).resolves.toBe('');
      const [program] = spec.containers;
      await expect(dryRun({ ...spec, containers: [{ ...program, securityContext: {} }] })).resolves.toContain(
        'violates PodSecurity "restricted:latest"',
      );
    });
  });

  test('allow the ServiceAccount to create and change its own Secrets, and nothing else', async () => {
    const props = propsFor('openbao');
    // Not the one that runs in a pod: the type of a Secret stays for good.
    const manifests = parsed(manifestsOf({ ...props, agent: { ...props.agent, name: 'rights' } }));
    const rights = manifests.filter(({ kind }) => kind === 'Role' || kind === 'RoleBinding');
    for (const right of rights) await kubectl('apply --filename=-', JSON.stringify(right));
    const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
    const as = `--as=${account} ${groups.map((group) => `--as-group=${group}`).join(' ')} --namespace=${namespace}`;
    const secret = (name: string, value: string): string =>
      JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData: { value } });
    const apply = `apply --server-side --field-manager=checkout-rights-agent --filename=- ${as}`;

    for (const file of files) {
      await kubectl(apply, secret(`checkout-rights-${file.name}`, 'one'));
      await kubectl(apply, secret(`checkout-rights-${file.name}`, 'two'));
    }
    await expect(complaints(apply, secret('another', 'one'))).resolves.toContain('cannot patch resource "secrets"');
    await expect(complaints(`create --filename=- ${as}`, secret('another', 'one'))).resolves.toContain('cannot create');
    for (const verb of ['get', 'delete']) {
      await expect(complaints(`${verb} secret checkout-rights-web ${as}`)).resolves.toContain(
        `cannot ${verb} resource`,
      );
    }
    await expect(complaints(`get secrets ${as}`)).resolves.toContain('cannot list resource');
  });

  describe('in a pod', () => {
    let server: DevServer | undefined;

    afterAll(() => server?.dispose(), 60_000);

    withPods.each(['openbao', 'vault'] as const)('%s leaves a token, files and Secrets', async (dialect) => {
      const { hostAddress, loadImage } = kubernetes().lab!;
      await server?.dispose();
      server = await startDevServer(dialect, hostAddress);
      const { binary, image } = dialects[dialect];
      await loadImage(`docker.io/${image}`, { [`bin/${binary}`]: server.program });
      await loadImage(kubectlImage, { 'bin/kubectl': await pathOf('kubectl') }, ['/bin/kubectl']);
      const tools = { 'bin/sleep': '/bin/sleep', 'bin/cat': '/bin/cat', 'bin/stat': '/usr/bin/stat' };
      await loadImage(programImage, tools, ['/bin/sleep', 'infinity']);
      await prepareServer(server.admin);
      await trustKubernetes(server);

      const name = 'deployment/checkout-app';
      await kubectl('apply --filename=-', manifestsOf(propsFor(dialect, server)));
      await kubectl(`rollout status ${name} --namespace=${namespace} --timeout=150s`).catch(async (error: unknown) => {
        const logs = await kubectl(`logs ${name} --namespace=${namespace} --all-containers --prefix`);
        throw new Error(`${String(error)}\n${logs}`);
      });
      const inProgram = (command: string): Promise<string> =>
        kubectl(`exec ${name} --namespace=${namespace} --container=program -- ${command}`);

      for (const file of ['/etc/vault/token', '/etc/checkout/web.pem', '/etc/checkout/settings.json']) {
        await expect(inProgram(`stat --format=%a:%u ${file}`)).resolves.toBe('600:10001');
      }
      const token = await inProgram('cat /etc/vault/token');
      const self = await server.admin.with({ token }).read('auth/token/lookup-self');
      expect(self.data?.policies).toContain(policy.name);
      const pem = await inProgram('cat /etc/checkout/broker.pem');
      expect(new X509Certificate(pem).checkPrivateKey(createPrivateKey(pem))).toBe(true);
      await expect(inProgram('cat /var/run/secrets/kubernetes.io/serviceaccount/token')).rejects.toThrow(
        /No such file/,
      );

      const secret = async (file: string): Promise<Record<string, string>> => {
        const text = await kubectl(`get secret checkout-app-${file} --namespace=${namespace} --output=json`);
        const { data } = JSON.parse(text) as { data: Record<string, string> };
        return Object.fromEntries(
          Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
        );
      };
      const web = await secret('web');
      expect(new X509Certificate(web['tls.crt']!).checkPrivateKey(createPrivateKey(web['tls.key']!))).toBe(true);
      expect(web['tls.crt']).not.toContain('PRIVATE KEY');
      expect(web['ca.crt']).toContain('BEGIN CERTIFICATE');
      expect(Object.keys(await secret('broker')).sort()).toEqual(['broker.ca.pem', 'broker.pem']);
      expect(JSON.parse((await secret('settings.json'))['settings.json']!)).toEqual(settings);

      // The sidecar: what changes on the server arrives in the file.
      await server.admin.write('v1/devel/kv/data/checkout/settings', { data: { changed: dialect } });
      await eventually(
        'the new document in the file',
        async () => (await inProgram('cat /etc/checkout/settings.json')).includes(dialect),
        { milliseconds: 120_000, interval: 1000 },
      );
    });

    /** An auth method that asks the cluster, with an account that may review tokens and do nothing else. */
    async function trustKubernetes({ admin }: DevServer): Promise<void> {
      const { host, ca } = kubernetes();
      await kubectl(`create serviceaccount reviewer --namespace=${namespace}`).catch(() => undefined);
      const binding = `create clusterrolebinding ${reviewer} --clusterrole=system:auth-delegator`;
      await kubectl(`${binding} --serviceaccount=${namespace}:reviewer`).catch(() => undefined);
      const { mountPath, audience } = kubernetesMethod();
      await admin.write(`sys/auth/${mountPath}`, { type: 'kubernetes' });
      await admin.write(`auth/${mountPath}/config`, {
        kubernetes_host: host,
        kubernetes_ca_cert: ca,
        token_reviewer_jwt: await kubectl(`create token reviewer --namespace=${namespace}`),
      });
      await admin.write(`auth/${mountPath}/role/${roleOfPolicy(policy.name)}`, {
        bound_service_account_names: [serviceAccount],
        bound_service_account_namespaces: [namespace],
        audience,
        token_policies: [policy.name],
        token_ttl: '20m',
      });
    }
  });
});

async function pathOf(program: string): Promise<string> {
  const { execa } = await import('execa');
  return (await execa('which', [program])).stdout;
}
