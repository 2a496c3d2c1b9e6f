import { checkLifetimeLimit } from '../checks/limits';
import type { EnvironmentEngines } from '../environment/engines';
import { someEnvironments } from '../environment/environment';
import { checkTtls, duration } from '../language/duration';
import { principalRule, sshExtensionRule } from '../language/rules/words';
import { filledList, map, mapOrNone, optional, refuse, text, word, type Output } from '../language/schema';
import { fillIn } from '../names';
import { requireEngine } from './lack';
import type { OwnedKind } from './owned';

/** @see https://openbao.org/api-docs/secret/ssh/#create-update-role */
const sshRole = map(
  {
    certificateType: word(['user', 'host']).describe('Whether keys of users or of hosts are signed.'),
    principals: filledList(text(principalRule), 'a list of accounts, or for hosts of their names').describe(
      'Accounts, or for hosts names, that certificates may have. `{environment}` is filled in.',
    ),
    extensions: optional(filledList(text(sshExtensionRule), 'a list of extensions')).describe(
      'What a user’s session may do. Default: permit-pty for users, none for hosts.',
    ),
    ttl: duration(3650).describe('Lifetime (TTL) of a certificate.'),
    maxTtl: optional(duration(3650)).describe('Maximum lifetime (TTL) of a certificate. Default: ttl.'),
    environments: someEnvironments,
  },
  checkTtls('ttl', 'maxTtl'),
  ({ certificateType, extensions }, context) => {
    if (certificateType === 'user' || extensions === undefined) return;
    refuse(context, ['extensions'], 'extensions with certificateType: user', {
      message: 'a host’s certificate has no extensions',
      fix: 'remove extensions',
    });
  },
);

/** Roles by which a tenant gets SSH keys signed. */
export const sshRolesSchema = mapOrNone('SSH role', sshRole, 'a map from names to roles of SSH');

type SshRoleFile = Output<typeof sshRole>;

/** A role by which a tenant gets its SSH keys signed; `<tenant>.<name>` in the environment's SSH engine. */
export type SshRole = Omit<SshRoleFile, 'environments' | 'extensions' | 'maxTtlSeconds'> & {
  readonly name: string;
  readonly roleName: string;
  readonly extensions: readonly string[];
  readonly maxTtlSeconds: number;
};

export const sshRoleKind: OwnedKind<SshRoleFile, NonNullable<EnvironmentEngines['ssh']>, SshRole> = {
  key: 'sshRoles',
  title: 'SSH role',
  ...requireEngine('ssh'),
  link: (entry) => {
    const { name, file, home, scope } = entry;
    const { ttlSeconds, maxTtlSeconds = ttlSeconds, certificateType } = file;
    const limit = certificateType === 'user' ? 'sshTtl' : 'sshHostTtl';
    checkLifetimeLimit(entry, limit, file.maxTtlSeconds === undefined ? 'ttl' : 'maxTtl', maxTtlSeconds);
    return {
      ...file,
      name,
      roleName: scope.names.inEngine('sshRoles', scope.tenant, name),
      principals: file.principals.map((principal) => fillIn(principal, home.environment)),
      extensions: file.extensions ?? (certificateType === 'user' ? ['permit-pty'] : []),
      maxTtlSeconds,
    };
  },
};
