import type { ServerClient } from '../../client/server-client';
import { ServerRefusal } from '../../client/server-refusal';
import type { PolicyText } from '../../constructs/policy/policy-text';
import { auditDevice } from '../../constructs/server/configuration';
import { readIfThere, writePrivateFile } from '../../files/private-files';
import { dialects } from '../../model/dialect';
import type { Dialect } from '../../model/dialect';
import { PlatformError } from '../../model/errors';

/** The tokens every cluster has, each with the policy of its name. */
export const tokenNames = ['admin', 'provisioner'] as const;
export type TokenName = (typeof tokenNames)[number];

/** A token unused for this long has to be made anew; each start begins it afresh. */
const tokenPeriod = '768h';

/** OpenBao looks at every token to list their accessors; this is when the server itself gives up. */
const slowRequest = 90_000;

export interface BootstrapOptions {
  readonly dialect: Dialect;
  /** Client of the active node, without a token. */
  readonly client: ServerClient;
  /** What the policies `admin`, `provisioner` and any others say. */
  readonly policies: readonly PolicyText[];
  readonly tokenFile: (name: TokenName) => string;
  /** File of the audit device, relative to the folder each server runs in. */
  readonly auditFile: string;
  /** Gives a root token, new or left from initialising; called only when there is no other way. */
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
  return await writePolicies(options.client.with({ token: admin }), options.policies);
}

/** A token from its file, when the server knows it; looking renews it. */
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

/** Written to disk last: a start that is killed anywhere before finds no tokens, and does all of this again. */
async function bootstrapAsRoot(options: BootstrapOptions): Promise<void> {
  const rootToken = await options.rootToken();
  const root = options.client.with({ token: rootToken, requestMilliseconds: slowRequest });
  await enableAudit(root, options);
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

async function enableAudit(root: ServerClient, { dialect, auditFile }: BootstrapOptions): Promise<void> {
  if (dialects[dialect].audit === 'configuration') return;
  const devices = (await root.read('sys/audit')).data ?? {};
  if (`${auditDevice}/` in devices) return;
  await root.write(`sys/audit/${auditDevice}`, { type: 'file', options: { file_path: auditFile } });
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

/** Neither has a parent, so that revoking root leaves them. */
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
 * Revokes every other root token, which a start that was killed may have left in nobody's hands, and the tokens that
 * are about to be replaced.
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

/** A token may expire between being listed and being looked at. */
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
    { message: 'the root token still works after it was revoked', fix: 'see the audit log, and start again' },
  ]);
}

async function checkWorks(client: ServerClient, name: TokenName): Promise<void> {
  try {
    await client.write('auth/token/renew-self');
  } catch (error) {
    if (!(error instanceof ServerRefusal) || error.status !== 403) throw error;
    throw new PlatformError('cluster', [
      {
        message: `the ${name} token may not renew itself`,
        fix: `let the policy ${name} update auth/token/renew-self`,
      },
    ]);
  }
}
