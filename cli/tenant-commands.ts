import { dialects } from '../model/dialect';
import type { Dialect } from '../model/dialect';
import type { Environment } from '../model/environment/environment';
import type { Login } from '../model/tenant/login';
import type { Tenant } from '../model/tenant/tenant';
import type { CommandGroup } from './command-group';
import type { TenantAccess } from './tenant-access';
import { commandsToUse } from './use-commands';

/** A role and the server it logs in to. */
export interface TenantCommandsProps extends TenantAccess {
  readonly tenant: Pick<Tenant, 'name'>;
  readonly environment: Environment;
  /** Dialect of the server. */
  readonly dialect: Dialect;
  /** URL of the cluster. */
  readonly address: string;
  /** File with the CA certificate. @default - the machine trusts the CA */
  readonly caFile?: string;
}

/**
 * Commands to use a role with the server's own command line. No secret is an argument, because every user of a machine can
 * read arguments: RoleID and SecretID are in the files `role-id` and `secret-id`, a token in `token.jwt`.
 */
export function tenantCommands(props: TenantCommandsProps): CommandGroup[] {
  const { dialect, address, caFile, logins, uses } = props;
  const { binary, envPrefix: prefix } = dialects[dialect];
  return [
    {
      title: 'Once: set the address of the server',
      commands: [
        `export ${prefix}_ADDR=${address}`,
        ...(caFile === undefined ? [] : [`export ${prefix}_CACERT=${caFile}`]),
      ],
    },
    ...logins.flatMap((login) => commandsToLogIn(login, props)),
    ...uses.flatMap((use) => commandsToUse(use, { ...props, binary })),
  ];
}

function commandsToLogIn(login: Login, { dialect, environment, role }: TenantCommandsProps): CommandGroup[] {
  const { binary: cli, envPrefix: prefix } = dialects[dialect];
  const keepToken = (command: string): string => `export ${prefix}_TOKEN=$(${command})`;
  switch (login.type) {
    case 'approle': {
      const auth = `auth/${environment.appRoleMount}`;
      const path = `${auth}/role/${role}`;
      return [
        {
          title: 'Issue a SecretID (as an administrator; the team unwraps it, once and within five minutes)',
          commands: [
            `${cli} read -field=role_id ${path}/role-id > role-id`,
            `(umask 077; ${cli} write -f -wrap-ttl=5m -field=wrapping_token ${path}/secret-id > wrapped)`,
            `(umask 077; ${prefix}_TOKEN=$(cat wrapped) ${cli} unwrap -field=secret_id > secret-id); rm wrapped`,
          ],
        },
        {
          title: 'Log in',
          commands: [keepToken(`${cli} write -field=token ${auth}/login role_id=@role-id secret_id=@secret-id`)],
        },
      ];
    }
    case 'kubernetes':
      return [
        {
          title: `Log in from a pod: its token for the audience ${login.method.audience}, projected into a file`,
          commands: [
            keepToken(
              `${cli} write -field=token auth/${login.method.mountPath}/login role=${role} jwt=@/var/run/secrets/tokens/vault`,
            ),
          ],
        },
      ];
    case 'jwt':
      return [
        {
          title: `Log in with a token of ${login.method.boundIssuer} for the audience ${login.audiences.join(' or ')}`,
          commands: [
            keepToken(`${cli} write -field=token auth/${login.method.mountPath}/login role=${role} jwt=@token.jwt`),
          ],
        },
      ];
    case 'oidc':
      return [
        {
          title: 'Log in with a browser',
          commands: [`${cli} login -method=oidc -path=${login.method.mountPath} role=${role}`],
        },
      ];
    case 'ldap':
      return [
        {
          title: `Log in as a member of ${login.groups.join(' or ')}; it asks for the password`,
          commands: [`${cli} login -method=ldap -path=${login.method.mountPath} username="$USER"`],
        },
      ];
    case 'aws':
      return [
        {
          title: 'Log in with the identity that AWS gave this program',
          commands: [
            `${cli} login -method=aws -path=${login.method.mountPath} header_value=${login.method.serverIdHeader} region=${login.method.region} role=${role}`,
          ],
        },
      ];
    case 'token':
      return [
        {
          title: 'Create a token for another program (requires auth/token/create)',
          commands: [`(umask 077; ${cli} token create -role=${role} -field=token > token)`],
        },
      ];
  }
}
