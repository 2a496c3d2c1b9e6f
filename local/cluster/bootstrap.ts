import { rmSync } from 'node:fs';

import type { ServerClient } from '../../client/server-client';
import { ServerRefusal } from '../../client/server-refusal';
import type { PolicyText } from '../../constructs/policy/policy-text';
import { readIfThere, writePrivateFile } from '../../files/private-files';
import { dialects, type Dialect } from '../../model/dialect';
import { PlatformError } from '../../model/errors';
import { provisioner } from '../../model/names';
import { followAudit } from './follow-audit';

/** Policy and display name of the administrator's token. */
const admin = 'admin';

/** Display names of tokens that a bootstrap replaces; former versions made one for Terraform. */
const replacedTokens: readonly string[] = [`token-${admin}`, `token-${provisioner}`];

/** TTL of the administrator's token; each start renews it. */
const tokenPeriod = '768h';

/** OpenBao reads every token to list accessors; this is the timeout of the server itself. */
const slowRequest = 90_000;

export interface BootstrapOptions {
  readonly dialect: Dialect;
  /** Client of the active node, without a token. */
  readonly client: ServerClient;
  /** Texts of the policies `admin`, of those of Terraform, and any others. */
  readonly policies: readonly PolicyText[];
  /** File of the administrator's token. */
  readonly adminTokenFile: string;
  /** File of Terraform's token of former versions, which is revoked and deleted. @default - none */
  readonly formerTokenFile?: string;
  /** File of the audit device, relative to the folder each server runs in. */
  readonly auditFile: string;
  /** Returns a root token. Called only when the stored token does not work. */
  readonly rootToken: () => Promise<string>;
}

/**
 * Brings a running cluster to what every cluster has: audit, policies, an administrator's token, and no root
 * token. Does nothing where nothing differs.
 * @returns whether anything was done
 */
export async function bootstrap(options: BootstrapOptions): Promise<boolean> {
  const token = await workingToken(options);
  if (token === undefined) {
    await bootstrapAsRoot(options);
    return true;
  }
  const client = options.client.with({ token });
  const written = await writePolicies(client, options.policies);
  await endFormerToken(client, options.formerTokenFile);
  const audited = dialects[options.dialect].audit === 'api' && (await followAudit(client, options.auditFile));
  return written || audited;
}

/** A token from its file, if it is valid. Renews it. */
async function workingToken(options: BootstrapOptions): Promise<string | undefined> {
  const token = readIfThere(options.adminTokenFile)?.trim();
  if (token === undefined || token === '') return undefined;
  try {
    await options.client.with({ token }).write('auth/token/renew-self');
    return token;
  } catch (error) {
    if (error instanceof ServerRefusal && error.status === 403) return undefined;
    throw error;
  }
}

/** Written last: a start after an interruption finds no token and repeats the bootstrap. */
async function bootstrapAsRoot(options: BootstrapOptions): Promise<void> {
  const rootToken = await options.rootToken();
  const root = options.client.with({ token: rootToken, requestMilliseconds: slowRequest });
  if (dialects[options.dialect].audit === 'api') await followAudit(root, options.auditFile);
  await writePolicies(root, options.policies);
  await revokeForerunners(root);
  const token = await createToken(root);
  await root.write('auth/token/revoke-self');
  await checkRevoked(root);
  await checkWorks(options.client.with({ token }));
  writePrivateFile(options.adminTokenFile, `${token}\n`);
  if (options.formerTokenFile !== undefined) rmSync(options.formerTokenFile, { force: true });
}

async function endFormerToken(client: ServerClient, file: string | undefined): Promise<void> {
  const token = file === undefined ? undefined : readIfThere(file)?.trim();
  if (file === undefined || token === undefined) return;
  if (token !== '') await client.write('auth/token/revoke', { token });
  rmSync(file, { force: true });
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

/** An orphan, so that it remains when the root token is revoked. */
async function createToken(root: ServerClient): Promise<string> {
  const { auth } = await root.write('auth/token/create-orphan', {
    policies: [admin],
    no_default_policy: true,
    period: tokenPeriod,
    display_name: admin,
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
  for (let index = 0; index < accessors.length; index += 16) {
    await Promise.all(
      accessors.slice(index, index + 16).map(async (accessor) => {
        const token = await lookUp(root, accessor);
        const policies = Array.isArray(token?.policies) ? token.policies : [];
        if (policies.includes('root') || replacedTokens.includes(String(token?.display_name))) {
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

async function checkWorks(client: ServerClient): Promise<void> {
  try {
    await client.write('auth/token/renew-self');
  } catch (error) {
    if (!(error instanceof ServerRefusal) || error.status !== 403) throw error;
    throw new PlatformError('cluster', [
      {
        message: `the ${admin} token cannot renew itself`,
        fix: `allow the policy ${admin} to update auth/token/renew-self`,
      },
    ]);
  }
}
