import { serverContext, type ServerPart } from '../../../constructs/kubernetes/server-part';
import { serverStorage } from '../../../constructs/storage/server-storage';
import { defaultClientImage } from '../../../model/cluster/kubernetes/images';
import type {
  CloudNativePostgresqlStorage,
  PostgresqlStorage,
  ServerStorage,
} from '../../../model/cluster/kubernetes/storage';
import type { Dialect } from '../../../model/dialect';
import { PlatformError } from '../../../model/errors';
import { cluster, kubernetesServer } from '../../support/inventory/model';
import { kubernetesTemplate } from '../../support/template/kubernetes-template';
import type { Template } from '../../support/template/template';

const external: PostgresqlStorage = {
  kind: 'postgresql',
  host: 'db.example.com',
  port: 5432,
  database: 'openbao',
  user: 'openbao',
  passwordFile: { secret: 'database', key: 'pgpass' },
  connections: {},
  clientImage: defaultClientImage,
  peers: [{ cidr: '10.20.0.0/24' }],
};

const operated: CloudNativePostgresqlStorage = {
  kind: 'cloudNativePg',
  database: 'openbao',
  instances: 3,
  size: '10Gi',
  resources: { cpuRequest: '500m', memoryRequest: '1Gi', memoryLimit: '1Gi' },
  operatorNamespace: 'cnpg-system',
  connections: {},
  clientImage: defaultClientImage,
};

function bind(storage: ServerStorage, dialect: Dialect = 'openbao'): { part: ServerPart; template: Template } {
  let part: ServerPart = {};
  const template = kubernetesTemplate((scope) => {
    const context = serverContext(cluster({ dialect }), kubernetesServer({ namespace: 'servers', storage }));
    part = serverStorage(storage).bind(scope, context);
  });
  return { part, template };
}

describe('a PostgreSQL that exists', () => {
  test('is named in the configuration, by an address without a password', () => {
    expect(bind(external).part).toEqual({
      configuration: {
        storage: {
          postgresql: {
            connection_url:
              'postgres://openbao@db.example.com:5432/openbao?sslmode=verify-full&passfile=/openbao/database-password/pgpass',
            table: 'openbao_kv_store',
            ha_table: 'openbao_ha_locks',
            ha_enabled: 'true',
            max_parallel: '64',
            max_idle_connections: '64',
          },
        },
      },
      volumes: [
        {
          name: 'database-password',
          mountPath: '/openbao/database-password',
          source: { secret: 'database', items: { pgpass: 'pgpass' } },
        },
      ],
      egress: [{ purpose: 'database', peers: [{ cidr: '10.20.0.0/24' }], port: 5432 }],
      dependsOn: [],
    });
  });

  test('is verified with its CA if one is set', () => {
    const { configuration, volumes } = bind({ ...external, authority: { secret: 'authority', key: 'root.pem' } }).part;
    expect(JSON.stringify(configuration)).toContain('&sslrootcert=/openbao/database/ca.crt&');
    expect(volumes).toContainEqual({
      name: 'database',
      mountPath: '/openbao/database',
      source: { secret: 'authority', items: { 'root.pem': 'ca.crt' } },
    });
  });

  test.each([
    [{ host: '2001:db8::5' }, 'postgres://openbao@[2001:db8::5]:5432/openbao?'],
    [{ user: 'us er@x:%', database: 'a/b?' }, 'postgres://us%20er%40x%3A%25@db.example.com:5432/a%2Fb%3F?'],
  ])('is addressed by a URL that means %j', (over, url) => {
    expect(JSON.stringify(bind({ ...external, ...over }).part.configuration)).toContain(`"${url}`);
  });

  test('has at most the allowed number of connections', () => {
    const { configuration } = bind({ ...external, connections: { maxConnections: 100 } }).part;
    expect(configuration).toMatchObject({ storage: { postgresql: { max_parallel: '28' } } });
    expect(() => bind({ ...external, connections: { maxConnections: 20 } })).toThrow(PlatformError);
  });
});

describe('tables', () => {
  test('are created by OpenBao itself', () => {
    expect(bind(external).template.addresses).toEqual([]);
  });

  test('are created for Vault before it starts, by a Job with only these privileges', () => {
    const { part, template } = bind(external, 'vault');
    expect(part.dependsOn).toHaveLength(1);
    const { spec, wait_for_completion } = template.resource('kubernetes_job_v1') as {
      spec: { template: { spec: Record<string, unknown> } };
      wait_for_completion: boolean;
    };
    expect(wait_for_completion).toBe(true);
    expect(spec.template.spec).toMatchObject({
      automount_service_account_token: false,
      container: [{ security_context: { allow_privilege_escalation: false, read_only_root_filesystem: true } }],
      restart_policy: 'Never',
      security_context: { run_as_non_root: true },
    });
    const { data } = template.resource('kubernetes_config_map_v1') as { data: Record<string, string> };
    expect(data['tables.sql']).toContain('CREATE TABLE IF NOT EXISTS vault_ha_locks');
  });

  test('are another Job in another database, and the same in the same', () => {
    const name = (over: Partial<PostgresqlStorage> = {}): unknown =>
      (bind({ ...external, ...over }, 'vault').template.resource('kubernetes_job_v1').metadata as { name: string })
        .name;
    expect(name()).toMatch(/^vault-tables-[0-9a-f]{8}$/);
    expect(name({ clientImage: 'postgres:19' })).toBe(name());
    expect(name({ host: 'other.example.com' })).not.toBe(name());
  });
});

describe('a PostgreSQL of CloudNativePG', () => {
  test('has prevent_destroy, enough connections, and synchronous commits', () => {
    const { template } = bind(operated);
    const { manifest, lifecycle } = template.resource('kubernetes_manifest') as {
      manifest: { metadata: object; spec: object };
      lifecycle: object;
    };
    expect(lifecycle).toEqual({ prevent_destroy: true });
    expect(manifest.metadata).toMatchObject({ name: 'openbao-database', namespace: 'servers' });
    expect(manifest.spec).toEqual({
      instances: 3,
      storage: { size: '10Gi' },
      bootstrap: { initdb: { database: 'openbao', owner: 'openbao', dataChecksums: true } },
      postgresql: { parameters: { max_connections: '208' }, synchronous: { method: 'any', number: 1 } },
      resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '1Gi' } },
      affinity: {
        enablePodAntiAffinity: true,
        topologyKey: 'kubernetes.io/hostname',
        podAntiAffinityType: 'required',
      },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { 'cnpg.io/cluster': 'openbao-database' } },
        },
      ],
    });
  });

  test('does not wait for standbys with one replica', () => {
    const { manifest } = bind({ ...operated, instances: 1 }).template.resource('kubernetes_manifest');
    expect(JSON.stringify(manifest)).not.toContain('synchronous');
  });

  test('is reached through the Service and the Secret of the operator', () => {
    const { configuration, volumes, egress } = bind(operated).part;
    expect(JSON.stringify(configuration)).toContain('postgres://openbao@openbao-database-rw:5432/openbao?');
    expect(volumes?.map(({ source }) => source)).toEqual([
      { secret: 'openbao-database-app', items: { pgpass: 'pgpass' } },
      { secret: 'openbao-database-ca', items: { 'ca.crt': 'ca.crt' } },
    ]);
    expect(egress).toEqual([
      { purpose: 'database', peers: [{ pods: { 'cnpg.io/cluster': 'openbao-database' } }], port: 5432 },
    ]);
  });

  test('allows servers, Jobs and the operator', () => {
    const { spec } = bind(operated).template.resource('kubernetes_network_policy_v1') as {
      spec: { ingress: { ports: { port: string }[] }[] };
    };
    expect(spec.ingress.map(({ ports }) => ports.map(({ port }) => port))).toEqual([
      ['5432'],
      ['5432', '8000'],
      ['5432', '8000'],
    ]);
    expect(JSON.stringify(spec.ingress)).toContain('"kubernetes.io/metadata.name":"cnpg-system"');
  });
});
