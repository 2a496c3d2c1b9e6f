import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { ProcessWatch } from './process-watch';

/** What a process that was there for a moment gave away. */
async function seenOf(argument: string, variable: string): Promise<readonly [string[], string[]]> {
  const watch = new ProcessWatch();
  const child = spawn('sh', ['-c', 'sleep 0.5', argument], { env: { PATH: process.env.PATH, SOMETHING: variable } });
  await once(child, 'exit');
  watch.stop();
  return [watch.holding(argument), watch.holding(variable)];
}

it('finds secrets in arguments', async () => {
  const [byArgument] = await seenOf('canary-argument', 'x');
  expect(byArgument).toEqual(['sh -c sleep 0.5 … ']);
});

(process.platform === 'linux' ? it : it.skip)('finds secrets in environment variables', async () => {
  const [, byVariable] = await seenOf('x', 'canary-variable');
  expect(byVariable.length).toBeGreaterThan(0);
});

it('reports only what was there', () => {
  const watch = new ProcessWatch();
  watch.stop();
  expect(watch.size).toBeGreaterThan(1);
  expect(watch.holding('canary-that-is-not-there')).toEqual([]);
});
