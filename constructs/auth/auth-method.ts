import { AuthBackend } from '@cdktf/provider-vault/lib/auth-backend';
import { DataVaultAuthBackend } from '@cdktf/provider-vault/lib/data-vault-auth-backend';
import { Construct, type IConstruct } from 'constructs';

import type { AuthMethodType } from '../../model/cluster/auth-method';
import type { MountTuning } from '../../model/cluster/tuning';
import { referenceTo } from '../reference';
import { authTuning } from '../tuning';

/** The server's name of an auth method that can be mounted. */
export type MountType = AuthMethodType | 'approle';

/** A mounted auth method, made here or elsewhere. Roles take the type that they belong to: `IAuthMethod<'kubernetes'>`. */
export interface IAuthMethod<Type extends MountType = MountType> extends IConstruct {
  readonly type: Type;
  /** Path of the mount below `auth/`. */
  readonly mountPath: string;
  /**
   * The same path for the arguments of resources inside the method. Where this stack makes the mount it is a reference, so
   * that Terraform makes the mount first.
   */
  readonly backend: string;
  /** What names the mount in identity: a reference, since the server chooses it. */
  readonly accessor: string;
}

/** What one has to know of an auth method that another stack owns. */
export interface AuthMethodAttributes {
  /** Path of the mount below `auth/`, without slashes at either end. */
  readonly mountPath: string;
}

export interface AuthMethodProps extends AuthMethodAttributes {
  /** What people see in a list of auth methods. */
  readonly description: string;
  /** How it is mounted. @default - as the server does */
  readonly tuning?: MountTuning;
}

/** What all auth methods have in common; a subclass of its own mounts and configures. */
export abstract class AuthMethodBase<Type extends MountType> extends Construct implements IAuthMethod<Type> {
  public readonly mountPath: string;
  private resource: AuthBackend | undefined;

  constructor(
    scope: Construct,
    id: string,
    public readonly type: Type,
    attributes: AuthMethodAttributes,
  ) {
    super(scope, id);
    this.mountPath = attributes.mountPath;
  }

  public get backend(): string {
    return this.resource?.path ?? this.mountPath;
  }

  public get accessor(): string {
    return this.resource?.accessor ?? this.foundAccessor();
  }

  /**
   * Makes the mount. Terraform refuses to destroy it: with it would go every role, and every token that a login gave.
   *
   * Mount and settings are two resources, also where the provider has one for both (JWT, LDAP): with that one, a setting that
   * the server refuses once, say because a peer cannot be reached, leaves a mount that no later apply gets past.
   */
  protected mount(props: AuthMethodProps): void {
    const tune = authTuning(props.tuning);
    this.resource = new AuthBackend(this, 'Resource', {
      type: this.type,
      path: props.mountPath,
      description: props.description,
      ...(tune !== undefined && { tune }),
      lifecycle: { preventDestroy: true },
    });
  }

  /** Read from the server once a stack, and only if something asks for it. */
  private foundAccessor(): string {
    const found = this.node.tryFindChild('accessor') as DataVaultAuthBackend | undefined;
    return referenceTo(found ?? new DataVaultAuthBackend(this, 'accessor', { path: this.mountPath }), 'accessor');
  }
}

/** An auth method that another stack owns; nothing is made, roles can be made in it. */
export class ImportedAuthMethod<Type extends MountType> extends AuthMethodBase<Type> {}
