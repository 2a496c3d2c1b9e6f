import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import { Mount } from '@cdktf/provider-vault/lib/mount';
import { Construct, type IConstruct } from 'constructs';

import type { MountTuning } from '../../model/cluster/tuning';
import { grantOperations, type Operations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { storedSettings } from '../stored-settings';
import { listArguments, mountLists, mountTuning } from '../tuning';
import { refuse } from '../validate-props';
import { nameProblem, type NameKind } from './name-in-engine';

/** A secret engine of this or another stack. */
export interface ISecretEngine extends IConstruct {
  /** Path of the mount, for example `v1/devel/transit`. */
  readonly mountPath: string;
  /**
   * The same path, for arguments of resources inside the engine. If this stack creates the mount, it is a reference, so that Terraform
   * creates the mount first.
   */
  readonly backend: string;
}

/** Identifies an engine of another stack. */
export interface SecretEngineAttributes {
  /** Path of the mount, without leading or trailing slash. */
  readonly mountPath: string;
}

export interface SecretEngineProps extends SecretEngineAttributes {
  /** Shown in the list of engines. */
  readonly description: string;
  /** Settings of the mount. @default - the server's */
  readonly tuning?: MountTuning;
}

/** Type of a mount. */
export interface MountKind {
  /** The server's type of the engine: `kv`, `transit`, `pki`, … */
  readonly type: string;
  /** Options of this type. @default - none */
  readonly options?: Readonly<Record<string, string>>;
}

/** Operations to grant on one document, role or key. */
interface Granted<Operation extends string> {
  readonly table: Operations<Operation>;
  readonly operations: readonly Operation[];
  readonly name: string;
  /** Checks the name: one with a wildcard or slash would grant more than it names. @default - not checked here */
  readonly kind?: NameKind;
  readonly reason: string | undefined;
}

/**
 * Base class of engines. For an engine `X` write two classes:
 *
 * - `XBase` extends this class with the grants. An instance is an engine of another stack: it creates nothing.
 * - `X` extends `XBase`. Its constructor calls {@link mount}, and it has `static fromXAttributes = imported(XBase)`.
 */
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
   * Creates the mount. Terraform refuses to destroy it, because that would delete its content (documents, keys, the only copy of a
   * rotated password) and revoke all leases.
   */
  protected mount({ type, options }: MountKind, props: SecretEngineProps): void {
    const mount = new Mount(this, 'Resource', {
      path: props.mountPath,
      type,
      ...(options !== undefined && { options }),
      description: props.description,
      ...mountTuning(props.tuning),
      lifecycle: { preventDestroy: true, ignoreChanges: [...listArguments] },
    });
    this.mountReference = mount.path;
    new GenericEndpoint(this, 'tune', storedSettings(`sys/mounts/${mount.path}/tune`, mountLists(props.tuning)));
  }

  /** @throws PlatformError `construct` if the name is not one of a single role or key, or if the grantee refuses a rule */
  protected write<Operation extends string>(grantee: IGrantable, granted: Granted<Operation>): void {
    const { table, operations, kind, name, reason } = granted;
    const problem = kind && nameProblem(kind, name);
    if (problem !== undefined) refuse(this.node.path, [problem]);
    grantOperations(grantee, table, operations, { mountPath: this.mountPath, name, reason });
  }
}

/** Creates the static function `fromXAttributes` of an engine. */
export const imported =
  <Attributes extends SecretEngineAttributes, Engine>(
    Base: new (scope: Construct, id: string, attributes: Attributes) => Engine,
  ) =>
  (scope: Construct, id: string, attributes: Attributes): Engine =>
    new Base(scope, id, attributes);
