import { Construct } from 'constructs';

import type { Tenant as TenantModel, TenantEnvironment } from '../../model/inventory';
import { emptyKeySet, keySetPath, keySetPolicy, kvMount, roleOfPolicy, type KeySetAccess } from '../../model/names';
import { AppRole } from '../auth/app-role';
import type { IAppRoleAuth } from '../auth/app-role-auth';
import { KeyValueDocument } from '../engines/key-value-document';
import { KeyValueEngine, type IKeyValueEngine } from '../engines/key-value-engine';
import { Policy } from '../policy/policy';

export interface TenantProps {
  readonly tenant: TenantModel;
  /** The tenant in the environment of the stack. */
  readonly settings: TenantEnvironment;
  /** The environment's key-value engine. */
  readonly engine: IKeyValueEngine;
  readonly auth: IAppRoleAuth;
}

/**
 * All of a tenant in one environment: its key-set document, the policies `-ro` and `-rw` on exactly that document, its
 * own further policies, and for every policy the AppRole `<policy>-role` that logs in with it.
 */
export class Tenant extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: TenantProps,
  ) {
    super(scope, id);
    const { tenant, settings, engine } = props;
    const document = keySetPath(tenant);

    if (settings.keySet === 'create') {
      new KeyValueDocument(this, 'key-set', { engine, document, initialContent: emptyKeySet });
    }
    engine.grantRead(this.addPolicy('ro', this.keySetPolicyName('ro')), document);
    engine.grantReadUpdate(this.addPolicy('rw', this.keySetPolicyName('rw')), document);

    for (const { name, reason, grants } of settings.policies) {
      const policy = this.addPolicy(`policy-${name}`, name);
      for (const grant of grants) {
        const granted = this.engineOf(grant.environment.name);
        granted.grant(policy, `${tenant.name}/${grant.path}`, grant.capabilities, reason);
      }
    }
  }

  private keySetPolicyName(access: KeySetAccess): string {
    return keySetPolicy(this.props.tenant, this.props.settings.environment, access);
  }

  private addPolicy(id: string, policyName: string): Policy {
    const policy = new Policy(this, id, { policyName });
    new AppRole(policy, 'role', {
      ...this.props.settings.appRole,
      auth: this.props.auth,
      roleName: roleOfPolicy(policyName),
      policies: [policy],
    });
    return policy;
  }

  /** The engine of this or of another environment of the same cluster, which another stack owns. */
  private engineOf(environment: string): IKeyValueEngine {
    if (environment === this.props.settings.environment.name) return this.props.engine;
    const id = `Engine-${environment}`;
    const known = this.node.tryFindChild(id) as IKeyValueEngine | undefined;
    return (
      known ?? KeyValueEngine.fromKeyValueEngineAttributes(this, id, { mountPath: kvMount({ name: environment }) })
    );
  }
}
