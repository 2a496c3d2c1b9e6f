import { ServerDeployment } from '../../../constructs/kubernetes/server-deployment';
import { serverContext, type ServerPart } from '../../../constructs/kubernetes/server-part';
import type { KubernetesServer } from '../../../model/cluster/kubernetes/server';
import type { Dialect } from '../../../model/dialect';
import { cluster, kubernetesServer } from '../../support/inventory/model';
import { kubernetesTemplate } from '../../support/template/kubernetes-template';
import type { Template } from '../../support/template/template';

type Block = Readonly<Record<string, unknown>>;
interface Container extends Block {
  readonly name: string;
  readonly env: readonly { readonly name: string; readonly value?: string }[];
  readonly volume_mount: readonly { readonly mount_path: string }[];
}
interface StatefulSet {
  readonly wait_for_rollout: boolean;
  readonly spec: Block & {
    readonly selector: { readonly match_labels: Record<string, string> };
    readonly template: {
      readonly metadata: { readonly labels: Record<string, string>; readonly annotations: Record<string, string> };
      readonly spec: Block & { readonly container: readonly Container[]; readonly volume: readonly Block[] };
    };
  };
}

const deploy = (
  over: Partial<KubernetesServer> = {},
  parts: readonly ServerPart[] = [],
  dialect: Dialect = 'openbao',
): Template =>
  kubernetesTemplate((scope) => {
    const context = serverContext(cluster({ dialect }), kubernetesServer(over));
    new ServerDeployment(scope, 'servers', { context, parts });
  });

const statefulSet = (template: Template): StatefulSet =>
  template.resource('kubernetes_stateful_set_v1') as unknown as StatefulSet;
const pod = (template: Template): StatefulSet['spec']['template']['spec'] => statefulSet(template).spec.template.spec;
const containers = (template: Template): Record<string, Container> =>
  Object.fromEntries(pod(template).container.map((container) => [container.name, container]));
const configuration = (template: Template): Block => {
  const { data } = template.resource('kubernetes_config_map_v1') as { data: Record<string, string> };
  return JSON.parse(data['server.json']!) as Block;
};
const checksum = (template: Template): string | undefined =>
  statefulSet(template).spec.template.metadata.annotations['vault-platform/configuration'];

describe('ServerDeployment', () => {
  it('does not wait for uninitialised servers, and changes by `platform rollout`', () => {
    const { wait_for_rollout: waits, spec } = statefulSet(deploy());
    expect(waits).toBe(false);
    expect(spec).toMatchObject({
      replicas: '3',
      pod_management_policy: 'Parallel',
      update_strategy: [{ type: 'OnDelete' }],
      service_name: 'openbao-peers',
    });
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.match_labels);
  });

  it.each(['server', 'attendant'])('gives its %s no privilege at all', (name) => {
    const template = deploy();
    expect(pod(template).security_context).toMatchObject({
      run_as_non_root: true,
      run_as_user: '100',
      seccomp_profile: { type: 'RuntimeDefault' },
    });
    expect(containers(template)[name]!.security_context).toEqual({
      allow_privilege_escalation: false,
      read_only_root_filesystem: true,
      run_as_non_root: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it.each([
    ['openbao', 'bao', 'BAO'],
    ['vault', 'vault', 'VAULT'],
  ] as const)('starts %s itself, and tells each pod its own addresses', (dialect, binary, prefix) => {
    const { server } = containers(deploy({}, [], dialect));
    expect(server!.command).toEqual([binary, 'server', `-config=/${dialect}/config/server.json`]);
    const host = `https://$(${prefix}_K8S_POD_NAME).${dialect}-peers.openbao-nonprod.svc`;
    expect(server!.env).toEqual([
      { name: `${prefix}_K8S_POD_NAME`, value_from: { field_ref: { field_path: 'metadata.name' } } },
      { name: `${prefix}_K8S_NAMESPACE`, value: 'openbao-nonprod' },
      { name: `${prefix}_API_ADDR`, value: `${host}:8200` },
      { name: `${prefix}_CLUSTER_ADDR`, value: `${host}:8201` },
    ]);
  });

  it('configures service registration and JSON logs', () => {
    expect(configuration(deploy())).toMatchObject({
      cluster_name: 'nonprod',
      log_format: 'json',
      service_registration: { kubernetes: {} },
      listener: [{ tcp: { address: '[::]:8200', tls_cert_file: '/openbao/tls/tls.crt' } }],
    });
  });

  it('uses health for readiness, not for liveness', () => {
    const { server, attendant } = containers(deploy());
    expect(server).toMatchObject({
      readiness_probe: { http_get: { path: '/v1/sys/health?standbyok=true&perfstandbyok=true', scheme: 'HTTPS' } },
      liveness_probe: { tcp_socket: [{ port: '8200' }] },
      startup_probe: { tcp_socket: [{ port: '8200' }] },
    });
    for (const probe of ['liveness_probe', 'startup_probe']) expect(server![probe]).not.toHaveProperty('http_get');
    expect(Object.keys(attendant!)).not.toContain('liveness_probe');
  });

  it('spreads servers over nodes and zones', () => {
    expect(pod(deploy())).toMatchObject({
      affinity: {
        pod_anti_affinity: {
          required_during_scheduling_ignored_during_execution: [{ topology_key: 'kubernetes.io/hostname' }],
        },
      },
      topology_spread_constraint: [
        { topology_key: 'topology.kubernetes.io/zone', max_skew: 1, when_unsatisfiable: 'ScheduleAnyway' },
      ],
      priority_class_name: 'openbao-nonprod',
    });
    const placement = {
      nodeSelector: { pool: 'vault' },
      tolerations: [{ key: 'dedicated', value: 'vault', effect: 'NoSchedule' }, { key: 'spot' }],
      separateNodes: 'preferred',
      separateZones: 'required',
      priorityClass: 'important',
    } as const;
    const template = deploy({ placement });
    expect(pod(template)).toMatchObject({
      node_selector: { pool: 'vault' },
      toleration: [
        { key: 'dedicated', operator: 'Equal', value: 'vault', effect: 'NoSchedule' },
        { key: 'spot', operator: 'Exists' },
      ],
      affinity: {
        pod_anti_affinity: {
          preferred_during_scheduling_ignored_during_execution: [
            { weight: 100, pod_affinity_term: { topology_key: 'kubernetes.io/hostname' } },
          ],
        },
      },
      topology_spread_constraint: [{ when_unsatisfiable: 'DoNotSchedule' }],
      priority_class_name: 'important',
    });
    expect(template.resources('kubernetes_priority_class_v1')).toEqual({});
  });

  it('has a PodDisruptionBudget of one server', () => {
    const { spec } = deploy().resource('kubernetes_pod_disruption_budget_v1') as { spec: Block };
    const { selector } = statefulSet(deploy()).spec;
    expect(spec).toEqual({ max_unavailable: '1', selector });
  });

  it('gives the server what its parts require, and the sidecar only the certificate', () => {
    const volume = (name: string) => ({ name, mountPath: `/openbao/${name}`, source: { secret: name } });
    const template = deploy({}, [
      {
        configuration: { storage: { postgresql: {} } },
        environment: [{ name: 'PGPASSWORD', from: { secret: 'database', key: 'password' } }],
        volumes: [volume('database'), volume('tls')],
        podLabels: { 'azure.workload.identity/use': 'true' },
      },
      { configuration: { seal: { transit: {} } }, egress: [{ purpose: 'seal', peers: [], port: 443 }] },
    ]);
    const { server, attendant } = containers(template);
    expect(configuration(template)).toMatchObject({ storage: { postgresql: {} }, seal: { transit: {} } });
    expect(statefulSet(template).spec.template.metadata.labels).toHaveProperty(['azure.workload.identity/use'], 'true');
    expect(server!.env.map(({ name }) => name)).toContain('PGPASSWORD');
    expect(attendant!.env.map(({ name }) => name)).not.toContain('PGPASSWORD');
    const folders = (container: Container | undefined) => container!.volume_mount.map(({ mount_path: at }) => at);
    const token = '/var/run/secrets/kubernetes.io/serviceaccount';
    expect(folders(server)).toEqual(['/openbao/config', '/tmp', token, '/openbao/database', '/openbao/tls']);
    expect(folders(attendant)).toEqual(['/openbao/config', '/tmp', '/openbao/tls']);
  });

  it('mounts the token of the ServiceAccount in the container of the server alone', () => {
    const template = deploy();
    expect(pod(template).automount_service_account_token).toBe(false);
    const holds = (volume: Block) => JSON.stringify(volume).includes('service_account_token');
    const tokens = (pod(template).volume as Block[]).filter(holds).map(({ name }) => name);
    expect(tokens).toEqual(['service-account']);
    const mounting = Object.entries(containers(template)).filter(([, container]) =>
      JSON.stringify(container).includes('service-account'),
    );
    expect(mounting.map(([name]) => name)).toEqual(['server']);
  });

  it('marks the configuration of pods with a checksum that nothing else changes', () => {
    const [before, same, quieter] = [deploy(), deploy({ replicas: 5 }), deploy({ logLevel: 'error' })].map(checksum);
    expect(same).toBe(before);
    expect(quieter).not.toBe(before);
  });

  it('rotates an audit file with the sidecar', () => {
    const { attendant } = containers(deploy({ audit: { kind: 'file', rotateMebibytes: 100, keep: 5 } }));
    expect(attendant!.env).toEqual(
      expect.arrayContaining([
        { name: 'AUDIT_FILE', value: '/openbao/audit/audit.log' },
        { name: 'AUDIT_BYTES', value: '104857600' },
        { name: 'AUDIT_KEEP', value: '5' },
      ]),
    );
    expect(containers(deploy()).attendant!.env.map(({ name }) => name)).not.toContain('AUDIT_FILE');
  });

  it('opens a metrics port for monitoring, and uses image pull secrets', () => {
    const monitoring = { from: [], labels: {}, serviceMonitor: true, rules: true };
    const template = deploy({ monitoring, imagePullSecrets: ['registry'] });
    expect(containers(template).server!.port).toContainEqual({ name: 'metrics', container_port: 9102 });
    expect(configuration(template)).toMatchObject({ listener: [{}, { tcp: { address: '[::]:9102' } }] });
    expect(pod(template).image_pull_secrets).toEqual([{ name: 'registry' }]);
  });

  it('is deterministic', () => {
    expect(deploy().json).toEqual(deploy().json);
  });
});
