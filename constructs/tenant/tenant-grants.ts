import type { Grant } from '../../model/tenant/grant';
import type { Tenant } from '../../model/tenant/tenant';
import type { IGrantable } from '../policy/policy-document';
import type { SharedEnvironment } from './shared-environment';

/**
 * Adds a grant of a tenant's file to a policy, with the policy's reason as a comment.
 *
 * @throws PlatformError `construct` if the policy already has a rule for the same path
 */
export function addGrant(
  grantee: IGrantable,
  grant: Grant,
  { tenant, shared, reason }: { tenant: Pick<Tenant, 'name'>; shared: SharedEnvironment; reason: string },
): void {
  switch (grant.type) {
    case 'documents': {
      const engine = shared.documents(grant.environment);
      engine.grant(grantee, `${tenant.name}/${grant.path}`, grant.operations, reason);
      break;
    }
    case 'documents1':
      shared.documents1.grant(grantee, `${tenant.name}/${grant.path}`, grant.operations, reason);
      break;
    case 'certificate':
      shared.authority(grant.role.authority).grant(grantee, grant.role.roleName, grant.operations, reason);
      break;
    case 'key':
      shared.transit.grant(grantee, grant.key.keyName, grant.operations, reason);
      break;
    case 'database':
      shared.database.grantCredentials(grantee, grant.role, reason);
      break;
    case 'aws':
      shared.aws.grantCredentials(grantee, grant.role, reason);
      break;
    case 'ssh':
      shared.ssh.grantSign(grantee, grant.role, reason);
      break;
  }
}
