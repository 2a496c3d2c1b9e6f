import { map, type Output } from '../../language/map';
import { reference } from '../../language/values';
import type { ValuePath } from '../../source/source-file';
import type { SshRole } from '../ssh-role';
import type { GrantPlace } from './grant-place';

const schema = map({
  ssh: reference('a name in `sshRoles`').describe('Get a key signed by a role in `sshRoles`, by its name.'),
});

/** Get an SSH key signed. */
export interface SshGrant {
  readonly type: 'ssh';
  readonly role: SshRole;
}

function link(entry: Output<typeof schema>, path: ValuePath, { engines, home }: GrantPlace): SshGrant | undefined {
  const role = engines.sshRoles.lookUp(entry.ssh, home, [...path, 'ssh']);
  return role && { type: 'ssh', role };
}

export const ssh = { schema, link };
