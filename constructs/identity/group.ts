import { IdentityGroup } from '@cdktf/provider-vault/lib/identity-group';
import { Construct } from 'constructs';

import type { IEntity } from './entity';
import { checkMetadata, type Metadata } from './metadata';

export interface GroupProps {
  readonly groupName: string;
  /** Who is in it. */
  readonly members: readonly IEntity[];
  /** @default - none */
  readonly metadata?: Metadata;
}

/**
 * Entities that belong together. A group gives no policies here: roles do.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/identity_group
 */
export class Group extends Construct {
  /** @throws PlatformError `construct` if metadata could lead out of a templated path */
  constructor(scope: Construct, id: string, { groupName, members, metadata = {} }: GroupProps) {
    super(scope, id);
    checkMetadata(`group ${groupName}`, metadata);
    new IdentityGroup(this, 'Resource', {
      name: groupName,
      type: 'internal',
      ...(Object.keys(metadata).length > 0 && { metadata: { ...metadata } }),
      memberEntityIds: members.map(({ entityId }) => entityId),
      externalPolicies: true,
    });
  }
}
