import { map, type Output } from '../../language/map';
import { reference } from '../../language/values';
import type { ValuePath } from '../../source/source-file';
import type { DatabaseRole } from '../database-role';
import type { GrantPlace } from './grant-place';

const schema = map({
  database: reference('a name in `databases`').describe('Get credentials by a role in `databases`, by its name.'),
});

/** Get credentials of a database. */
export interface DatabaseGrant {
  readonly type: 'database';
  readonly role: DatabaseRole;
}

function link(entry: Output<typeof schema>, path: ValuePath, { engines, home }: GrantPlace): DatabaseGrant | undefined {
  const role = engines.databases.lookUp(entry.database, home, [...path, 'database']);
  return role && { type: 'database', role };
}

export const database = { schema, link };
