import { AuthBackend } from '@cdktf/provider-vault/lib/auth-backend';
import { Construct, type IConstruct } from 'constructs';

/** An AppRole auth method, made here or elsewhere. */
export interface IAppRoleAuth extends IConstruct {
  /** Path of the mount below `auth/`. */
  readonly mountPath: string;
}

export interface AppRoleAuthAttributes {
  readonly mountPath: string;
}

export interface AppRoleAuthProps extends AppRoleAuthAttributes {
  /** What people see in a list of auth methods. */
  readonly description: string;
}

class ImportedAppRoleAuth extends Construct implements IAppRoleAuth {
  public readonly mountPath: string;

  constructor(scope: Construct, id: string, attributes: AppRoleAuthAttributes) {
    super(scope, id);
    this.mountPath = attributes.mountPath;
  }
}

/**
 * The AppRole auth method, by which programs log in with a RoleID and a SecretID. Terraform refuses to destroy it:
 * with it all roles and all SecretIDs would go.
 *
 * @see https://openbao.org/docs/auth/approle/
 */
export class AppRoleAuth extends Construct implements IAppRoleAuth {
  /** An auth method that another stack owns. */
  public static fromAppRoleAuthAttributes(
    scope: Construct,
    id: string,
    attributes: AppRoleAuthAttributes,
  ): IAppRoleAuth {
    return new ImportedAppRoleAuth(scope, id, attributes);
  }

  public readonly mountPath: string;

  constructor(scope: Construct, id: string, props: AppRoleAuthProps) {
    super(scope, id);
    this.mountPath = props.mountPath;
    new AuthBackend(this, 'Resource', {
      type: 'approle',
      path: props.mountPath,
      description: props.description,
      lifecycle: { preventDestroy: true },
    });
  }
}
