import type { ServerClient } from '../../client/server-client';
import { provisionerPolicyName, type StackKind } from '../../model/names';

/** How long one stack may take to be applied. */
const ttl = '15m';

/** Gives work a token of Terraform for one kind of stack, and revokes it afterwards. @param admin of an administrator */
export async function withProvisionerToken<T>(
  admin: ServerClient,
  kind: StackKind,
  work: (token: string) => Promise<T>,
): Promise<T> {
  const policy = provisionerPolicyName(kind);
  const { auth } = await admin.write('auth/token/create-orphan', {
    policies: [policy],
    no_default_policy: true,
    explicit_max_ttl: ttl,
    ttl,
    display_name: policy,
  });
  const token = String(auth?.client_token);
  try {
    return await work(token);
  } finally {
    await admin.write('auth/token/revoke', { token });
  }
}
