import { IdentityEntity } from '@cdktf/provider-vault/lib/identity-entity';
import { Construct, type IConstruct } from 'constructs';

import { referenceTo } from '../reference';
import { checkMetadata, type Metadata } from './metadata';

/** Whoever logs in, by whatever method; made here or elsewhere. */
export interface IEntity extends IConstruct {
  /** The server's id of it, or a reference to that. */
  readonly entityId: string;
}

export interface EntityAttributes {
  readonly entityId: string;
}

export interface EntityProps {
  /** Name on the server; an entity of the same name that is there already is overwritten, and then the apply fails. */
  readonly entityName: string;
  /** What templates in policies can use: `{{identity.entity.metadata.<key>}}`. */
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
 * Somebody who logs in, in one way or in several. Policies come with the roles by which it does, never with the entity, so
 * that what a login may do depends on the login alone.
 *
 * @see https://openbao.org/docs/concepts/identity/
 */
export class Entity extends Construct implements IEntity {
  /** An entity that another stack owns. */
  public static fromEntityAttributes(scope: Construct, id: string, attributes: EntityAttributes): IEntity {
    return new ImportedEntity(scope, id, attributes);
  }

  public readonly entityId: string;

  /** @throws PlatformError `construct` if metadata could lead out of a templated path */
  constructor(scope: Construct, id: string, { entityName, metadata }: EntityProps) {
    super(scope, id);
    checkMetadata(`entity ${entityName}`, metadata);
    const resource = new IdentityEntity(this, 'Resource', {
      name: entityName,
      metadata: { ...metadata },
      // Whoever gives the entity a policy by hand is not undone, and no policy is given here.
      externalPolicies: true,
    });
    this.entityId = referenceTo(resource, 'id');
  }
}
