import { dialects } from '../model/dialect';
import type { Dialect } from '../model/inventory';
import { appRoleMount } from '../model/names';

/** Who is to log in where. */
export interface TenantCommandsProps {
  readonly dialect: Dialect;
  /** URL of the cluster. */
  readonly address: string;
  /** File with the authority's certificate. @default - one that the machine trusts */
  readonly caFile?: string;
  readonly role: string;
  /** Mount of the documents. */
  readonly mount: string;
  /** A document of the role, inside the mount. */
  readonly document: string;
  /** Version that the role's first write replaces; 0: it creates the document. @default - the role may not write */
  readonly firstCas?: number;
}

/** One thing to do, with the commands for it. */
export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly string[];
}

/**
 * The commands by which a team uses a role, with the server's own command line. RoleID and SecretID stand in files
 * `role-id` and `secret-id`; no secret is ever an argument, since everyone on a machine can read those.
 */
export function tenantCommands(props: TenantCommandsProps): CommandGroup[] {
  const { dialect, address, caFile, role, mount, document, firstCas } = props;
  const { binary: cli, envPrefix: prefix } = dialects[dialect];
  const path = `auth/${appRoleMount}/role/${role}`;
  const read: CommandGroup[] = [
    { title: 'Read', commands: [`${cli} kv get -format=json -mount=${mount} ${document}`] },
  ];
  const write: CommandGroup[] =
    firstCas === undefined
      ? []
      : [
          {
            title: 'Write with check-and-set: the version that was read, so that no other write is lost; 0 creates',
            commands: [`${cli} kv put -cas=${firstCas} -mount=${mount} ${document} @document.json`],
          },
        ];
  return [
    {
      title: 'Once: where the server is',
      commands: [
        `export ${prefix}_ADDR=${address}`,
        ...(caFile === undefined ? [] : [`export ${prefix}_CACERT=${caFile}`]),
      ],
    },
    {
      title: 'Issue a SecretID (an administrator; the team unwraps it, once and within five minutes)',
      commands: [
        `${cli} read -field=role_id ${path}/role-id > role-id`,
        `(umask 077; ${cli} write -f -wrap-ttl=5m -field=wrapping_token ${path}/secret-id > wrapped)`,
        `(umask 077; ${prefix}_TOKEN=$(cat wrapped) ${cli} unwrap -field=secret_id > secret-id); rm wrapped`,
      ],
    },
    {
      title: 'Log in',
      commands: [
        `export ${prefix}_TOKEN=$(${cli} write -field=token auth/${appRoleMount}/login role_id=@role-id secret_id=@secret-id)`,
      ],
    },
    // What a first write creates cannot be read before it.
    ...(firstCas === 0 ? write.concat(read) : read.concat(write)),
  ];
}
