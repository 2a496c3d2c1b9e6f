import { Construct } from 'constructs';

import type { Provisioner } from '../../../model/cluster/provisioner';
import { provisionerMount, provisionerPolicyName, stackKinds } from '../../../model/names';
import { AppRole } from '../../auth/app-role';
import { AppRoleAuth } from '../../auth/app-role-auth';
import { JwtAuth } from '../../auth/jwt-auth';
import { JwtRole } from '../../auth/jwt-role';

/**
 * The auth method in which Terraform logs in, with a role for each kind of stack. It is a mount of its own, so that the credential for
 * teams has no rights on these roles. Tokens are valid for minutes and bound to networks; a SecretID is valid for one login.
 */
export class ProvisionerLogin extends Construct {
  constructor(scope: Construct, id: string, props: Provisioner) {
    super(scope, id);
    const method = { mountPath: provisionerMount, description: 'Terraform' };
    const { networks, ttlSeconds } = props;
    const settings = {
      tokenType: 'service',
      tokenTtlSeconds: ttlSeconds,
      tokenMaxTtlSeconds: ttlSeconds,
      tokenBoundCidrs: networks,
    } as const;
    const auth = props.login === 'jwt' ? new JwtAuth(this, 'method', { ...method, ...props }) : undefined;
    const appRole = auth === undefined ? new AppRoleAuth(this, 'method', method) : undefined;
    for (const kind of stackKinds) {
      const role = { ...settings, roleName: kind, policies: [{ policyName: provisionerPolicyName(kind) }] };
      if (props.login === 'jwt' && auth !== undefined) {
        const claims = Object.entries(props.claims[kind]);
        new JwtRole(this, kind, {
          ...role,
          auth,
          audiences: [props.audience],
          boundClaims: Object.fromEntries(claims.map(([claim, value]) => [claim, [value]])),
          boundClaimsType: 'string',
          userClaim: 'sub',
        });
      } else if (appRole !== undefined) {
        new AppRole(this, kind, {
          ...role,
          auth: appRole,
          secretIdTtlSeconds: ttlSeconds,
          secretIdNumUses: 1,
          secretIdBoundCidrs: networks,
        });
      }
    }
  }
}
