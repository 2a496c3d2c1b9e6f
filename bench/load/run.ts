import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { PlatformError } from '../../model/errors';
import type { GeneratorMessage } from './generator';
import type { RunPlan, RunResult } from './plan';

/**
 * Runs the generator in a separate process.
 * @param onBegin called when the measurement begins
 * @returns the result
 */
export async function runGenerator(
  projectDirectory: string,
  plan: RunPlan,
  onBegin: () => void = () => undefined,
): Promise<RunResult> {
  const child = fork(path.join(projectDirectory, 'bin', 'run.mjs'), ['bench/load/generator.ts'], { env: {} });
  let result: RunResult | undefined;
  child.on('message', (message: GeneratorMessage) => {
    if ('begun' in message) onBegin();
    else ({ result } = message);
  });
  child.send(plan);
  await once(child, 'exit');
  if (result === undefined)
    throw new PlatformError('cluster', [{ message: 'the load generator exited early', fix: 'see its output above' }]);
  return result;
}
