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
import type { Environment } from '../model/inventory';
import { engineMount, enginesStack, kvMount } from '../model/names';
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
    super(scope, enginesStack(props.environment), props.environment.state);
    this.addEngines();
    this.addAuthorities();
  }

  private addEngines(): void {
    const { environment } = this.props;
    const { keyValue, keyValue1, transit, database, aws, ssh, tuning } = environment.engines;
    const { name } = environment;
    const documents = new KeyValueEngine(this, 'kv', {
      ...keyValue,
      mountPath: kvMount(environment),
      description: `Documents of ${name}`,
      tuning: tuning.keyValue ?? {},
    });
    this.addQuota(documents);
    if (keyValue1) {
      const description = `Documents of ${name}, without versions`;
      const mountPath = engineMount(environment, 'kv1');
      new KeyValue1Engine(this, 'kv1', { mountPath, description, tuning: tuning.keyValue1 ?? {} });
    }
    if (transit) {
      const mountPath = engineMount(environment, 'transit');
      new TransitEngine(this, 'transit', {
        mountPath,
        description: `Keys of ${name}`,
        tuning: tuning.transit ?? {},
      });
    }
    if (database !== undefined) {
      const mountPath = engineMount(environment, 'database');
      const engine = new DatabaseEngine(this, 'database', {
        mountPath,
        description: `Accounts of databases of ${name}`,
        tuning: tuning.database ?? {},
      });
      for (const { name: id, ...connection } of database.connections) {
        new DatabaseConnection(this, `database-${id}`, { ...connection, engine, connectionName: id });
      }
    }
    if (aws !== undefined) {
      const mountPath = engineMount(environment, 'aws');
      new AwsEngine(this, 'aws', { ...aws, mountPath, description: `AWS of ${name}`, tuning: tuning.aws ?? {} });
    }
    if (ssh) {
      const mountPath = engineMount(environment, 'ssh');
      new SshEngine(this, 'ssh', { mountPath, description: `SSH of ${name}`, tuning: tuning.ssh ?? {} });
    }
  }

  /** Those that sign come before those that are signed. */
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
        // A public thing: what the offline root is asked to sign.
        new TerraformOutput(this, `request-${name}-${issuer}`, { value: certificateRequest });
      }
    }
  }

  private addQuota({ backend }: IKeyValueEngine): void {
    const { environment } = this.props;
    const { requestsPerSecond: rate } = environment.quotas;
    if (rate === undefined) return;
    const quotaName = `environment-${environment.name}`;
    new RateLimitQuota(this, 'requests', { quotaName, path: `${backend}/`, rate });
  }
}
