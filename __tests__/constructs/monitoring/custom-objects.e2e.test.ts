import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';

import { serverCertificate } from '../../../constructs/certificate/server-certificate';
import { serverContext } from '../../../constructs/kubernetes/server-part';
import { ServerMonitoring } from '../../../constructs/monitoring/monitoring';
import type { KubernetesServer } from '../../../model/cluster/kubernetes/server';
import { cluster, kubernetesServer, managedCertificate } from '../../support/inventory/model';
import { crdsOf, definitionsMissing } from '../../support/kubernetes/custom-resource-definitions';
import { kubernetesMissing, useKubernetes } from '../../support/kubernetes/kubernetes';
import { inKubernetes, kubernetesFolder, removeFolder } from '../../support/kubernetes/kubernetes-run';
import { itUnless } from '../../support/skips';
import type { StackMaker, TerraformFolder } from '../../support/terraform/terraform-folder';

const namespace = 'watched-servers';

const monitoring = {
  from: [],
  labels: { release: 'prometheus' },
  serviceMonitor: true,
  rules: true,
  dashboardLabels: { grafana_dashboard: '1' },
};

/** Everything that is made of others' kinds, and the dashboard. */
const stack = (over: Partial<KubernetesServer> = {}): StackMaker =>
  inKubernetes((scope) => {
    const made = new NamespaceV1(scope, 'namespace', { metadata: { name: namespace } });
    const server = kubernetesServer({ namespace, certificate: managedCertificate, monitoring, ...over });
    const context = serverContext(cluster(), server, [made]);
    serverCertificate(server.certificate).bind(scope, context);
    new ServerMonitoring(scope, 'monitoring', { context, monitoring });
  });

describe('objects of cert-manager and of the Prometheus operator', () => {
  const missing = kubernetesMissing() ?? definitionsMissing();
  if (missing !== undefined) {
    itUnless(missing, 'objects of cert-manager and of the Prometheus operator')('are accepted', () => undefined);
    return;
  }
  let folder: TerraformFolder;
  let definitions: string[];
  const kubernetes = useKubernetes({
    before: async (started) => {
      const ours = (await crdsOf('prometheus-operator')).filter((file) =>
        /_(servicemonitors|prometheusrules)\./.test(file),
      );
      definitions = [...(await crdsOf('cert-manager')), ...ours];
      // Their descriptions are too long for the annotation of a client-side apply.
      const files = definitions.map((file) => `--filename=${file}`);
      await started.kubectl(['apply', '--server-side', ...files]);
      await started.kubectl(['wait', '--for=condition=Established', '--timeout=60s', ...files]);
      folder = await kubernetesFolder(started);
    },
    after: async ({ kubectl }) => {
      await folder.destroy();
      removeFolder(folder);
      await kubectl([
        'delete',
        '--ignore-not-found',
        '--wait=false',
        ...definitions.map((file) => `--filename=${file}`),
      ]);
    },
  });
  const names = async (kinds: string): Promise<string[]> => {
    const text = await kubernetes().kubectl(['get', kinds, '--namespace', namespace, '--output=name']);
    return text.split('\n').sort();
  };

  it('are valid for their CRDs and have an empty second plan', async () => {
    expect(await folder.apply(stack())).toMatchObject({ added: 5 });
    expect(await names('certificates,servicemonitors,prometheusrules,configmaps')).toEqual([
      'certificate.cert-manager.io/openbao',
      'configmap/kube-root-ca.crt',
      'configmap/openbao-dashboard',
      'prometheusrule.monitoring.coreos.com/openbao',
      'servicemonitor.monitoring.coreos.com/openbao',
    ]);
    expect(await folder.plan()).toEqual([]);
  });

  it('are updated in place', async () => {
    const changes = await folder.apply(
      stack({
        replicas: 5,
        certificate: { ...managedCertificate, durationSeconds: 30 * 86_400, renewBeforeSeconds: 10 * 86_400 },
      }),
    );
    expect(changes).toMatchObject({ added: 0, removed: 0 });
    expect(await folder.plan()).toEqual([]);
  });

  it('have no field that the CRDs do not define', async () => {
    for (const kind of ['certificates', 'servicemonitors', 'prometheusrules']) {
      const { kubectl } = kubernetes();
      const [object] = (
        JSON.parse(await kubectl(['get', kind, '--namespace', namespace, '--output=json'])) as {
          items: { metadata: Record<string, unknown> }[];
        }
      ).items;
      const { name, labels } = object!.metadata;
      const bare = JSON.stringify({ ...object, metadata: { name: `${String(name)}-copy`, namespace, labels } });
      const strictly = ['--validate=strict', '--dry-run=server', '--filename=-'];
      expect(await kubernetes().complaints(['create', ...strictly], { input: bare })).toBe('');
    }
  });
});
