import { defaultUploadImage } from '../../model/cluster/kubernetes/images';
import type { KubernetesServer } from '../../model/cluster/kubernetes/server';
import { planStacks } from '../../stacks/create-stacks';
import { ServerStack } from '../../stacks/server-stack';
import { certificatePem, cluster, kubernetesCluster, kubernetesServer } from '../support/inventory/model';
import { Template, testApp } from '../support/template/template';

const template = (over: Partial<KubernetesServer> = {}): Template =>
  Template.fromStack(new ServerStack(testApp(), { cluster: { ...cluster(), server: kubernetesServer(over) } }));

const kinds = ({ addresses }: Template): string[] => [...new Set(addresses.map((address) => address.split('.')[0]!))];

/** All that a cluster may have. */
const everything: Partial<KubernetesServer> = {
  context: 'production',
  tokenReview: true,
  exposure: { controller: 'haproxy', ingressClass: 'haproxy', redirect: true, from: [] },
  monitoring: { from: [], labels: {}, serviceMonitor: true, rules: true, dashboardLabels: { grafana: '1' } },
  backup: {
    schedule: '0 3 * * *',
    timeZone: 'UTC',
    bucket: 'backups',
    prefix: 'openbao',
    region: 'eu-central-1',
    recipient: certificatePem,
    uploadImage: defaultUploadImage,
    egress: [],
  },
};

interface Container {
  readonly name: string;
}
interface Pod {
  readonly container: readonly Container[];
  readonly init_container?: readonly Container[];
  readonly security_context: object;
  readonly volume: readonly object[];
}

/** Every block of a name, however deep. */
function blocks(within: unknown, name: string): Record<string, unknown>[] {
  if (typeof within !== 'object' || within === null) return [];
  return Object.entries(within).flatMap(([key, value]) => [
    ...(key === name && !Array.isArray(within) ? [value as Record<string, unknown>] : []),
    ...blocks(value, name),
  ]);
}

describe('the stack of a cluster’s servers', () => {
  it('minimal: StatefulSet, Services, network policies and an admission policy only', () => {
    expect(kinds(template())).toEqual([
      'kubernetes_config_map_v1',
      'kubernetes_manifest',
      'kubernetes_namespace_v1',
      'kubernetes_network_policy_v1',
      'kubernetes_pod_disruption_budget_v1',
      'kubernetes_priority_class_v1',
      'kubernetes_role_binding_v1',
      'kubernetes_role_v1',
      'kubernetes_service_account_v1',
      'kubernetes_service_v1',
      'kubernetes_stateful_set_v1',
    ]);
  });

  it('maximal: exposure, monitoring and backups', () => {
    expect(kinds(template(everything))).toEqual(
      expect.arrayContaining(['kubernetes_cluster_role_binding_v1', 'kubernetes_cron_job_v1', 'kubernetes_ingress_v1']),
    );
  });

  it('has a namespace for pods without privileges, which Terraform does not remove', () => {
    expect(template().resource('kubernetes_namespace_v1')).toMatchObject({
      metadata: {
        name: 'openbao-nonprod',
        labels: {
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/audit': 'restricted',
          'pod-security.kubernetes.io/warn': 'restricted',
        },
      },
      lifecycle: { prevent_destroy: true },
    });
  });

  it('creates all other objects in that namespace, after it', () => {
    const resources = template(everything).json.resource as Record<string, Record<string, Record<string, unknown>>>;
    const all = Object.entries(resources).flatMap(([kind, byId]) =>
      Object.entries(byId).map(([id, attributes]) => ({ address: `${kind}.${id}`, ...attributes })),
    ) as { address: string; metadata?: { namespace?: string }; depends_on?: readonly string[] }[];
    const inside = all.filter(({ metadata }) => metadata?.namespace !== undefined);
    expect(inside.length).toBeGreaterThan(15);
    const comesAfter = (address: string): boolean => {
      const { depends_on: before = [] } = all.find((resource) => resource.address === address) ?? {};
      return before.some((other) => other === 'kubernetes_namespace_v1.namespace' || comesAfter(other));
    };
    for (const { address, metadata } of inside) {
      expect([address, metadata?.namespace, comesAfter(address)]).toEqual([address, 'openbao-nonprod', true]);
    }
  });

  describe('whatever runs in it', () => {
    const vault = { ...cluster({ name: 'n'.repeat(55), dialect: 'vault' }), server: kubernetesServer(everything) };
    const { json } = Template.fromStack(new ServerStack(testApp(), { cluster: vault }));
    const pods = blocks(json.resource, 'template').map(({ spec }) => spec as Pod);

    it('is servers, the Job of the tables and the CronJob of backups', () => {
      const names = pods.flatMap(({ container, init_container: first = [] }) => [...first, ...container]);
      expect(names.map(({ name }) => name).sort()).toEqual(['attendant', 'dump', 'psql', 'server', 'upload']);
    });

    it.each(pods)('has no privilege, and reserves and is limited (%#)', (pod) => {
      expect(pod.security_context).toMatchObject({
        run_as_non_root: true,
        seccomp_profile: { type: 'RuntimeDefault' },
      });
      for (const volume of pod.volume)
        expect(Object.keys(volume).join()).toMatch(/^name,(secret|config_map|empty_dir|projected)$/);
      for (const container of [...pod.container, ...(pod.init_container ?? [])]) {
        expect(container).toMatchObject({
          security_context: {
            run_as_non_root: true,
            allow_privilege_escalation: false,
            read_only_root_filesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          resources: {
            requests: { cpu: expect.any(String) as string, memory: expect.any(String) as string },
            limits: { memory: expect.any(String) as string },
          },
        });
      }
    });

    it('has labels for selection, and valid names', () => {
      const objects = blocks(json.resource, 'metadata').filter(({ name }) => name !== undefined);
      expect(objects.length).toBeGreaterThan(20);
      for (const { name, labels } of objects) {
        expect(labels).toMatchObject({
          'app.kubernetes.io/name': 'vault',
          'app.kubernetes.io/managed-by': 'terraform',
        });
        // Pods and Services stand in names of hosts; a name that is the cluster's own is of a kind that may be longer.
        if (!String(name).includes(vault.name)) expect(String(name).length).toBeLessThanOrEqual(52);
      }
    });
  });

  it('uses the context of the inventory as its only connection setting', () => {
    expect(template(everything).json.provider).toEqual({ kubernetes: [{ config_context: 'production' }] });
    expect(template().json.provider).toEqual({ kubernetes: [{}] });
  });
});

describe('the stacks of an inventory', () => {
  const inventory = { environments: [], tenants: [] };

  it('start with the servers stack of deployed clusters', () => {
    const clusters = [cluster({ name: 'elsewhere' }), kubernetesCluster()];
    expect(planStacks({ ...inventory, clusters }).map(({ name }) => name)).toEqual([
      'nonprod-server',
      'elsewhere-platform',
      'nonprod-platform',
    ]);
  });
});
