import { AuthBackend } from '@cdktf/provider-vault/lib/auth-backend';
import { DataVaultAuthBackend } from '@cdktf/provider-vault/lib/data-vault-auth-backend';
import { Construct, type IConstruct } from 'constructs';

import type { AuthMethodType } from '../../model/cluster/auth-method';
import type { MountTuning } from '../../model/cluster/tuning';
import { referenceTo } from '../reference';
import { authTuning } from '../tuning';

/** The server's type of an auth method that can be mounted. */
export type MountType = AuthMethodType | 'approle';

/** A mounted auth method of this or another stack. Roles require the type that they belong to: `IAuthMethod<'kubernetes'>`. */
export interface IAuthMethod<Type extends MountType = MountType> extends IConstruct {
  readonly type: Type;
  /** Path of the mount below `auth/`. */
  readonly mountPath: string;
  /**
   * The same path, for arguments of resources inside the auth method. If this stack creates the mount, it is a reference, so that
   * Terraform creates the mount first.
   */
  readonly backend: string;
  /** Accessor of the mount, which identity uses. A reference, because the server generates it. */
  readonly accessor: string;
}

/** Identifies an auth method of another stack. */
export interface AuthMethodAttributes {
  /** Path of the mount below `auth/`, without leading or trailing slash. */
  readonly mountPath: string;
}

export interface AuthMethodProps extends AuthMethodAttributes {
  /** Shown in the list of auth methods. */
  readonly description: string;
  /** Settings of the mount. @default - the defaults of the server */
  readonly tuning?: MountTuning;
}

/** An auth method of another stack. It creates nothing; roles can be created in it. */
export class ImportedAuthMethod<Type extends MountType> extends Construct implements IAuthMethod<Type> {
  public readonly mountPath: string;

  constructor(
    scope: Construct,
    id: string,
    public readonly type: Type,
    { mountPath }: AuthMethodAttributes,
  ) {
    super(scope, id);
    this.mountPath = mountPath;
  }

  public get backend(): string {
    return this.mountPath;
  }

  /** Read from the server by one data source, which exists only if the accessor is used. */
  public get accessor(): string {
    const found = this.node.tryFindChild('accessor') as DataVaultAuthBackend | undefined;
    return referenceTo(found ?? new DataVaultAuthBackend(this, 'accessor', { path: this.mountPath }), 'accessor');
  }
}

/** Creates the static function `fromXAttributes` of an auth method. */
export const imported =
  <Type extends MountType>(type: Type) =>
  (scope: Construct, id: string, attributes: AuthMethodAttributes): IAuthMethod<Type> =>
    new ImportedAuthMethod(scope, id, type, attributes);

/**
 * Base class of auth methods: the mount. Terraform refuses to destroy it, because that would delete all roles and revoke all
 * tokens of the method.
 *
 * Mount and settings are two resources even if the provider has one for both (JWT, LDAP). With one resource, settings that the
 * server rejects, for example because an issuer is unreachable, would leave a mount on which every later apply fails.
 */
export abstract class AuthMethodBase<Type extends MountType> extends Construct implements IAuthMethod<Type> {
  public readonly mountPath: string;
  private readonly resource: AuthBackend;

  constructor(
    scope: Construct,
    id: string,
    public readonly type: Type,
    { mountPath, description, tuning }: AuthMethodProps,
  ) {
    super(scope, id);
    this.mountPath = mountPath;
    this.resource = new AuthBackend(this, 'Resource', {
      type,
      path: mountPath,
      description,
      tune: [authTuning(tuning)],
      lifecycle: { preventDestroy: true },
    });
  }

  public get backend(): string {
    return this.resource.path;
  }

  public get accessor(): string {
    return this.resource.accessor;
  }
}
