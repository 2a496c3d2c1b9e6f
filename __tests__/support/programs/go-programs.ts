import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { contextOf, type Context } from '../../../local/toolbox/context';
import type { GoSource } from '../../../local/toolbox/go';
import { goProgram } from '../../../local/toolbox/go-program';
import type { Program, Progress } from '../../../local/toolbox/program';

/** A program that only tests need, built once and kept beside those of the toolbox. */
export interface TestProgram {
  readonly name: string;
  readonly version: string;
  readonly executable: string;
  readonly source: GoSource;
}

const context = (progress: Progress): Context =>
  contextOf({ environment: process.env, projectDirectory: process.cwd() }, progress);

/** Builds it unless that was done before. @throws PlatformError (toolbox) */
export const testProgram = (program: TestProgram, progress: Progress = () => undefined): Promise<Program> =>
  goProgram(program, context(progress));

/** Why a program cannot be had here; undefined if it is there, or Go is, which builds it. */
export function missingTestProgram({ name, version, source }: TestProgram): string | undefined {
  const { cacheDirectory } = context(() => undefined);
  if (existsSync(path.join(cacheDirectory, name.toLowerCase(), version))) return undefined;
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return `${source.title} is built with Go, which is not on PATH`;
  }
}
