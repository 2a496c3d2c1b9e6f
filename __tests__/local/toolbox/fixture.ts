import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Context } from '../../../local/toolbox/context';
import { PlatformError } from '../../../model/errors';

/** A world of its own for a test: a folder for everything, a PATH with nothing on it but what the test puts there. */
export class World {
  public readonly messages: string[] = [];
  public readonly root = mkdtempSync(path.join(tmpdir(), 'toolbox-'));
  public readonly bin = path.join(this.root, 'bin');
  public readonly cache = path.join(this.root, 'cache');

  constructor() {
    mkdirSync(this.bin);
    // Programs in here are also started as another user.
    chmodSync(this.root, 0o755);
  }

  /** Writes an executable shell script, into the PATH folder unless `folder` says otherwise. */
  public program(name: string, script: string, folder = this.bin): string {
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  public environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    return { PATH: this.bin, HOME: path.join(this.root, 'home'), ...more };
  }

  public context(more: NodeJS.ProcessEnv = {}): Context {
    return {
      environment: this.environment(more),
      cacheDirectory: this.cache,
      projectDirectory: path.join(this.root, 'project'),
      progress: (message) => this.messages.push(message),
    };
  }

  public remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The error that a promise is expected to end with. */
export async function failureOf(promise: Promise<unknown>): Promise<PlatformError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof PlatformError) return outcome.error;
  throw new Error(`not a PlatformError: ${JSON.stringify(outcome)}`, { cause: outcome });
}
