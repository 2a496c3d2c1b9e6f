import { AwsAuthBackendRole, type AwsAuthBackendRoleConfig } from '@cdktf/provider-vault/lib/aws-auth-backend-role';
import { Construct } from 'constructs';

import type { AwsMethod } from '../../model/cluster/auth-methods/aws';
import type { AwsLogin } from '../../model/tenant/logins/aws';
import { referenceTo } from '../reference';
import { refuse } from '../refuse';
import { tokenArguments, type ILoginRole, type MountedRoleProps } from './login-role';

/** Whom the role is for; the words of an inventory's login without its name. */
export type AwsClients =
  | Omit<Extract<AwsLogin, { authType: 'iam' }>, 'type' | 'method'>
  | Omit<Extract<AwsLogin, { authType: 'ec2' }>, 'type' | 'method'>;

export type AwsAuthRoleProps = MountedRoleProps<'aws'> & Pick<AwsMethod, 'resolveUniqueIds'> & AwsClients;

/**
 * A role for programs on AWS. With `resolveUniqueIds` the server asks AWS for the principals when the role is written.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/aws_auth_backend_role
 */
export class AwsAuthRole extends Construct implements ILoginRole {
  public readonly roleName: string;
  private readonly resource: AwsAuthBackendRole;

  /** @throws PlatformError `construct` if nobody, or everybody, is bound */
  constructor(scope: Construct, id: string, props: AwsAuthRoleProps) {
    super(scope, id);
    this.roleName = props.roleName;
    this.resource = new AwsAuthBackendRole(this, 'Resource', {
      backend: props.auth.backend,
      role: props.roleName,
      authType: props.authType,
      ...bounds(props),
      ...tokenArguments(props),
    });
  }

  /** The id of the role, which is what the server names its clients by unless told otherwise. */
  public get aliasNames(): readonly string[] {
    return [referenceTo(this.resource, 'role_id')];
  }
}

function bounds(props: AwsAuthRoleProps): Partial<AwsAuthBackendRoleConfig> {
  switch (props.authType) {
    case 'iam':
      check(props.roleName, props.iamPrincipalArns);
      return { boundIamPrincipalArns: [...props.iamPrincipalArns], resolveAwsUniqueIds: props.resolveUniqueIds };
    case 'ec2': {
      const { iamInstanceProfileArns, accountIds, vpcIds } = props;
      check(props.roleName, [...iamInstanceProfileArns, ...accountIds, ...vpcIds]);
      return {
        ...(iamInstanceProfileArns.length > 0 && { boundIamInstanceProfileArns: [...iamInstanceProfileArns] }),
        ...(accountIds.length > 0 && { boundAccountIds: [...accountIds] }),
        ...(vpcIds.length > 0 && { boundVpcIds: [...vpcIds] }),
      };
    }
  }
}

function check(role: string, bound: readonly string[]): void {
  const everybody = bound.find((each) => /^(arn:aws[a-z-]*:iam::)?\*/.test(each));
  if (bound.length > 0 && everybody === undefined) return;
  refuse({
    message: `AWS role ${role}: ${bound.length === 0 ? 'nobody is bound' : 'principals of every account are bound'}`,
    given: everybody ?? '(nothing)',
    fix: 'name the principals, or the account and what is in it',
  });
}
