import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { parsePolicy } from '../../access/policy/parse-policy';
import { PolicyError } from '../../access/policy/policy';
import type { AccessModel } from '../../access/principals/access-model';
import type { Server } from '../../access/servers';
import { PlatformError, type Problem } from '../../model/errors';
import type { LoadedAccess } from './loaded-access';

const policyFile = /^(.+)\.(?:hcl|json)$/;

/**
 * Bare policies: each `<name>.hcl` and `<name>.json` in a folder is a policy, and `token:<name>` is a principal with this policy alone.
 *
 * @throws PlatformError `usage` with every policy that the server refuses, or if the folder has none
 */
export function loadPolicies(directory: string, server: Server): LoadedAccess {
  const problems: Problem[] = [];
  const policies: AccessModel['policies'] = new Map(
    policyFiles(directory).flatMap(({ name, file }) => {
      try {
        const text = readFileSync(file, 'utf8');
        return [[name, { policy: parsePolicy(name, text, server), text, source: { file } }] as const];
      } catch (error) {
        if (!(error instanceof PolicyError)) throw error;
        const { message, position } = error;
        problems.push({ file, ...position, message, fix: `correct the policy: ${server} refuses it` });
        return [];
      }
    }),
  );
  if (problems.length > 0) throw new PlatformError('usage', problems);
  const principals = [...policies].map(([name, { source }]) => ({
    ...{ id: `token:${name}`, kind: 'token' as const, mount: 'token', name, policies: [name] },
    ...(source !== undefined && { source }),
  }));
  return { title: directory, models: [{ server, policies, principals, mounts: [] }] };
}

function policyFiles(directory: string): { readonly name: string; readonly file: string }[] {
  try {
    const found = readdirSync(directory)
      .sort()
      .flatMap((entry) => {
        const [, name] = policyFile.exec(entry) ?? [];
        return name === undefined ? [] : [{ name: name.toLowerCase(), file: path.join(directory, entry) }];
      });
    if (found.length > 0) return found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
  }
  throw new PlatformError('usage', [
    {
      message: 'there are no policies in this folder',
      given: directory,
      allowed: 'a folder with files <name>.hcl or <name>.json, one for each policy',
      fix: 'check the name of the folder',
    },
  ]);
}
