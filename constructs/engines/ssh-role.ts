import {
  SshSecretBackendRole,
  type SshSecretBackendRoleConfig,
} from '@cdktf/provider-vault/lib/ssh-secret-backend-role';
import { Construct } from 'constructs';

import { ttlProblem } from '../ttl-problem';
import { validateProps, type PropsRule } from '../validate-props';
import { nameProblem } from './name-in-engine';
import type { ISshEngine } from './ssh-engine';

export interface SshRoleProps {
  readonly engine: ISshEngine;
  /** Name in the engine. */
  readonly roleName: string;
  readonly certificateType: 'user' | 'host';
  /** Accounts, or for hosts their names, in certificates; at least one. */
  readonly principals: readonly string[];
  /** Extensions of every certificate, such as `permit-pty`; not allowed for hosts. @default - none: sessions can run commands only */
  readonly extensions?: readonly string[];
  /** Lifetime of a certificate unless a request asks for another one. */
  readonly ttlSeconds: number;
  /** Maximum lifetime of a certificate. */
  readonly maxTtlSeconds: number;
}

/** The server splits the list at commas, and interprets `*` as every account and braces as a template. */
const principalPattern = /^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$/;

const rules: readonly PropsRule<SshRoleProps>[] = [
  ({ roleName }) => nameProblem('role', roleName),
  ({ principals }) =>
    principals.length > 0
      ? undefined
      : {
          message: 'no principals: the role cannot sign any key',
          given: 'an empty list',
          fix: 'name at least one account or host',
        },
  ({ principals }) =>
    principals
      .filter((principal) => !principalPattern.test(principal))
      .map((given) => ({
        message: 'this is not a valid name of an account or host',
        given,
        allowed: 'letters, digits and `_`; inside the name also `.` and `-`',
        fix: 'name each account or host, without wildcards and templates',
      })),
  ({ certificateType, extensions = [] }) =>
    certificateType === 'host' && extensions.length > 0
      ? {
          message: 'host certificates have no extensions',
          given: extensions.join(', '),
          allowed: 'extensions with certificateType `user`',
          fix: 'remove `extensions`',
        }
      : undefined,
  ttlProblem,
];

/**
 * A role that signs SSH keys: of users, who may then log in as one of `principals` (the first unless they request another), or of hosts,
 * which then identify themselves by one of these names.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/ssh_secret_backend_role
 */
export class SshRole extends Construct {
  public readonly roleName: string;

  /** @throws PlatformError `construct` for missing or invalid principals, invalid TTLs, or extensions of hosts */
  constructor(scope: Construct, id: string, props: SshRoleProps) {
    super(scope, id);
    validateProps(this, props, rules);
    this.roleName = props.roleName;
    new SshSecretBackendRole(this, 'Resource', {
      backend: props.engine.backend,
      name: this.roleName,
      keyType: 'ca',
      ttl: String(props.ttlSeconds),
      maxTtl: String(props.maxTtlSeconds),
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

const forHosts = ({ principals }: SshRoleProps): Partial<SshSecretBackendRoleConfig> => ({
  allowHostCertificates: true,
  allowBareDomains: true,
  allowedDomains: principals.join(','),
});
