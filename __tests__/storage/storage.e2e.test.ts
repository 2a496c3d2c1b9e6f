import type { Construct } from 'constructs';

import { DatabaseBackup } from '../../constructs/backup/database-backup';
import { NetworkPolicies } from '../../constructs/kubernetes/network-policies';
import { serverContext } from '../../constructs/kubernetes/server-part';
import { storageDatabase, serverStorage } from '../../constructs/storage/server-storage';
import { StorageTables } from '../../constructs/storage/storage-tables';
import { eventually } from '../support/eventually';
import { cluster, kubernetesServer } from '../support/inventory/model';
import { crdsOf } from '../support/kubernetes/custom-resource-definitions';
import { useKubernetes } from '../support/kubernetes/kubernetes';
import { inKubernetes, kubernetesFolder, removeFolder } from '../support/kubernetes/kubernetes-run';
import { itUnless } from '../support/skips';
import type { TerraformFolder } from '../support/terraform/terraform-folder';
import { Openssl } from '../support/tls/openssl';
import { clientImage, password, StorageWorld, storageMissing } from './world';

const test = itUnless(storageMissing, 'storage and backups of servers on Kubernetes');

describe('the storage of servers on Kubernetes', () => {
  let world: StorageWorld;
  const folders: TerraformFolder[] = [];
  const kubernetes =
    storageMissing === undefined
      ? useKubernetes({
          before: async (cluster) => {
            world = await StorageWorld.start(cluster);
          },
          after: () => world.dispose(),
        })
      : undefined!;
  afterAll(() => folders.forEach(removeFolder));

  const folder = async (): Promise<TerraformFolder> => {
    const made = await kubernetesFolder(kubernetes());
    folders.push(made);
    return made;
  };
  const until = (what: string, holds: () => Promise<boolean>): Promise<boolean> =>
    eventually(what, () => holds().catch(() => false), { milliseconds: 180_000, interval: 500 });

  describe('in an existing database', () => {
    let namespace: string;
    let terraform: TerraformFolder;
    const build = (scope: Construct): void => {
      const context = world.context(namespace);
      const { egress = [] } = serverStorage(context.server.storage).bind(scope, context);
      new NetworkPolicies(scope, 'network', { context, exposedTo: [], egress });
      new DatabaseBackup(scope, 'backup', { context, backup: world.backup() });
    };
    const query = (sql: string): Promise<unknown> => world.database.query(sql);

    test('has the tables of Vault, created by a Job that waits until it can log in', async () => {
      namespace = await world.namespace();
      terraform = await folder();
      const applied = terraform.apply(inKubernetes(build));
      const refused = until('the database to refuse the password', async () =>
        (await world.kubectl(`logs --namespace=${namespace} -l app.kubernetes.io/component=tables`)).includes(
          'password authentication failed for user "vault"',
        ),
      );
      await Promise.race([refused, applied]);
      await query(`CREATE ROLE vault LOGIN PASSWORD '${password}'`);
      await query('ALTER DATABASE vault OWNER TO vault');
      await applied;

      const columns = `SELECT table_name || '.' || column_name AS column, data_type, collation_name, is_nullable
                       FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`;
      const text = { data_type: 'text', collation_name: 'C' };
      expect(await query(columns)).toEqual([
        { column: 'vault_ha_locks.ha_key', ...text, is_nullable: 'NO' },
        { column: 'vault_ha_locks.ha_identity', ...text, is_nullable: 'NO' },
        { column: 'vault_ha_locks.ha_value', ...text, is_nullable: 'YES' },
        {
          column: 'vault_ha_locks.valid_until',
          data_type: 'timestamp with time zone',
          collation_name: null,
          is_nullable: 'NO',
        },
        { column: 'vault_kv_store.parent_path', ...text, is_nullable: 'NO' },
        { column: 'vault_kv_store.path', ...text, is_nullable: 'NO' },
        { column: 'vault_kv_store.key', ...text, is_nullable: 'NO' },
        { column: 'vault_kv_store.value', data_type: 'bytea', collation_name: null, is_nullable: 'YES' },
      ]);
      const on = (name: string, rest: string): object => ({
        indexdef: `CREATE ${name === 'parent_path_idx' ? '' : 'UNIQUE '}INDEX ${name} ON public.${rest}`,
      });
      expect(await query("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname")).toEqual([
        on('ha_key', 'vault_ha_locks USING btree (ha_key)'),
        on('parent_path_idx', 'vault_kv_store USING btree (parent_path)'),
        on('pkey', 'vault_kv_store USING btree (path, key)'),
      ]);
    }, 300_000);

    test('has no changes in the next plan, and Terraform has no password', async () => {
      expect(await terraform.plan()).toEqual([]);
      const state = terraform.stateText();
      expect(state).toContain('vault-database');
      expect(state).not.toContain(password.slice(0, 6));
    }, 60_000);

    test('is not created if the certificate of the database is not trusted', async () => {
      await query('CREATE DATABASE untouched OWNER vault');
      const openssl = new Openssl();
      const elsewhere = await world.namespace(openssl.root('somebody else').certificate);
      openssl.dispose();
      const context = world.context(elsewhere, 'untouched');
      const database = storageDatabase(context.name, context.server.storage);
      const applied = (await folder()).apply(
        inKubernetes((scope) => new StorageTables(scope, 'tables', { context, database, deadlineSeconds: 8 })),
      );
      const logs = until('the certificate to be refused', async () =>
        (await world.kubectl(`logs --namespace=${elsewhere} -l app.kubernetes.io/component=tables`)).includes(
          'certificate verify failed',
        ),
      );
      await expect(applied).rejects.toThrow('is in failed state');
      await logs;
    }, 120_000);

    describe('has a backup', () => {
      /** Runs the CronJob once, without a second attempt. */
      const run = async (name: string, outcome: 'Complete' | 'Failed'): Promise<void> => {
        const from = `create job ${name} --from=cronjob/vault-backup --namespace=${namespace}`;
        const job = JSON.parse(await world.kubectl(`${from} --dry-run=client --output=json`)) as { spec: object };
        await world.kubectl('apply --filename=-', JSON.stringify({ ...job, spec: { ...job.spec, backoffLimit: 0 } }));
        await world
          .kubectl(`wait job/${name} --for=condition=${outcome} --timeout=60s --namespace=${namespace}`)
          .catch(async (error: unknown) => {
            const logs = `logs job/${name} --all-containers --prefix --namespace=${namespace}`;
            throw new Error(`${String(error)}\n${await world.kubectl(logs)}`);
          });
      };

      test('that only the key can decrypt, and that restores an equal database', async () => {
        await query("INSERT INTO vault_kv_store VALUES ('/logical/', '/logical/', 'visible-key', '\\x000102')");
        await query(
          `INSERT INTO vault_kv_store SELECT '/sys/', '/sys/', 'key-' || i, decode(md5(i::text), 'hex') FROM generate_series(1, 5000) i`,
        );
        await run('first', 'Complete');
        const objects = await world.storage.list();
        expect(objects).toEqual([expect.stringMatching(/^nonprod\/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.dump\.0000\.cms$/)]);
        const object = await world.storage.read(objects[0]!);
        for (const plain of ['PGDMP', 'vault_kv_store', 'visible-key']) expect(object.includes(plain)).toBe(false);

        await query('CREATE DATABASE restored OWNER vault');
        const dump = world.decrypt(object);
        world.restore(dump, 'restored');
        const digest = `SELECT count(*), md5(string_agg(t::text, '|' ORDER BY path, key)) FROM vault_kv_store t`;
        expect(world.rows('restored', digest)).toBe(world.rows('vault', digest));
        expect(world.rows('restored', digest)).toMatch(/^5001\|/);
      }, 120_000);

      test('that leaves nothing behind if the dump is interrupted', async () => {
        const before = await world.storage.list();
        // Comes to light when the rows are read: the beginning of the dump has been written by then.
        await query('ALTER TABLE vault_kv_store ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY');
        await run('second', 'Failed');
        const logs = await world.kubectl(`logs job/second --container=dump --namespace=${namespace}`);
        expect(logs).toContain('row-level security');
        expect(await world.storage.list()).toEqual(before);
      }, 120_000);
    });
  });

  describe('in a database of CloudNativePG', () => {
    let namespace: string;
    let terraform: TerraformFolder;
    const build = (scope: Construct): void => {
      const server = kubernetesServer({
        namespace,
        placement: {
          nodeSelector: { pool: 'vault' },
          tolerations: [{ key: 'vault', effect: 'NoSchedule' }],
          separateNodes: 'required',
          separateZones: 'preferred',
        },
        storage: {
          kind: 'cloudNativePg',
          database: 'vault',
          instances: 3,
          size: '10Gi',
          storageClass: 'fast',
          image: 'ghcr.io/cloudnative-pg/postgresql:18',
          resources: { cpuRequest: '500m', memoryRequest: '1Gi', memoryLimit: '1Gi' },
          operatorNamespace: 'cnpg-system',
          connections: {},
          clientImage,
        },
      });
      const context = serverContext(cluster({ dialect: 'vault' }), server);
      serverStorage(server.storage).bind(scope, context);
    };

    const forget = (): Promise<string> =>
      world.kubectl('delete crd clusters.postgresql.cnpg.io --ignore-not-found --timeout=30s');
    afterAll(async () => {
      if (storageMissing === undefined) await forget();
    });

    test('is applied without waiting while the operator is not installed', async () => {
      await forget();
      namespace = await world.namespace();
      terraform = await folder();
      const planned = await terraform.plan(inKubernetes(build));
      expect(planned).toContain('create kubernetes_config_map_v1.tables_statements');
      expect(planned.filter((change) => /_job_v1|_manifest/.test(change))).toEqual([]);
    }, 60_000);

    test('is valid for the operator', async () => {
      for (const file of await crdsOf('cloud-native-pg')) {
        await world.kubectl(`apply --server-side --filename=${file}`);
      }
      await until(
        'the resource Cluster',
        async () => (await world.kubectl('get clusters.postgresql.cnpg.io --all-namespaces')) !== undefined,
      );
      const database = (scope: Construct): void => {
        build(scope);
        // There is no operator here, and so no database that the Job could wait for.
        scope.node.tryRemoveChild('tables');
      };
      await terraform.apply(inKubernetes(database));
      const made = await world.kubectl(`get cluster vault-database --namespace=${namespace} --output=json`);
      expect((JSON.parse(made) as { spec: unknown }).spec).toMatchObject({
        instances: 3,
        bootstrap: { initdb: { database: 'vault', owner: 'vault', dataChecksums: true } },
        postgresql: { parameters: { max_connections: '208' }, synchronous: { method: 'any', number: 1 } },
        affinity: { tolerations: [{ key: 'vault', operator: 'Exists', effect: 'NoSchedule' }] },
      });
      expect(await terraform.plan()).toEqual([]);
    }, 120_000);
  });
});
