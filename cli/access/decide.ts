import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';

import { Batch } from '../../access/batch';
import { Acl } from '../../access/decide/acl';
import type { Decision, Operation } from '../../access/decide/request';
import { decodePolicyText } from '../../access/policy/decode-policy-text';
import { parsePolicy } from '../../access/policy/parse-policy';
import { PolicyError, type ParameterValue, type Policy } from '../../access/policy/policy';
import { servers, type Server } from '../../access/servers';
import { PlatformError, type Problem } from '../../model/errors';
import { answerLines } from './answer-lines';

export interface DecideOptions {
  readonly server: Server;
  /** Files with policies; the name of a policy is that of its file without the extension. */
  readonly policy: readonly string[];
  readonly operation?: Operation;
  readonly path?: string;
  /** JSON object. */
  readonly parameters?: string;
  /** Seconds. */
  readonly wrapTtl?: number;
  /** @default - not known */
  readonly exists?: boolean;
  readonly json: boolean;
  readonly batch: boolean;
}

/** `access decide`: decides one request, or with `--batch` those of standard input. @throws PlatformError */
export async function accessDecide(options: DecideOptions): Promise<void> {
  if (options.batch) {
    await decideBatch(process.stdin, process.stdout);
    return;
  }
  const { allowed, by, reason } = decideOne(options, Date.now());
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ allowed, by: by === undefined ? null : { policy: by.policy, path: by.path, line: by.position.line }, reason })}\n`
      : `${allowed ? 'allowed' : 'denied'}: ${reason}\n`,
  );
  if (!allowed) process.exitCode = 2;
}

/** Answers lines of JSON. @throws PlatformError `usage` at the end, with the number of lines that could not be decided */
export async function decideBatch(input: Readable, output: Writable): Promise<void> {
  const batch = new Batch({ now: Date.now() });
  try {
    await answerLines(input, output, (line) => batch.answer(line));
  } catch (error) {
    // The reader has seen enough.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return;
    throw error;
  }
  if (batch.errors === 0) return;
  throw new PlatformError('usage', [
    {
      message: `${batch.errors} of ${batch.lines} lines could not be decided`,
      fix: 'see the lines {"error": …} of the output, which are in the order of the input',
    },
  ]);
}

/** Decides one request. @param now milliseconds since 1970 @throws PlatformError */
export function decideOne(options: DecideOptions, now: number): Decision {
  const { server, operation, path: requested } = options;
  const problems: Problem[] = [];
  if (options.policy.length === 0) problems.push({ message: 'no policy is given', fix: 'add --policy <file>' });
  if (operation === undefined) problems.push({ message: 'no operation is given', fix: 'add --operation <operation>' });
  if (requested === undefined) problems.push({ message: 'no path is given', fix: 'add --path <path>' });
  const policies = options.policy.flatMap((file) => readPolicy(file, server, problems));
  const parameters = parametersOf(options.parameters, problems);
  if (operation === undefined || requested === undefined || problems.length > 0) {
    throw new PlatformError('usage', problems);
  }
  return Acl.compile(policies, { server, now }).decide({
    operation,
    path: requested,
    parameters,
    wrapTtlSeconds: options.wrapTtl ?? null,
    exists: options.exists ?? null,
  });
}

function readPolicy(file: string, server: Server, problems: Problem[]): Policy[] {
  try {
    return [parsePolicy(path.parse(file).name, decodePolicyText(readFileSync(file, 'utf8')), server)];
  } catch (error) {
    if (error instanceof PolicyError) {
      problems.push({ file, ...error.position, message: `${server} refuses the policy: ${error.message}` });
    } else {
      problems.push({ file, message: 'the file cannot be read', fix: (error as Error).message });
    }
    return [];
  }
}

function parametersOf(text: string | undefined, problems: Problem[]): Record<string, ParameterValue> | null {
  if (text === undefined) return null;
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, ParameterValue>;
    }
  } catch {
    // Reported below.
  }
  problems.push({ message: '--parameters must be a JSON object', given: text, fix: `--parameters '{"ttl": "1h"}'` });
  return null;
}

/** Servers that `--server` accepts. */
export const serverNames = Object.keys(servers) as Server[];
