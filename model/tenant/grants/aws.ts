import { map, type Output } from '../../language/map';
import { reference } from '../../language/values';
import type { ValuePath } from '../../source/source-file';
import type { AwsRole } from '../aws-role';
import type { GrantPlace } from './grant-place';

const schema = map({
  aws: reference('a name in `awsRoles`').describe('Get credentials by a role in `awsRoles`, by its name.'),
});

/** Get credentials of AWS. */
export interface AwsGrant {
  readonly type: 'aws';
  readonly role: AwsRole;
}

function link(entry: Output<typeof schema>, path: ValuePath, { engines, home }: GrantPlace): AwsGrant | undefined {
  const role = engines.awsRoles.lookUp(entry.aws, home, [...path, 'aws']);
  return role && { type: 'aws', role };
}

export const aws = { schema, link };
