import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { serverContext, type ServerContext } from '../../constructs/kubernetes/server-part';
import type { Backup } from '../../model/cluster/kubernetes/backup';
import type { NetworkPeer } from '../../model/cluster/kubernetes/parts';
import type { ServerStorage } from '../../model/cluster/kubernetes/storage';
import { missingAwsStandIn } from '../support/aws/aws-stand-in';
import { rcloneProgram } from '../support/aws/rclone-program';
import { startS3StandIn, type S3StandIn } from '../support/aws/s3-stand-in';
import { cluster, kubernetesServer } from '../support/inventory/model';
import { kubernetesLabMissing, type Kubernetes } from '../support/kubernetes/kubernetes';
import { startPostgresql, type TestPostgresql } from '../support/postgresql/database-server';
import { missingPostgresqlPrograms, postgresqlPrograms } from '../support/postgresql/postgresql-programs';
import { missingTestProgram, testProgram } from '../support/programs/go-programs';
import { systemProgram } from '../support/programs/programs';

/** Why storage cannot be tried here; undefined if it can. */
export const storageMissing: string | undefined =
  kubernetesLabMissing() ?? missingPostgresqlPrograms ?? missingAwsStandIn ?? missingTestProgram(rcloneProgram);

export const clientImage = 'lab.local/postgresql-client:1';
const uploadImage = 'lab.local/rclone:1';

/** What no password should have. It is in no file that Terraform reads or writes. */
export const password = String.raw`S3cr%t:&/?\#pw`;

/** A PostgreSQL and S3-compatible storage on this machine, and namespaces of a Kubernetes whose pods reach them. */
export class StorageWorld {
  public static async start(kubernetes: Kubernetes): Promise<StorageWorld> {
    const { hostAddress, loadImage } = kubernetes.lab!;
    const bin = postgresqlPrograms!.binDirectory;
    const [{ path: rclone }, database, storage] = await Promise.all([
      testProgram(rcloneProgram),
      startPostgresql('vault', { address: hostAddress, programs: postgresqlPrograms! }),
      startS3StandIn(hostAddress),
    ]);
    const ofSystem = ['sh', 'bash', 'cat', 'date', 'ls', 'sleep', 'split', 'openssl'].map((name) => [name, name]);
    const ofPostgresql = ['psql', 'pg_dump'].map((name) => [name, path.join(bin, name)]);
    const programs = [...ofSystem, ...ofPostgresql].map(([name = '', from = '']) => [
      `bin/${name}`,
      from.startsWith('/') ? from : systemProgram(from)!,
    ]);
    await loadImage(clientImage, Object.fromEntries(programs) as Record<string, string>);
    await loadImage(uploadImage, { 'bin/rclone': rclone });
    return new StorageWorld(kubernetes, database, storage, { cidr: `${hostAddress}/32` });
  }

  private readonly folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-storage-'));
  private readonly namespaces: string[] = [];

  private constructor(
    private readonly kubernetes: Kubernetes,
    public readonly database: TestPostgresql,
    public readonly storage: S3StandIn,
    private readonly machine: NetworkPeer & { readonly cidr: string },
  ) {
    const certificate = ['req', '-x509', '-nodes', '-days', '30', '-subj', '/CN=backup', '-newkey', 'rsa:2048'];
    this.openssl(...certificate, '-keyout', this.file('key.pem'), '-out', this.file('recipient.pem'));
  }

  public get kubectl(): (args: string, input?: string) => Promise<string> {
    return (args, input = '') => this.kubernetes.kubectl(args.split(' '), { input });
  }

  /** A namespace that admits only pods without privileges, with the Secrets that an operator makes. */
  public async namespace(databaseCa = this.database.ca): Promise<string> {
    const name = `storage-${randomBytes(4).toString('hex')}`;
    this.namespaces.push(name);
    await this.kubectl(`create namespace ${name}`);
    await this.kubectl(`label namespace ${name} pod-security.kubernetes.io/enforce=restricted`);
    const secret = (of: string, stringData: Readonly<Record<string, string>>): object => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: of, namespace: name },
      stringData,
    });
    const escaped = password.replaceAll(/[\\:]/g, String.raw`\$&`);
    const items = [
      secret('vault-database', { pgpass: `*:*:*:vault:${escaped}\n`, 'ca.crt': databaseCa }),
      secret('backup-keys', { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' }),
      secret('storage-authority', { 'ca.crt': this.storage.ca }),
    ];
    await this.kubectl('apply --filename=-', JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    return name;
  }

  /** Servers whose storage is a database of this machine. */
  public context(namespace: string, database = 'vault'): ServerContext {
    const storage: ServerStorage = {
      kind: 'postgresql',
      host: this.machine.cidr.replace('/32', ''),
      port: this.database.port,
      database,
      user: 'vault',
      passwordFile: { secret: 'vault-database', key: 'pgpass' },
      authority: { secret: 'vault-database', key: 'ca.crt' },
      connections: {},
      clientImage,
      peers: [this.machine],
    };
    return serverContext(cluster({ dialect: 'vault' }), kubernetesServer({ namespace, storage }));
  }

  public backup(): Backup {
    return {
      schedule: '30 2 29 2 *',
      timeZone: 'Etc/UTC',
      bucket: this.storage.bucket,
      prefix: 'nonprod',
      region: 'eu-central-1',
      endpoint: this.storage.url,
      authority: { secret: 'storage-authority', key: 'ca.crt' },
      recipient: readFileSync(this.file('recipient.pem'), 'utf8'),
      credentials: 'backup-keys',
      uploadImage,
      egress: [this.machine],
    };
  }

  /** What a person does with the key of the certificate. @returns file with the dump */
  public decrypt(object: Buffer): string {
    writeFileSync(this.file('dump.cms'), object);
    const to = ['-inkey', this.file('key.pem'), '-recip', this.file('recipient.pem'), '-out', this.file('dump')];
    this.openssl('cms', '-decrypt', '-binary', '-inform', 'DER', '-in', this.file('dump.cms'), ...to);
    return this.file('dump');
  }

  /** Reads a dump into an empty database. */
  public restore(dump: string, database: string): void {
    this.client('pg_restore', database, ['--exit-on-error', '--single-transaction', '--no-owner', dump]);
  }

  /** What a query gives, one line a row. */
  public rows(database: string, sql: string): string {
    return this.client('psql', database, ['--no-psqlrc', '--tuples-only', '--no-align', `--command=${sql}`]);
  }

  public async dispose(): Promise<void> {
    for (const name of this.namespaces) await this.kubectl(`delete namespace ${name} --wait=false`);
    rmSync(this.folder, { recursive: true });
    await this.storage.dispose();
    await this.database.dispose();
  }

  /** As a person does who has the password. */
  private client(program: 'pg_restore' | 'psql', database: string, args: readonly string[]): string {
    writeFileSync(this.file('ca.pem'), this.database.ca);
    const env = { PGSSLMODE: 'verify-full', PGSSLROOTCERT: this.file('ca.pem'), PGPASSWORD: password };
    const where = ['--host=127.0.0.1', `--port=${this.database.port}`, '--username=vault', `--dbname=${database}`];
    const command = path.join(postgresqlPrograms!.binDirectory, program);
    return execFileSync(command, [...where, ...args], { env, encoding: 'utf8' });
  }

  private file(name: string): string {
    return path.join(this.folder, name);
  }

  private openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { stdio: 'pipe' });
  }
}
