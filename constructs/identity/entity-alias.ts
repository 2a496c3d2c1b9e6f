import { IdentityEntityAlias } from '@cdktf/provider-vault/lib/identity-entity-alias';
import { Construct } from 'constructs';

import type { IAuthMethod } from '../auth/auth-method';
import type { IEntity } from './entity';

export interface EntityAliasProps {
  readonly entity: IEntity;
  readonly auth: IAuthMethod;
  /** The auth method's name of its client; see `ILoginRole.aliasNames`. */
  readonly aliasName: string;
}

/**
 * Maps a client name of an auth method to an entity. An entity has at most one alias in each auth method, and a name belongs to one
 * entity. A client that has logged in before already has an alias, which must be removed first; see constructs/identity/README.md.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/identity_entity_alias
 */
export class EntityAlias extends Construct {
  constructor(scope: Construct, id: string, { entity, auth, aliasName }: EntityAliasProps) {
    super(scope, id);
    new IdentityEntityAlias(this, 'Resource', {
      name: aliasName,
      mountAccessor: auth.accessor,
      canonicalId: entity.entityId,
    });
  }
}
