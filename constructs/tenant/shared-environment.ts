import { Construct } from 'constructs';

import type { AuthMethod } from '../../model/cluster/auth-method';
import type { Authority } from '../../model/environment/authority';
import type { Environment } from '../../model/environment/environment';
import { engineMount, kvMount } from '../../model/names';
import { AppRoleAuth, type IAppRoleAuth } from '../auth/app-role-auth';
import type { IAuthMethod } from '../auth/auth-method';
import { importAuthMethod } from '../auth/auth-methods';
import { AwsEngine, type IAwsEngine } from '../engines/aws-engine';
import { DatabaseEngine, type IDatabaseEngine } from '../engines/database-engine';
import { KeyValueEngine, type IKeyValueEngine } from '../engines/key-value-engine';
import { KeyValue1Engine, type IKeyValue1Engine } from '../engines/key-value1-engine';
import { SshEngine, type ISshEngine } from '../engines/ssh-engine';
import { TransitEngine, type ITransitEngine } from '../engines/transit-engine';
import { CertificateAuthority, type ICertificateAuthority } from '../pki/certificate-authority';

/**
 * What the tenants of an environment share and other stacks own: engines, authorities and auth methods, known by their
 * names alone. Each is named when it is first asked for.
 */
export class SharedEnvironment extends Construct {
  constructor(
    scope: Construct,
    id: string,
    public readonly environment: Environment,
  ) {
    super(scope, id);
  }

  /** The key-value engine of this or of another environment of the same cluster. */
  public documents(environment: Environment = this.environment): IKeyValueEngine {
    const mountPath = kvMount(environment);
    return this.once(mountPath, (id) => KeyValueEngine.fromKeyValueEngineAttributes(this, id, { mountPath }));
  }

  public get documents1(): IKeyValue1Engine {
    const mountPath = engineMount(this.environment, 'kv1');
    return this.once(mountPath, (id) => KeyValue1Engine.fromKeyValue1EngineAttributes(this, id, { mountPath }));
  }

  public get transit(): ITransitEngine {
    const mountPath = engineMount(this.environment, 'transit');
    return this.once(mountPath, (id) => TransitEngine.fromTransitEngineAttributes(this, id, { mountPath }));
  }

  public get database(): IDatabaseEngine {
    const mountPath = engineMount(this.environment, 'database');
    return this.once(mountPath, (id) => DatabaseEngine.fromDatabaseEngineAttributes(this, id, { mountPath }));
  }

  public get aws(): IAwsEngine {
    const mountPath = engineMount(this.environment, 'aws');
    return this.once(mountPath, (id) => AwsEngine.fromAwsEngineAttributes(this, id, { mountPath }));
  }

  public get ssh(): ISshEngine {
    const mountPath = engineMount(this.environment, 'ssh');
    return this.once(mountPath, (id) => SshEngine.fromSshEngineAttributes(this, id, { mountPath }));
  }

  public authority({ mountPath }: Authority): ICertificateAuthority {
    return this.once(mountPath, (id) =>
      CertificateAuthority.fromCertificateAuthorityAttributes(this, id, { mountPath }),
    );
  }

  /** The AppRole method that the environment uses. */
  public get appRole(): IAppRoleAuth {
    const { appRoleMount: mountPath } = this.environment;
    return this.once(`auth/${mountPath}`, (id) => AppRoleAuth.fromAppRoleAuthAttributes(this, id, { mountPath }));
  }

  public auth(method: AuthMethod): IAuthMethod {
    return this.once(`auth/${method.mountPath}`, (id) => importAuthMethod(this, id, method));
  }

  private once<T>(path: string, make: (id: string) => T): T {
    const id = path.replaceAll('/', '-');
    return (this.node.tryFindChild(id) as T | undefined) ?? make(id);
  }
}
