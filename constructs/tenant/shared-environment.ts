import { Construct } from 'constructs';

import type { AuthMethod } from '../../model/cluster/auth-method';
import type { Authority } from '../../model/environment/authority';
import type { Environment } from '../../model/environment/environment';
import { engineMount, kvMount, type EngineName } from '../../model/names';
import { AppRoleAuth } from '../auth/app-role-auth';
import type { IAuthMethod } from '../auth/auth-method';
import { importAuthMethod } from '../auth/auth-methods';
import { constructId } from '../construct-id';
import { AwsEngine, type IAwsEngine } from '../engines/aws-engine';
import { DatabaseEngine, type IDatabaseEngine } from '../engines/database-engine';
import { KeyValueEngine, type IKeyValueEngine } from '../engines/key-value-engine';
import { KeyValue1Engine, type IKeyValue1Engine } from '../engines/key-value1-engine';
import { SshEngine, type ISshEngine } from '../engines/ssh-engine';
import { TransitEngine, type ITransitEngine } from '../engines/transit-engine';
import { CertificateAuthority, type ICertificateAuthority } from '../pki/certificate-authority';

/**
 * Engines, authorities and auth methods that the tenants of an environment share. Other stacks create them; they are found by name. The
 * construct of each is created when it is first used.
 */
export class SharedEnvironment extends Construct {
  constructor(
    scope: Construct,
    id: string,
    public readonly environment: Environment,
  ) {
    super(scope, id);
  }

  /** The key-value engine of this environment, or of another one in the same cluster. */
  public documents(environment: Environment = this.environment): IKeyValueEngine {
    const mountPath = kvMount(environment);
    return this.once(mountPath, (id) => KeyValueEngine.fromKeyValueEngineAttributes(this, id, { mountPath }));
  }

  public get documents1(): IKeyValue1Engine {
    return this.engine('kv1', KeyValue1Engine.fromKeyValue1EngineAttributes);
  }

  public get transit(): ITransitEngine {
    return this.engine('transit', TransitEngine.fromTransitEngineAttributes);
  }

  public get database(): IDatabaseEngine {
    return this.engine('database', DatabaseEngine.fromDatabaseEngineAttributes);
  }

  public get aws(): IAwsEngine {
    return this.engine('aws', AwsEngine.fromAwsEngineAttributes);
  }

  public get ssh(): ISshEngine {
    return this.engine('ssh', SshEngine.fromSshEngineAttributes);
  }

  public authority({ mountPath }: Authority): ICertificateAuthority {
    return this.once(mountPath, (id) =>
      CertificateAuthority.fromCertificateAuthorityAttributes(this, id, { mountPath }),
    );
  }

  /** The AppRole auth method of the environment. */
  public get appRole(): IAuthMethod<'approle'> {
    const { appRoleMount: mountPath } = this.environment;
    return this.once(`auth/${mountPath}`, (id) => AppRoleAuth.fromAppRoleAuthAttributes(this, id, { mountPath }));
  }

  public auth(method: AuthMethod): IAuthMethod {
    return this.once(`auth/${method.mountPath}`, (id) => importAuthMethod(this, id, method));
  }

  private engine<Engine>(
    name: EngineName,
    importEngine: (scope: Construct, id: string, attributes: { mountPath: string }) => Engine,
  ): Engine {
    const mountPath = engineMount(this.environment, name);
    return this.once(mountPath, (id) => importEngine(this, id, { mountPath }));
  }

  private once<T>(path: string, make: (id: string) => T): T {
    const id = constructId(path);
    return (this.node.tryFindChild(id) as T | undefined) ?? make(id);
  }
}
