import { Construct } from 'constructs';

import { keySetPath, keySetPolicy, roleOfPolicy, tenantPolicy, type KeySetAccess } from '../../model/names';
import type { Login } from '../../model/tenant/login';
import type { TenantEnvironment } from '../../model/tenant/tenant';
import { addLogin } from '../auth/logins';
import { serverNameId } from '../construct-id';
import { KeyValueDocument } from '../engines/key-value-document';
import { addIdentity, type IdentifiedLogin } from '../identity/identity';
import { Policy } from '../policy/policy';
import type { IGrantable, PolicyStatement } from '../policy/policy-document';
import type { SharedEnvironment } from './shared-environment';
import { addGrant } from './tenant-grants';
import { addQuotas } from './tenant-quotas';
import { addRoles } from './tenant-roles';

/** Content of a new key-set document. */
const emptyKeySet = { key_sets: [], active_kid: -1 } as const;

export interface TenantProps {
  readonly tenant: { readonly name: string; readonly team: string };
  /** Settings of the tenant in the environment of the stack. */
  readonly settings: TenantEnvironment;
  /** Engines and auth methods that the tenants of the environment share. */
  readonly shared: SharedEnvironment;
}

const approle: readonly Login[] = [{ type: 'approle' }];

/**
 * All resources of a tenant in one environment: its key-set document, the policies `-ro` and `-rw` on exactly that document, its roles
 * and keys in the environment's engines, its other policies, and for each policy the role `<policy>-role` for logins. Access that is
 * granted to the tenant itself, `engine.grantRead(tenant, 'app/*')`, is in the policy `-own`, which exists only in this case.
 */
export class Tenant extends Construct implements IGrantable {
  private readonly logins: IdentifiedLogin[] = [];
  private ownPolicy: Policy | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TenantProps,
  ) {
    super(scope, id);
    const { tenant, settings, shared } = props;
    if (settings.keySet !== 'none') this.addKeySet();
    addRoles(this, settings, shared);
    for (const { name, reason, grants, logins } of settings.policies) {
      const policy = this.addPolicy(`policy-${serverNameId(name)}`, name, logins);
      for (const grant of grants) addGrant(policy, grant, { tenant, shared, reason });
    }
    addQuotas(this, props, this.logins);
    if (settings.identity !== undefined) {
      addIdentity(this, 'identity', {
        groupName: settings.identity.groupName,
        metadata: {
          ...settings.identity.metadata,
          tenant: tenant.name,
          team: tenant.team,
          environment: settings.environment.name,
        },
        logins: this.logins,
      });
    }
  }

  public addStatement(statement: PolicyStatement): void {
    const { tenant, settings } = this.props;
    this.ownPolicy ??= this.addPolicy('own', tenantPolicy(tenant, settings.environment), approle);
    this.ownPolicy.addStatement(statement);
  }

  private addKeySet(): void {
    const { tenant, settings, shared } = this.props;
    const engine = shared.documents();
    const document = keySetPath(tenant);
    const policyOf = (access: KeySetAccess): Policy =>
      this.addPolicy(access, keySetPolicy(tenant, settings.environment, access), approle);
    if (settings.keySet === 'create') {
      new KeyValueDocument(this, 'key-set', { engine, document, initialContent: emptyKeySet });
    }
    engine.grantRead(policyOf('ro'), document);
    engine.grantReadUpdate(policyOf('rw'), document);
  }

  private addPolicy(id: string, policyName: string, logins: readonly Login[]): Policy {
    const { settings, shared } = this.props;
    const policy = new Policy(this, id, { policyName });
    for (const login of logins) {
      const auth =
        login.type === 'approle' ? shared.appRole : login.type === 'token' ? undefined : shared.auth(login.method);
      const role = addLogin(policy, login.type === 'approle' ? 'role' : login.type, {
        login,
        auth,
        roleName: roleOfPolicy(policyName),
        policies: [policy],
        appRole: settings.appRole,
      });
      this.logins.push({ login, auth, role });
    }
    return policy;
  }
}
