import { map, reference } from '../../language/schema';
import type { ValuePath } from '../../source/source-file';
import type { TenantEngines } from '../owned';
import type { GrantPlace } from './grant-place';

type Roles = 'databases' | 'awsRoles' | 'sshRoles';
type RoleOf<Key extends Roles> = ReturnType<TenantEngines[Key]['in']>[number];

/** The grant to use a role that the tenant has under a key of its file. */
const roleGrant = <const Type extends string, const Key extends Roles>(type: Type, key: Key, what: string) => {
  const name = reference(`a name in \`${key}\``).describe(`${what} by a role in \`${key}\`, by its name.`);
  return {
    schema: map({ [type]: name } as Record<Type, typeof name>),
    link: (entry: Readonly<Record<Type, string>>, path: ValuePath, { engines, home }: GrantPlace) => {
      const role = engines[key].lookUp(entry[type], home, [...path, type]) as RoleOf<Key> | undefined;
      return role && { type, role };
    },
  };
};

export const database = roleGrant('database', 'databases', 'Get credentials');
export const aws = roleGrant('aws', 'awsRoles', 'Get credentials');
export const ssh = roleGrant('ssh', 'sshRoles', 'Get a key signed');
