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
    const roles = stackKinds.map((kind) => ({
      kind,
      role: {
        roleName: kind,
        policies: [{ policyName: provisionerPolicyName(kind) }],
        tokenType: 'service' as const,
        tokenTtlSeconds: ttlSeconds,
        tokenMaxTtlSeconds: ttlSeconds,
        tokenBoundCidrs: networks,
      },
    }));
    if (props.login === 'jwt') {
      const auth = new JwtAuth(this, 'method', { ...method, ...props });
      for (const { kind, role } of roles) {
        const boundClaims = asLists(props.claims[kind]);
        const binding = { audiences: [props.audience], boundClaims, boundClaimsType: 'string' } as const;
        new JwtRole(this, kind, { ...role, ...binding, auth, userClaim: 'sub' });
      }
    } else {
      const auth = new AppRoleAuth(this, 'method', method);
      const secretId = { secretIdTtlSeconds: ttlSeconds, secretIdNumUses: 1, secretIdBoundCidrs: networks };
      for (const { kind, role } of roles) new AppRole(this, kind, { ...role, ...secretId, auth });
    }
  }
}

const asLists = (claims: Readonly<Record<string, string>>): Record<string, readonly string[]> =>
  Object.fromEntries(Object.entries(claims).map(([claim, value]) => [claim, [value]]));
