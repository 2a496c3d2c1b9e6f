import { dialects } from '../../model/dialect';
import type { Dialect } from '../../model/dialect';
import { appRoleMount } from '../../model/names';

export interface LoginScriptProps {
  readonly dialect: Dialect;
  /** Absolute path of `bao` or `vault`. */
  readonly program: string;
  /** URLs of all nodes. */
  readonly addresses: readonly string[];
  readonly caFile: string;
  /** File with the token that may issue SecretIDs. */
  readonly adminTokenFile: string;
}

/**
 * A shell script that lets a shell log in as a role of the replica: `. login.sh && platform_login checkout-devel-ro-role`.
 * It uses the first node that serves; standbys forward requests. It gets RoleID and SecretID as a team's pipeline does, wrapped, and passes the SecretID through a pipe, never as an argument. The
 * administrator's token is only in a subshell, so that the user's shell never contains it.
 */
export function loginScript(props: LoginScriptProps): string {
  const { dialect, program, addresses, caFile, adminTokenFile } = props;
  const { binary: command, envPrefix: prefix } = dialects[dialect];
  return `# . <this file> && platform_login <role> [mount]   logs this shell in as an AppRole of the embedded cluster
${command}() { ${quote(program)} "$@"; }
export ${prefix}_ADDR ${prefix}_CACERT=${quote(caFile)}
platform_node() {
  for ${prefix}_ADDR in ${addresses.map(quote).join(' ')}; do
    ${prefix}_CLIENT_TIMEOUT=3s ${prefix}_MAX_RETRIES=0 ${quote(program)} status >/dev/null 2>&1 && return
  done
  echo 'no node serves: npm run platform -- status' >&2
  return 1
}
platform_node
platform_login() {
  platform_node || return 1
  ${prefix}_TOKEN=$(
    auth="auth/\${2:-${appRoleMount}}"
    role="$auth/role/$1"
    admin=$(cat ${quote(adminTokenFile)}) || exit 1
    role_id=$(${prefix}_TOKEN=$admin ${command} read -field=role_id "$role/role-id") || exit 1
    wrapped=$(${prefix}_TOKEN=$admin ${command} write -f -wrap-ttl=1m -field=wrapping_token "$role/secret-id") || exit 1
    ${prefix}_TOKEN=$wrapped ${command} unwrap -field=secret_id |
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
