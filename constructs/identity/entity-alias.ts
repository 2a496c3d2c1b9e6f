import { IdentityEntityAlias } from '@cdktf/provider-vault/lib/identity-entity-alias';
import { Construct } from 'constructs';

import type { IAuthMethod } from '../auth/auth-method';
import type { IEntity } from './entity';

export interface EntityAliasProps {
  readonly entity: IEntity;
  readonly auth: IAuthMethod;
  /** What the auth method calls its client; see `ILoginRole.aliasNames`. */
  readonly aliasName: string;
}

/**
 * Says which entity logs in at an auth method under a name. An entity has one alias at a method, no more; a name has one entity.
 * Somebody who has logged in before has an alias already, which must go first; see constructs/identity/README.md.
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
