import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';

import { AwsEngine } from '../constructs/engines/aws-engine';
import { DatabaseConnection } from '../constructs/engines/database-connection';
import { DatabaseEngine } from '../constructs/engines/database-engine';
import { KeyValueEngine, type IKeyValueEngine } from '../constructs/engines/key-value-engine';
import { KeyValue1Engine } from '../constructs/engines/key-value1-engine';
import { SshEngine } from '../constructs/engines/ssh-engine';
import { TransitEngine } from '../constructs/engines/transit-engine';
import { CertificateAuthority } from '../constructs/pki/certificate-authority';
import { RateLimitQuota } from '../constructs/quota/rate-limit-quota';
import type { Environment } from '../model/environment/environment';
import { engineMount, enginesStack, environmentQuota, kvMount } from '../model/names';
import { VaultStack } from './vault-stack';

export interface EnginesStackProps {
  readonly environment: Environment;
}

/** `<environment>-engines`: the secret engines and certificate authorities that the tenants of an environment share. */
export class EnginesStack extends VaultStack {
  constructor(
    scope: Construct,
    private readonly props: EnginesStackProps,
  ) {
    const { state, cluster } = props.environment;
    super(scope, enginesStack(props.environment), { state, address: cluster.address });
    this.addEngines();
    this.addAuthorities();
  }

  private addEngines(): void {
    const { environment } = this.props;
    const { keyValue, keyValue1, transit, database, aws, ssh } = environment.engines;
    const { name } = environment;
    const documents = new KeyValueEngine(this, 'kv', {
      ...keyValue,
      mountPath: kvMount(environment),
      description: `Documents of ${name}`,
    });
    this.addQuota(documents);
    if (keyValue1 !== undefined) {
      const description = `Documents of ${name}, without versions`;
      const mountPath = engineMount(environment, 'kv1');
      new KeyValue1Engine(this, 'kv1', { mountPath, description, tuning: keyValue1.tuning });
    }
    if (transit !== undefined) {
      const mountPath = engineMount(environment, 'transit');
      new TransitEngine(this, 'transit', {
        mountPath,
        description: `Keys of ${name}`,
        tuning: transit.tuning,
      });
    }
    if (database !== undefined) {
      const mountPath = engineMount(environment, 'database');
      const engine = new DatabaseEngine(this, 'database', {
        mountPath,
        description: `Accounts of databases of ${name}`,
        tuning: database.tuning,
      });
      for (const { name: id, url: connectionUrl, ...connection } of database.connections) {
        new DatabaseConnection(this, `database-${id}`, { ...connection, connectionUrl, engine, connectionName: id });
      }
    }
    if (aws !== undefined) {
      const mountPath = engineMount(environment, 'aws');
      new AwsEngine(this, 'aws', { ...aws, mountPath, description: `AWS of ${name}` });
    }
    if (ssh !== undefined) {
      const mountPath = engineMount(environment, 'ssh');
      new SshEngine(this, 'ssh', { mountPath, description: `SSH of ${name}`, tuning: ssh.tuning });
    }
  }

  /** The inventory lists signers before the authorities that they sign. */
  private addAuthorities(): void {
    const { environment } = this.props;
    const made = new Map<string, CertificateAuthority>();
    for (const authority of environment.authorities) {
      const { name, signedBy } = authority;
      const construct = new CertificateAuthority(this, `authority-${name}`, {
        ...authority,
        clusterAddress: environment.cluster.address,
        signer: signedBy.kind === 'authority' ? made.get(signedBy.authority.name)! : signedBy.kind,
      });
      made.set(name, construct);
      for (const { issuer, certificateRequest } of construct.certificateRequests) {
        // Public: the certificate request for the offline root.
        new TerraformOutput(this, `request-${name}-${issuer}`, { value: certificateRequest });
      }
    }
  }

  private addQuota({ backend }: IKeyValueEngine): void {
    const { environment } = this.props;
    const { requestsPerSecond: rate } = environment.quotas;
    if (rate === undefined) return;
    const quotaName = environmentQuota(environment);
    new RateLimitQuota(this, 'requests', { quotaName, path: `${backend}/`, rate });
  }
}
