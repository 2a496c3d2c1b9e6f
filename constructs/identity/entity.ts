import { IdentityEntity } from '@cdktf/provider-vault/lib/identity-entity';
import { Construct, type IConstruct } from 'constructs';

import { referenceTo } from '../reference';
import { validateProps } from '../validate-props';
import { metadataRule, type Metadata } from './metadata';

export interface EntityAttributes {
  /** The server's id of the entity, or a reference to it. */
  readonly entityId: string;
}

/** A client of the server, for all auth methods; of this or another stack. */
export interface IEntity extends IConstruct, EntityAttributes {}

export interface EntityProps {
  /** Name on the server. If an entity of this name exists, it is overwritten and the apply fails. */
  readonly entityName: string;
  /** For templates in policies: `{{identity.entity.metadata.<key>}}`. */
  readonly metadata: Metadata;
}

class ImportedEntity extends Construct implements IEntity {
  public readonly entityId: string;

  constructor(scope: Construct, id: string, { entityId }: EntityAttributes) {
    super(scope, id);
    this.entityId = entityId;
  }
}

/**
 * A client of the server that logs in with one or more auth methods. Roles of the auth methods have the policies, the entity has
 * none, so that the permissions of a token depend on the login only.
 *
 * @see https://openbao.org/docs/concepts/identity/
 */
export class Entity extends Construct implements IEntity {
  /** An entity of another stack. */
  public static fromEntityAttributes(scope: Construct, id: string, attributes: EntityAttributes): IEntity {
    return new ImportedEntity(scope, id, attributes);
  }

  public readonly entityId: string;

  /** @throws PlatformError `construct` if metadata could change the path of a templated policy */
  constructor(scope: Construct, id: string, props: EntityProps) {
    super(scope, id);
    validateProps(this, props, [metadataRule]);
    const resource = new IdentityEntity(this, 'Resource', {
      name: props.entityName,
      metadata: { ...props.metadata },
      // Policies are not managed here; ones that an administrator adds remain.
      externalPolicies: true,
    });
    this.entityId = referenceTo(resource, 'id');
  }
}
