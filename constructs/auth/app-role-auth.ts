import type { Construct } from 'constructs';

import {
  AuthMethodBase,
  ImportedAuthMethod,
  type AuthMethodAttributes,
  type AuthMethodProps,
  type IAuthMethod,
} from './auth-method';

/** An AppRole auth method, made here or elsewhere. */
export type IAppRoleAuth = IAuthMethod<'approle'>;

export type AppRoleAuthProps = AuthMethodProps;

/**
 * The AppRole auth method, by which programs log in with a RoleID and a SecretID. Terraform refuses to destroy it:
 * with it all roles and all SecretIDs would go.
 *
 * @see https://openbao.org/docs/auth/approle/
 */
export class AppRoleAuth extends AuthMethodBase<'approle'> {
  /** An auth method that another stack owns. */
  public static fromAppRoleAuthAttributes(
    scope: Construct,
    id: string,
    attributes: AuthMethodAttributes,
  ): IAppRoleAuth {
    return new ImportedAuthMethod(scope, id, 'approle', attributes);
  }

  constructor(scope: Construct, id: string, props: AppRoleAuthProps) {
    super(scope, id, 'approle', props);
    this.mount(props);
  }
}
