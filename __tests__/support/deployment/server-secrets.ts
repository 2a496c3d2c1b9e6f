import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { certificateFile, keyFile, prepareCertificates } from '../../../files/certificates';
import { readIfThere } from '../../../files/private-files';
import type { DeployedCluster } from '../../../model/cluster/cluster';
import { certificateNames } from '../../../model/server-names';

/** Names of the Secrets that a deployment is given. */
export const certificateSecret = 'servers-tls';
export const databaseSecret = 'servers-database';

/** What the people who run a cluster keep in files, and hand to Kubernetes through standard input. */
export class ServerSecrets {
  /** Of the database's user. */
  public readonly password = randomBytes(16).toString('hex');

  /** @param directory of their own */
  constructor(private readonly directory: string) {}

  public get keysFile(): string {
    return path.join(this.directory, 'keys.json');
  }

  public get caFile(): string {
    return certificateFile(this.directory, 'ca');
  }

  /** PEM of the authority of the servers' certificate. */
  public get ca(): string {
    return readFileSync(this.caFile, 'utf8');
  }

  public get certificate(): string {
    return readFileSync(certificateFile(this.directory, 'server'), 'utf8');
  }

  /** Everything that nobody may find in a state, a plan or a log. */
  public get values(): readonly string[] {
    const keys = readIfThere(this.keysFile);
    return [this.password, ...(keys === undefined ? [] : (JSON.parse(keys) as { keys: string[] }).keys)];
  }

  public tokenFile(name: string): string {
    return path.join(this.directory, `token-${name}`);
  }

  /** A certificate of the servers for the name of clients and for those inside of Kubernetes; a new one each time. */
  public async makeCertificate(cluster: DeployedCluster): Promise<void> {
    for (const file of [certificateFile, keyFile]) rmSync(file(this.directory, 'server'), { force: true });
    const { hostname } = new URL(cluster.address);
    const hosts = certificateNames({ cluster, server: cluster.server });
    await prepareCertificates(this.directory, [{ name: 'server', commonName: hostname, hosts, usage: 'server' }]);
  }

  /** The Secrets, for `kubectl apply`. */
  public manifests({ server: { storage } }: DeployedCluster, databaseCa: string): string {
    if (storage.kind !== 'postgresql') throw new Error('an operator makes the Secret of its database');
    const { host, port, database, user } = storage;
    const secret = (name: string, type: string, stringData: Readonly<Record<string, string>>): object => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name },
      type,
      stringData,
    });
    const key = readFileSync(keyFile(this.directory, 'server'), 'utf8');
    const items = [
      secret(certificateSecret, 'kubernetes.io/tls', {
        'tls.crt': this.certificate,
        'tls.key': key,
        'ca.crt': this.ca,
      }),
      secret(databaseSecret, 'Opaque', {
        pgpass: `${[host, port, database, user, this.password].join(':')}\n`,
        'ca.crt': databaseCa,
      }),
    ];
    return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  }
}
