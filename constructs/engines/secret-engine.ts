import { Mount } from '@cdktf/provider-vault/lib/mount';
import { Construct, type IConstruct } from 'constructs';

import type { MountTuning } from '../../model/cluster/tuning';
import { mountTuning } from '../tuning';

/** A secret engine, made here or elsewhere. */
export interface ISecretEngine extends IConstruct {
  /** Path of the mount, for example `v1/devel/transit`. */
  readonly mountPath: string;
  /**
   * The same path for the arguments of resources inside the engine. Where this stack makes the mount it is a reference, so
   * that Terraform makes the mount first.
   */
  readonly backend: string;
}

/** What one has to know of an engine that another stack owns. */
export interface SecretEngineAttributes {
  /** Path of the mount, without slashes at either end. */
  readonly mountPath: string;
}

export interface SecretEngineProps extends SecretEngineAttributes {
  /** What people see in a list of engines. */
  readonly description: string;
  /** How it is mounted. @default - as the server does */
  readonly tuning?: MountTuning;
}

/** What a mount is told besides what all engines have in common. */
export interface MountKind {
  /** The server's name of the engine: `kv`, `transit`, `pki`, … */
  readonly type: string;
  /** Options of that type. @default - none */
  readonly options?: Readonly<Record<string, string>>;
}

/** What all engines have in common; a subclass grants, and one of its own mounts. */
export abstract class SecretEngineBase extends Construct implements ISecretEngine {
  public readonly mountPath: string;
  private mountReference: string | undefined;

  constructor(scope: Construct, id: string, attributes: SecretEngineAttributes) {
    super(scope, id);
    this.mountPath = attributes.mountPath;
  }

  public get backend(): string {
    return this.mountReference ?? this.mountPath;
  }

  /**
   * Makes the mount. Terraform refuses to destroy it: with it would go what it holds, documents, keys or the only copy of a
   * rotated password, and every lease it gave.
   */
  protected mount({ type, options }: MountKind, props: SecretEngineProps): Mount {
    const mount = new Mount(this, 'Resource', {
      path: props.mountPath,
      type,
      ...(options !== undefined && { options }),
      description: props.description,
      ...mountTuning(props.tuning),
      lifecycle: { preventDestroy: true },
    });
    this.mountReference = mount.path;
    return mount;
  }
}
