import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

import type { CommandResult } from '../replica/replica';

export interface SynthOptions {
  /** @default - the root of the project */
  readonly cwd?: string;
  /** Another copy of the project. @default - this one */
  readonly project?: string;
  /** Variables besides those of the test. @default - none */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs what `npm run synth -- …` runs. */
export async function synth(parameters: readonly string[], options: SynthOptions = {}): Promise<CommandResult> {
  const { cwd = process.cwd(), project = process.cwd(), env = {} } = options;
  const script = path.join(project, 'bin', 'run.mjs');
  const { exitCode, stdout, stderr } = await execa(process.execPath, [script, 'main.ts', ...parameters], {
    cwd,
    env: { NO_COLOR: '1', ...env },
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode: exitCode ?? -1, stdout, stderr };
}

/** Content of every file below a folder, by path. */
export function contents(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const absolute = files.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(absolute.map((file) => [path.relative(directory, file), readFileSync(file, 'utf8')]));
}
