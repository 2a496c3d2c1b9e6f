import { dialects } from '../../model/dialect';
import type { Dialect } from '../../model/dialect';
import { appRoleMount } from '../../model/names';

export interface LoginScriptProps {
  readonly dialect: Dialect;
  /** Absolute path of `bao` or `vault`. */
  readonly program: string;
  readonly address: string;
  readonly caFile: string;
  /** File with the token that may issue SecretIDs. */
  readonly adminTokenFile: string;
}

/**
 * A shell script that lets a shell log in as a role of the replica: `. login.sh && platform_login checkout-devel-ro-role`.
 * It gets RoleID and SecretID as a team's pipeline does, and passes the SecretID through a pipe, never as an argument. The
 * administrator's token is only in a subshell, so that the user's shell never contains it.
 */
export function loginScript(props: LoginScriptProps): string {
  const { dialect, program, address, caFile, adminTokenFile } = props;
  const { binary: command, envPrefix: prefix } = dialects[dialect];
  return `# . <this file> && platform_login <role> [mount]   logs this shell in as an AppRole of the embedded cluster
${command}() { ${quote(program)} "$@"; }
export ${prefix}_ADDR=${quote(address)} ${prefix}_CACERT=${quote(caFile)}
platform_login() {
  ${prefix}_TOKEN=$(
    auth="auth/\${2:-${appRoleMount}}"
    role="$auth/role/$1"
    admin=$(cat ${quote(adminTokenFile)}) || exit 1
    role_id=$(${prefix}_TOKEN=$admin ${command} read -field=role_id "$role/role-id") || exit 1
    ${prefix}_TOKEN=$admin ${command} write -f -field=secret_id "$role/secret-id" |
      ${prefix}_TOKEN= ${command} write -field=token "$auth/login" role_id="$role_id" secret_id=-
  ) || return 1
  export ${prefix}_TOKEN
}
`;
}

/** A word quoted for a shell. */
export function quote(word: string): string {
  return /^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
