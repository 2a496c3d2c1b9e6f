import { DatabaseBackup } from '../../../constructs/backup/database-backup';
import { serverContext } from '../../../constructs/kubernetes/server-part';
import type { Backup } from '../../../model/cluster/kubernetes/backup';
import { defaultUploadImage } from '../../../model/cluster/kubernetes/images';
import { cluster, kubernetesServer } from '../../support/inventory/model';
import { kubernetesTemplate } from '../../support/template/kubernetes-template';
import type { Template } from '../../support/template/template';

const minimal: Backup = {
  schedule: '30 2 * * *',
  timeZone: 'Etc/UTC',
  bucket: 'backups',
  prefix: 'nonprod',
  region: 'eu-central-1',
  recipient: '-----BEGIN CERTIFICATE-----\n',
  uploadImage: defaultUploadImage,
  egress: [{ cidr: '0.0.0.0/0' }],
};

interface Container {
  readonly command: string[];
  readonly env: { readonly name: string; readonly value?: string; readonly value_from?: object }[];
  readonly security_context: object;
}

function backup(over: Partial<Backup> = {}): { template: Template; dump: Container; upload: Container; spec: object } {
  const template = kubernetesTemplate((scope) => {
    const context = serverContext(cluster(), kubernetesServer({ namespace: 'servers' }));
    new DatabaseBackup(scope, 'backup', { context, backup: { ...minimal, ...over } });
  });
  const { spec } = template.resource('kubernetes_cron_job_v1') as {
    spec: { job_template: { spec: { template: { spec: { init_container: [Container]; container: [Container] } } } } };
  };
  const pod = spec.job_template.spec.template.spec;
  return { template, dump: pod.init_container[0], upload: pod.container[0], spec: pod };
}

const values = ({ env }: Container): Record<string, string | undefined> =>
  Object.fromEntries(env.map(({ name, value }) => [name, value]));

describe('DatabaseBackup', () => {
  test('verifies TLS of the database, and encrypts the dump before the upload', () => {
    const { dump } = backup();
    expect(values(dump)).toMatchObject({ PGHOST: 'db.example.com', PGDATABASE: 'openbao', PGSSLMODE: 'verify-full' });
    const [, , script = ''] = dump.command;
    expect(script).toMatch(/pg_dump .*\|\s+split .*--filter='openssl cms -encrypt .*-aes-256-gcm/s);
  });

  test('uploads to AWS with the IAM role of its ServiceAccount', () => {
    const { template, upload } = backup({ roleArn: 'arn:aws:iam::123456789012:role/backup' });
    expect(upload.command.at(-1)).toBe(':s3:backups/nonprod/');
    expect(values(upload)).toEqual({
      RCLONE_S3_PROVIDER: 'AWS',
      RCLONE_S3_REGION: 'eu-central-1',
      RCLONE_S3_ENV_AUTH: 'true',
      RCLONE_S3_NO_CHECK_BUCKET: 'true',
    });
    expect(template.resource('kubernetes_service_account_v1')).toMatchObject({
      automount_service_account_token: false,
      metadata: {
        name: 'openbao-backup',
        annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/backup' },
      },
    });
  });

  test('uploads to other S3 storage with keys from a Secret', () => {
    const { upload, template } = backup({
      endpoint: 'https://s3.example.com:9000',
      authority: { secret: 'storage-authority', key: 'root.pem' },
      credentials: 'backup-keys',
      prefix: '',
    });
    expect(upload.command.at(-1)).toBe(':s3:backups/');
    expect(values(upload)).toMatchObject({
      RCLONE_S3_PROVIDER: 'Other',
      RCLONE_S3_ENDPOINT: 'https://s3.example.com:9000',
      RCLONE_CA_CERT: '/authority/ca.crt',
    });
    expect(upload.env).toContainEqual({
      name: 'AWS_SECRET_ACCESS_KEY',
      value_from: { secret_key_ref: { name: 'backup-keys', key: 'AWS_SECRET_ACCESS_KEY' } },
    });
    const { spec } = template.resource('kubernetes_network_policy_v1') as {
      spec: { policy_types: string[]; egress: { ports: { port: string }[] }[] };
    };
    expect(spec.policy_types).toEqual(['Egress']);
    expect(spec.egress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual(['5432', '9000']);
  });

  test('gives the database password only to the container that dumps', () => {
    const { dump, upload } = backup({ credentials: 'backup-keys' });
    expect(JSON.stringify(upload)).not.toContain('database-password');
    expect(JSON.stringify(dump)).not.toContain('backup-keys');
  });

  test('runs one Job at a time, without privileges, token or restarts', () => {
    const { template, dump, upload, spec } = backup();
    expect(template.resource('kubernetes_cron_job_v1')).toMatchObject({
      spec: { schedule: '30 2 * * *', timezone: 'Etc/UTC', concurrency_policy: 'Forbid' },
    });
    expect(spec).toMatchObject({
      automount_service_account_token: false,
      restart_policy: 'Never',
      security_context: { run_as_non_root: true, seccomp_profile: { type: 'RuntimeDefault' } },
    });
    for (const { security_context } of [dump, upload]) {
      expect(security_context).toMatchObject({
        allow_privilege_escalation: false,
        read_only_root_filesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });
});
