import {
  SshSecretBackendRole,
  type SshSecretBackendRoleConfig,
} from '@cdktf/provider-vault/lib/ssh-secret-backend-role';
import { Construct } from 'constructs';

import { PlatformError } from '../../model/errors';
import type { SshRole as SshRoleModel } from '../../model/tenant/ssh-role';
import { nameOf } from './name-in-engine';
import type { ISshEngine } from './ssh-engine';

export interface SshRoleProps extends Pick<
  SshRoleModel,
  'certificateType' | 'maxTtlSeconds' | 'principals' | 'roleName' | 'ttlSeconds'
> {
  readonly engine: ISshEngine;
  /** What a session may do, such as `permit-pty`; every certificate has them all. Only for users. @default - nothing but commands */
  readonly extensions?: readonly string[];
}

/**
 * A role by which SSH keys are signed: of users, who may then log in as one of `principals`, the first unless they say, or of
 * hosts, which are then known by one of these names.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/ssh_secret_backend_role
 */
export class SshRole extends Construct {
  public readonly roleName: string;

  /** @throws PlatformError `construct` for no principal, one that stands for many, or what hosts cannot have */
  constructor(scope: Construct, id: string, props: SshRoleProps) {
    super(scope, id);
    const { engine, ttlSeconds, maxTtlSeconds } = props;
    this.roleName = nameOf('role', props.roleName);
    checkPrincipals(props.principals);
    if (ttlSeconds <= 0 || maxTtlSeconds < ttlSeconds) {
      throw refuse(
        'a certificate lasts no longer than its longest life',
        `${ttlSeconds} seconds, at most ${maxTtlSeconds}`,
      );
    }
    new SshSecretBackendRole(this, 'Resource', {
      backend: engine.backend,
      name: this.roleName,
      keyType: 'ca',
      ttl: String(ttlSeconds),
      maxTtl: String(maxTtlSeconds),
      ...(props.certificateType === 'user' ? forUsers(props) : forHosts(props)),
    });
  }
}

function forUsers({ principals, extensions = [] }: SshRoleProps): Partial<SshSecretBackendRoleConfig> {
  const [first = ''] = principals;
  return {
    allowUserCertificates: true,
    defaultUser: first,
    allowedUsers: principals.join(','),
    ...(extensions.length > 0 && {
      allowedExtensions: extensions.join(','),
      defaultExtensions: Object.fromEntries(extensions.map((extension) => [extension, ''])),
    }),
  };
}

function forHosts({ principals, extensions = [] }: SshRoleProps): Partial<SshSecretBackendRoleConfig> {
  if (extensions.length > 0) throw refuse('certificates of hosts have no extensions', extensions.join(', '));
  return { allowHostCertificates: true, allowBareDomains: true, allowedDomains: principals.join(',') };
}

/** The server reads a list between commas, `*` as anybody, and braces as a template. */
function checkPrincipals(principals: readonly string[]): void {
  const wrong = principals.filter((principal) => !/^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$/.test(principal));
  if (wrong.length > 0) throw refuse('these are not names of accounts or hosts', wrong.join(', '));
  if (principals.length === 0) throw refuse('a role without principals signs for nobody', 'none');
}

const refuse = (message: string, given: string): PlatformError =>
  new PlatformError('construct', [{ message, given, fix: 'correct the role' }]);
