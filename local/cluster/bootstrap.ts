import type { ServerClient } from '../../client/server-client';
import { ServerRefusal } from '../../client/server-refusal';
import type { PolicyText } from '../../constructs/policy/policy-text';
import { readIfThere, writePrivateFile } from '../../files/private-files';
import { dialects, type Dialect } from '../../model/dialect';
import { PlatformError } from '../../model/errors';
import { followAudit } from './follow-audit';

/** Tokens of every cluster, each with the policy of the same name. */
export const tokenNames = ['admin', 'provisioner'] as const;
export type TokenName = (typeof tokenNames)[number];

/** TTL of the tokens; each start renews them. */
const tokenPeriod = '768h';

/** OpenBao reads every token to list accessors; this is the timeout of the server itself. */
const slowRequest = 90_000;

export interface BootstrapOptions {
  readonly dialect: Dialect;
  /** Client of the active node, without a token. */
  readonly client: ServerClient;
  /** Texts of the policies `admin`, `provisioner` and any others. */
  readonly policies: readonly PolicyText[];
  readonly tokenFile: (name: TokenName) => string;
  /** File of the audit device, relative to the folder each server runs in. */
  readonly auditFile: string;
  /** Returns a root token. Called only when the stored tokens do not work. */
  readonly rootToken: () => Promise<string>;
}

/**
 * Brings a running cluster to what every cluster has: audit, policies, an administrator's and a provisioner's token,
 * and no root token. Does nothing where nothing differs.
 * @returns whether anything was done
 */
export async function bootstrap(options: BootstrapOptions): Promise<boolean> {
  const admin = await workingToken(options, 'admin');
  const provisioner = await workingToken(options, 'provisioner');
  if (admin === undefined || provisioner === undefined) {
    await bootstrapAsRoot(options);
    return true;
  }
  const client = options.client.with({ token: admin });
  const written = await writePolicies(client, options.policies);
  const audited = dialects[options.dialect].audit === 'api' && (await followAudit(client, options.auditFile));
  return written || audited;
}

/** A token from its file, if it is valid. Renews it. */
async function workingToken(options: BootstrapOptions, name: TokenName): Promise<string | undefined> {
  const token = readIfThere(options.tokenFile(name))?.trim();
  if (token === undefined || token === '') return undefined;
  try {
    await options.client.with({ token }).write('auth/token/renew-self');
    return token;
  } catch (error) {
    if (error instanceof ServerRefusal && error.status === 403) return undefined;
    throw error;
  }
}

/** Written last: a start after an interruption finds no tokens and repeats the bootstrap. */
async function bootstrapAsRoot(options: BootstrapOptions): Promise<void> {
  const rootToken = await options.rootToken();
  const root = options.client.with({ token: rootToken, requestMilliseconds: slowRequest });
  if (dialects[options.dialect].audit === 'api') await followAudit(root, options.auditFile);
  await writePolicies(root, options.policies);
  await revokeForerunners(root);
  const tokens = new Map<TokenName, string>();
  for (const name of tokenNames) tokens.set(name, await createToken(root, name));
  await root.write('auth/token/revoke-self');
  await checkRevoked(root);
  for (const [name, token] of tokens) {
    await checkWorks(options.client.with({ token }), name);
    writePrivateFile(options.tokenFile(name), `${token}\n`);
  }
}

/** @returns whether any differed */
async function writePolicies(client: ServerClient, policies: readonly PolicyText[]): Promise<boolean> {
  let written = false;
  for (const { name, rules } of policies) {
    const before = await client.find(`sys/policies/acl/${name}`);
    if (before?.data?.policy === rules) continue;
    await client.write(`sys/policies/acl/${name}`, { policy: rules });
    written = true;
  }
  return written;
}

/** Orphan tokens, so that they remain when the root token is revoked. */
async function createToken(root: ServerClient, name: TokenName): Promise<string> {
  const { auth } = await root.write('auth/token/create-orphan', {
    policies: [name],
    no_default_policy: true,
    period: tokenPeriod,
    display_name: name,
  });
  return String(auth?.client_token);
}

/**
 * Revokes every other root token, which an interrupted start may have left behind, and the tokens that are about to be
 * replaced.
 */
async function revokeForerunners(root: ServerClient): Promise<void> {
  const own = String((await root.read('auth/token/lookup-self')).data?.accessor);
  const accessors = (await root.list('auth/token/accessors')).filter((accessor) => accessor !== own);
  const replaced = tokenNames.map((name) => `token-${name}`);
  for (let index = 0; index < accessors.length; index += 16) {
    await Promise.all(
      accessors.slice(index, index + 16).map(async (accessor) => {
        const token = await lookUp(root, accessor);
        const policies = Array.isArray(token?.policies) ? token.policies : [];
        if (policies.includes('root') || replaced.includes(String(token?.display_name))) {
          await root.write('auth/token/revoke-accessor', { accessor });
        }
      }),
    );
  }
}

/** A token may expire between the list and the lookup. */
async function lookUp(root: ServerClient, accessor: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    return (await root.write('auth/token/lookup-accessor', { accessor })).data;
  } catch (error) {
    if (error instanceof ServerRefusal && [400, 403, 404].includes(error.status)) return undefined;
    throw error;
  }
}

async function checkRevoked(root: ServerClient): Promise<void> {
  try {
    await root.read('auth/token/lookup-self');
  } catch (error) {
    if (error instanceof ServerRefusal && error.status === 403) return;
    throw error;
  }
  throw new PlatformError('cluster', [
    { message: 'the root token still works after it was revoked', fix: 'check the audit log, and start again' },
  ]);
}

async function checkWorks(client: ServerClient, name: TokenName): Promise<void> {
  try {
    await client.write('auth/token/renew-self');
  } catch (error) {
    if (!(error instanceof ServerRefusal) || error.status !== 403) throw error;
    throw new PlatformError('cluster', [
      {
        message: `the ${name} token cannot renew itself`,
        fix: `allow the policy ${name} to update auth/token/renew-self`,
      },
    ]);
  }
}
