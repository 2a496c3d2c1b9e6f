import type { Construct } from 'constructs';

import { AuthMethodBase, imported, type AuthMethodProps } from './auth-method';

/**
 * The AppRole auth method: programs log in with a RoleID and a SecretID. Terraform refuses to destroy it, because that would delete
 * all roles and SecretIDs.
 *
 * @see https://openbao.org/docs/auth/approle/
 */
export class AppRoleAuth extends AuthMethodBase<'approle'> {
  /** An auth method of another stack. */
  public static readonly fromAppRoleAuthAttributes = imported('approle');

  constructor(scope: Construct, id: string, props: AuthMethodProps) {
    super(scope, id, 'approle', props);
  }
}
