import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';

import { PlatformError } from '../../model/errors';
import { type Child, childEnvironment, run } from './children';
import { variable } from './context';
import type { Program, Progress } from './program';
import { compareVersions } from './version';

/** How to recognise a program and its acceptable versions. */
export interface Product {
  readonly name: string;
  /** Matches its version output; the first group is the version. */
  readonly pattern: RegExp;
  /** The oldest that is acceptable, for example `1.11`. */
  readonly oldest: string;
  /** The first version that is no longer acceptable. @default - every newer version is acceptable */
  readonly below?: string;
  /** Why a version in the range is not acceptable. @default - all versions in the range are acceptable */
  readonly refuse?: (version: string) => string | undefined;
}

export interface Wanted {
  /** The variable that names the program. */
  readonly variable: string;
  /** The variable names the folder that holds the program. @default false */
  readonly variableNamesFolder?: boolean;
  /** Names on PATH, the preferred one first. */
  readonly commands: readonly [string, ...string[]];
  /** Arguments that print its version. */
  readonly versionArguments: readonly string[];
  readonly products: readonly Product[];
  /** User who runs it. @default - the current user */
  readonly user?: Child['user'];
}

type Verdict =
  | { readonly ok: true; readonly name: string; readonly version: string }
  | { readonly ok: false; readonly reason: string };

/** For messages: `Terraform 1.11 or newer, OpenTofu 1.10 or newer`. */
export function acceptable({ products }: Wanted): string {
  return products
    .map(
      ({ name, oldest, below }) => `${name} ${oldest} or newer${below === undefined ? '' : ` (older than ${below})`}`,
    )
    .join(', ');
}

/**
 * Finds a program by its variable, or else on PATH.
 *
 * @returns undefined if no acceptable version is on PATH; `progress` reports which programs were skipped, and why
 * @throws PlatformError `toolbox` if the variable does not name an acceptable program
 */
export async function find(
  wanted: Wanted,
  environment: NodeJS.ProcessEnv,
  progress: Progress,
): Promise<Program | undefined> {
  const named = variable(environment, wanted.variable);
  if (named !== undefined) return fromVariable(wanted, named, environment);
  for (const command of wanted.commands) {
    for (const folder of (environment.PATH ?? '').split(path.delimiter).filter((entry) => path.isAbsolute(entry))) {
      const file = path.join(folder, command);
      if ((await whyNotExecutable(file)) !== undefined) continue;
      const verdict = await inspect(file, wanted, environment);
      if (verdict.ok) return { name: verdict.name, version: verdict.version, path: file, origin: 'path' };
      progress(`skipped ${file}: ${verdict.reason}`);
    }
  }
  return undefined;
}

/** Reads the version of a program and checks it. */
export async function inspect(file: string, wanted: Wanted, environment: NodeJS.ProcessEnv): Promise<Verdict> {
  const outcome = await run({
    command: file,
    args: wanted.versionArguments,
    // A version is asked for, nothing else: Terraform would look on the network for a newer one.
    environment: { ...childEnvironment(environment), CHECKPOINT_DISABLE: '1' },
    directory: '/',
    timeoutMilliseconds: 30_000,
    ...(wanted.user === undefined ? {} : { user: wanted.user }),
  });
  if (!outcome.ok) return { ok: false, reason: `it does not run: ${outcome.lines.at(-1) ?? 'no output'}` };
  for (const product of wanted.products) {
    const version = product.pattern.exec(outcome.output)?.[1];
    if (version === undefined) continue;
    const { name, oldest, below } = product;
    const refusal = product.refuse?.(version);
    const inRange =
      compareVersions(version, oldest) >= 0 && (below === undefined || compareVersions(version, below) < 0);
    if (!inRange) return { ok: false, reason: `it is ${name} ${version}; needed: ${acceptable(wanted)}` };
    if (refusal !== undefined) return { ok: false, reason: `it is ${name} ${version}, which ${refusal}` };
    return { ok: true, name, version };
  }
  return { ok: false, reason: `it is not ${wanted.products.map(({ name }) => name).join(' or ')}` };
}

async function fromVariable(wanted: Wanted, named: string, environment: NodeJS.ProcessEnv): Promise<Program> {
  const file = path.resolve(wanted.variableNamesFolder === true ? path.join(named, wanted.commands[0]) : named);
  const reason = await whyNotExecutable(file);
  const verdict: Verdict =
    reason === undefined ? await inspect(file, wanted, environment) : { ok: false, reason: `${file} ${reason}` };
  if (verdict.ok) return { name: verdict.name, version: verdict.version, path: file, origin: 'environment' };
  const kind = wanted.variableNamesFolder === true ? `a folder with ${wanted.commands[0]} in it` : 'an executable';
  throw new PlatformError('toolbox', [
    {
      message: `${wanted.variable} cannot be used: ${verdict.reason}`,
      given: named,
      allowed: `${kind}: ${acceptable(wanted)}`,
      fix: `correct ${wanted.variable}, or unset it to find or install the program`,
    },
  ]);
}

async function whyNotExecutable(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return 'does not exist';
  if (!found.isFile()) return 'is not a file';
  return access(file, constants.X_OK).then(
    () => undefined,
    () => 'is not executable',
  );
}
