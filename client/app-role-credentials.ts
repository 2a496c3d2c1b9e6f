import type { ServerClient } from './server-client';

/** What an AppRole logs in with; the body of a login. */
export interface AppRoleCredentials extends Readonly<Record<string, string>> {
  readonly role_id: string;
  readonly secret_id: string;
}

/**
 * The RoleID of a role and a new SecretID. The SecretID is issued wrapped, as the policy `admin` demands, and unwrapped at once.
 *
 * @param client of an administrator
 * @param role path of the role, for example `auth/approle/role/checkout-devel-ro-role`
 * @throws ServerRefusal
 */
export async function issueCredentials(client: ServerClient, role: string): Promise<AppRoleCredentials> {
  const { data: id } = await client.read(`${role}/role-id`);
  const { wrap_info: wrapping } = await client.with({ wrapTtlSeconds: 60 }).write(`${role}/secret-id`);
  const { token } = wrapping as { readonly token: string };
  const { data: secret } = await client.with({ token }).write('sys/wrapping/unwrap');
  return { role_id: String(id?.role_id), secret_id: String(secret?.secret_id) };
}
