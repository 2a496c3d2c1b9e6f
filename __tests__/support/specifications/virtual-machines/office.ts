import { randomUUID } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { ServerClient } from '../../../../client/server-client';
import { GuardedFolder } from '../../../../local/guard/guarded-folder';
import { Toolbox } from '../../../../local/toolbox/toolbox';
import type { Dialect } from '../../../../model/dialect';
import { ownAppRoleMount } from '../../../../model/names';
import type { AwsStandIn } from '../../aws/aws-stand-in';
import { InventoryCopy } from '../../inventory/inventory-copy';
import type { Directory } from '../../ldap/slapd';
import { startPostgresql } from '../../postgresql/database-server';
import type { TestDatabase } from '../../postgresql/database-server';
import { ProcessWatch } from '../../processes/process-watch';
import { TestReplica } from '../../replica/replica';
import type { CommandResult } from '../../replica/replica';

/** What the servers of the example talk to, besides their database; one that is missing keeps the example's address. */
export interface Peers {
  readonly directory?: Directory | undefined;
  readonly aws?: AwsStandIn | undefined;
}

export const clusterFile = 'clusters/two-zones.yaml';
const environmentFile = 'environments/office.yaml';
const tenantFile = 'tenants/reports/invoices.yaml';

/** The example `virtual-machines` on this machine, with a real database, and what the operator of it does. */
export class Office {
  /** Starts all of it but the replica. */
  public static async open(dialect: Dialect, peers: Peers = {}): Promise<Office> {
    const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
    const server = await toolbox.server(dialect, () => undefined);
    const warehouse = await startPostgresql('warehouse');
    const office = new Office(dialect, warehouse, peers, server.path);
    try {
      await office.furnish();
      return office;
    } catch (error) {
      await office.dispose();
      throw error;
    }
  }

  public readonly inventory: InventoryCopy;
  public readonly replica: TestReplica;
  public readonly watch = new ProcessWatch();
  /** What must be nowhere to be found, by what it is. */
  public readonly secrets = new Map<string, string>();
  private readonly folder = GuardedFolder.create('office');

  private constructor(
    public readonly dialect: Dialect,
    public readonly warehouse: TestDatabase,
    public readonly peers: Peers,
    server: string,
  ) {
    this.inventory = new InventoryCopy('virtual-machines', this.folder.folder('inventory'));
    this.replica = new TestReplica(
      dialect,
      'two-zones',
      dialect === 'openbao' ? { VAULT_PLATFORM_OPENBAO: this.trusting(server) } : {},
    );
  }

  /** `npm start -- office`, whatever comes of it. */
  public async start(): Promise<CommandResult> {
    return await this.platform('start', 'office', '--dialect', this.dialect);
  }

  public async platform(...parameters: string[]): Promise<CommandResult> {
    return await this.replica.platform('--inventory', this.inventory.directory, ...parameters);
  }

  /** `platform credential set … < file`, in a shell. */
  public async setCredential(name: string, value: string, options = ''): Promise<CommandResult> {
    const file = this.file('credential', value);
    const set = `npm run --silent platform -- --inventory ${this.inventory.directory} credential set ${name}`;
    return await this.replica.shell(`${set} --replica --dialect ${this.dialect} ${options} < ${file}`);
  }

  /** A new password that must not show up anywhere. */
  public secret(what: string): string {
    const secret = `canary-${randomUUID()}`;
    this.secrets.set(what, secret);
    return secret;
  }

  /** A file of somebody's own, which nobody else can read. */
  public file(name: string, text: string): string {
    const file = path.join(this.folder.directory, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  }

  /** A client that is logged in by a SecretID. */
  public async login(role: string): Promise<ServerClient> {
    return await this.replica.login(role, ownAppRoleMount({ name: 'office' }));
  }

  public async dispose(): Promise<void> {
    this.watch.stop();
    await Promise.all([this.replica.dispose(), this.warehouse.dispose(), this.folder.dispose()]);
  }

  /** The addresses and authorities of the peers, the accounts of the database, and what a dialect does not have. */
  private async furnish(): Promise<void> {
    const { directory, aws } = this.peers;
    const { inventory, warehouse } = this;
    const url = `postgresql://{{username}}:{{password}}@127.0.0.1:${warehouse.port}/warehouse?sslmode=verify-full`;
    const connection = 'engines.database.connections.warehouse';
    inventory.change(environmentFile, { [`${connection}.url`]: url });
    if (this.dialect === 'openbao') this.leaveOutWhatOpenBaoLacks();
    else inventory.change(environmentFile, { [`${connection}.caCertificate`]: warehouse.ca });
    if (directory !== undefined) {
      inventory.change(clusterFile, {
        'auth.corporate.url': directory.address,
        'auth.corporate.caCertificate': directory.ca,
      });
    }
    if (aws !== undefined) {
      const endpoints = { iamEndpoint: aws.url, stsEndpoint: aws.url };
      inventory.change(clusterFile, prefixed('auth.cloud.', endpoints));
      inventory.change(environmentFile, prefixed('engines.aws.', endpoints));
    }
    for (const statement of [
      `CREATE ROLE vault LOGIN CREATEROLE PASSWORD '${this.secret('password of vault')}'`,
      'CREATE TABLE invoices (n int); INSERT INTO invoices VALUES (7); CREATE TABLE salaries (n int)',
      'CREATE ROLE invoice_reader; GRANT SELECT ON invoices TO invoice_reader',
      'GRANT invoice_reader TO vault WITH ADMIN OPTION',
      `CREATE ROLE invoices_nightly LOGIN PASSWORD '${this.secret('first password of invoices_nightly')}'`,
      'GRANT invoice_reader TO invoices_nightly; GRANT invoices_nightly TO vault WITH ADMIN OPTION',
    ]) {
      await warehouse.query(statement);
    }
  }

  /** OpenBao trusts the authorities that its machine trusts, and no others: a machine that trusts that of the database. */
  private trusting(server: string): string {
    const ca = this.file('ca.crt', this.warehouse.ca);
    const program = this.file('bao', `#!/bin/sh\nSSL_CERT_FILE='${ca}' exec '${server}' "$@"\n`);
    chmodSync(program, 0o755);
    return program;
  }

  private leaveOutWhatOpenBaoLacks(): void {
    this.inventory.change(clusterFile, { dialect: 'openbao', auth: undefined });
    this.inventory.change(environmentFile, { trusts: undefined, 'engines.aws': undefined });
    this.inventory.change(tenantFile, {
      awsRoles: undefined,
      'policies.0.grants.1': undefined,
      'policies.0.logins': [{ type: 'approle' }],
      'policies.1.logins': [{ type: 'approle' }],
    });
  }
}

const prefixed = (prefix: string, values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [prefix + key, value]));

/** Opens an office for a test file, and closes it whatever happened. */
export function useOffice(
  dialect: Dialect,
  startPeers: () => Promise<Peers> = () => Promise.resolve({}),
): () => Office {
  let office: Office | undefined;
  let peers: Peers = {};
  beforeAll(async () => {
    peers = await startPeers();
    office = await Office.open(dialect, peers);
  }, 300_000);
  afterAll(async () => {
    await Promise.all([office?.dispose(), peers.directory?.stop(), peers.aws?.dispose()]);
  }, 60_000);
  return () => {
    if (office === undefined) throw new Error('the office of this test did not open');
    return office;
  };
}
