import { AwsAuthBackendRole, type AwsAuthBackendRoleConfig } from '@cdktf/provider-vault/lib/aws-auth-backend-role';
import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import { Construct } from 'constructs';

import type { AwsMethod } from '../../model/cluster/auth-methods/aws';
import { principalArnRule } from '../../model/language/rules/arn';
import type { AwsLogin } from '../../model/tenant/logins/aws';
import { referenceTo } from '../reference';
import { storedSettings } from '../stored-settings';
import { validateProps, type PropsRule } from '../validate-props';
import { tokenArguments, type ILoginRole, type MountedRoleProps } from './login-role';

/** The clients of the role, with the keys of an inventory's login. */
export type AwsClients =
  | Omit<Extract<AwsLogin, { authType: 'iam' }>, 'type' | 'method'>
  | Omit<Extract<AwsLogin, { authType: 'ec2' }>, 'type' | 'method'>;

export type AwsAuthRoleProps = MountedRoleProps<'aws'> & Pick<AwsMethod, 'resolveUniqueIds'> & AwsClients;

const boundTo = (props: AwsClients): readonly string[] =>
  props.authType === 'iam'
    ? props.iamPrincipalArns
    : [...props.iamInstanceProfileArns, ...props.accountIds, ...props.vpcIds];

const rules: readonly PropsRule<AwsClients>[] = [
  (props) =>
    boundTo(props).length > 0
      ? undefined
      : {
          message: 'the role is bound to nothing, so no one can log in',
          given: 'empty lists',
          fix: 'name the principals, or the account and resources in it',
        },
  (props) =>
    boundTo(props)
      .filter((each) => /^(arn:aws[a-z-]*:iam::)?\*/.test(each))
      .map((given) => ({
        message: 'principals of every account are bound',
        given,
        allowed: principalArnRule.allowed,
        fix: 'name the principals, or the account and resources in it',
      })),
];

/**
 * A role for programs on AWS. With `resolveUniqueIds` the server looks up the principals in AWS when the role is written.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/aws_auth_backend_role
 */
export class AwsAuthRole extends Construct implements ILoginRole {
  public readonly roleName: string;
  private readonly resource: AwsAuthBackendRole;

  /** @throws PlatformError `construct` if no identity, or every identity, is bound */
  constructor(scope: Construct, id: string, props: AwsAuthRoleProps) {
    super(scope, id);
    validateProps(this, props, rules);
    this.roleName = props.roleName;
    this.resource = new AwsAuthBackendRole(this, 'Resource', {
      backend: props.auth.backend,
      role: props.roleName,
      authType: props.authType,
      ...bounds(props),
      ...tokenArguments(props),
    });
    if (props.authType === 'ec2') this.addBounds(props);
  }

  /** The id of the role, which the server uses as alias by default. */
  public get aliasNames(): readonly string[] {
    return [referenceTo(this.resource, 'role_id')];
  }

  /** Writes empty lists too. The provider sends none, so the server would keep bounds that were removed. */
  private addBounds({
    auth,
    iamInstanceProfileArns,
    accountIds,
    vpcIds,
  }: Extract<AwsAuthRoleProps, { authType: 'ec2' }>): void {
    const path = `auth/${auth.backend}/role/${this.resource.role}`;
    new GenericEndpoint(this, 'bounds', {
      ...storedSettings(path, {
        bound_iam_instance_profile_arn: iamInstanceProfileArns,
        bound_account_id: accountIds,
        bound_vpc_id: vpcIds,
      }),
      dependsOn: [this.resource],
    });
  }
}

function bounds(props: AwsAuthRoleProps): Partial<AwsAuthBackendRoleConfig> {
  switch (props.authType) {
    case 'iam':
      return { boundIamPrincipalArns: [...props.iamPrincipalArns], resolveAwsUniqueIds: props.resolveUniqueIds };
    case 'ec2': {
      const { iamInstanceProfileArns, accountIds, vpcIds } = props;
      return {
        ...(iamInstanceProfileArns.length > 0 && { boundIamInstanceProfileArns: [...iamInstanceProfileArns] }),
        ...(accountIds.length > 0 && { boundAccountIds: [...accountIds] }),
        ...(vpcIds.length > 0 && { boundVpcIds: [...vpcIds] }),
      };
    }
  }
}
