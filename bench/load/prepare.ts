import type { ServerClient } from '../../client/server-client';
import { ServerRefusal } from '../../client/server-refusal';
import { waitUntil } from '../../local/cluster/processes';
import {
  documentMount,
  documentText,
  documentsPerEnvironment,
  environments,
  tokenTypes,
  type RoleCredentials,
  type TokenType,
} from './plan';

const policy = 'load';
/** Longer than all runs together, so that no token expires during a run. */
const tokenTtl = '1h';

/** Creates mounts, documents and an AppRole for each type of token. @returns the credentials of the roles */
export async function prepareLoad(client: ServerClient): Promise<Readonly<Record<TokenType, RoleCredentials>>> {
  for (const environment of environments) await prepareDocuments(client, documentMount(environment));
  await client.write('sys/auth/approle', { type: 'approle' });
  await client.write(`sys/policies/acl/${policy}`, {
    policy: 'path "v1/+/kv/*" { capabilities = ["create", "read", "update", "delete", "list"] }',
  });
  const credentials = await Promise.all(tokenTypes.map((type) => prepareRole(client, type)));
  return Object.fromEntries(tokenTypes.map((type, index) => [type, credentials[index]])) as never;
}

async function prepareDocuments(client: ServerClient, mount: string): Promise<void> {
  await client.write(`sys/mounts/${mount}`, { type: 'kv', options: { version: '2' } });
  // A new mount of version 2 refuses requests until it is initialised.
  const isReady = await waitUntil(() => answers(client, `${mount}/config`), 15_000);
  if (!isReady) throw new Error(`the engine ${mount} did not become ready within 15 s`);
  const numbers = Array.from({ length: documentsPerEnvironment }, (_, index) => index);
  await Promise.all(
    numbers.map((index) => client.write(`${mount}/data/documents/${index}`, { data: { index, text: documentText } })),
  );
}

async function answers(client: ServerClient, path: string): Promise<boolean> {
  try {
    await client.read(path);
    return true;
  } catch (error) {
    if (error instanceof ServerRefusal) return false;
    throw error;
  }
}

async function prepareRole(client: ServerClient, type: TokenType): Promise<RoleCredentials> {
  const role = `auth/approle/role/load-${type}`;
  await client.write(role, { token_type: type, token_ttl: tokenTtl, token_policies: [policy] });
  const id = (await client.read(`${role}/role-id`)).data?.role_id;
  const secret = (await client.write(`${role}/secret-id`)).data?.secret_id;
  return { role_id: String(id), secret_id: String(secret) };
}
