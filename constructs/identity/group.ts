import { IdentityGroup } from '@cdktf/provider-vault/lib/identity-group';
import { Construct } from 'constructs';

import { validateProps } from '../validate-props';
import type { IEntity } from './entity';
import { metadataRule, type Metadata } from './metadata';

export interface GroupProps {
  readonly groupName: string;
  readonly members: readonly IEntity[];
  /** @default - none */
  readonly metadata?: Metadata;
}

/**
 * A group of entities. It has no policies: roles of the auth methods have them.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/identity_group
 */
export class Group extends Construct {
  /** @throws PlatformError `construct` if metadata could change the path of a templated policy */
  constructor(scope: Construct, id: string, props: GroupProps) {
    super(scope, id);
    validateProps(this, props, [metadataRule]);
    const { groupName, members, metadata = {} } = props;
    new IdentityGroup(this, 'Resource', {
      name: groupName,
      type: 'internal',
      ...(Object.keys(metadata).length > 0 && { metadata: { ...metadata } }),
      memberEntityIds: members.map(({ entityId }) => entityId),
      externalPolicies: true,
    });
  }
}
