import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { buildSync } from 'esbuild';

import { identify, isRunning, startDetached, waitUntil } from '../../../local/cluster/processes';
import { GuardedFolder } from '../../../local/guard/guarded-folder';

/** A process that does not mind being asked to end. */
const stubborn = ['-c', 'trap "" TERM; while :; do sleep 1; done'];

test('dispose stops all processes of the folder', async () => {
  const folder = GuardedFolder.create('test');
  const identity = await startDetached({
    command: '/bin/sleep',
    args: ['600'],
    directory: folder.directory,
    environment: {},
    logFile: path.join(folder.folder('logs'), 'sleep.log'),
    pidFile: folder.pidFile('sleep'),
  });
  expect(isRunning(identity)).toBe(true);
  await folder.dispose();
  expect(isRunning(identity)).toBe(false);
  expect(existsSync(folder.directory)).toBe(false);
});

describe('when the process that created it exits', () => {
  let work: string;
  let maker: ChildProcess;
  beforeEach(() => (work = mkdtempSync(path.join(os.tmpdir(), 'guard-'))));
  afterEach(() => {
    maker.kill('SIGKILL');
    rmSync(work, { recursive: true, force: true });
  });

  test.each(['SIGINT', 'SIGKILL'] as const)(
    'by %s, all processes are stopped and the folder is removed',
    async (signal) => {
      const bundle = path.join(work, 'modules.cjs');
      const contents = `
      export { GuardedFolder } from './local/guard/guarded-folder';
      export { startDetached } from './local/cluster/processes';`;
      buildSync({
        bundle: true,
        outfile: bundle,
        platform: 'node',
        stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
      });
      const script = `
      const { GuardedFolder, startDetached } = require(process.argv[1]);
      const folder = GuardedFolder.create('test');
      startDetached({
        command: '/bin/sh', args: ${JSON.stringify(stubborn)}, directory: folder.directory, environment: process.env,
        logFile: folder.directory + '/log', pidFile: folder.pidFile('stubborn'),
      }).then(({ pid }) => process.stdout.write(pid + ' ' + folder.directory + '\\n'));
      setInterval(() => undefined, 1000);`;
      maker = spawn(process.execPath, ['-e', script, bundle], { stdio: ['ignore', 'pipe', 'inherit'] });
      if (maker.stdout === null) throw new Error('no output');
      const [output] = (await once(maker.stdout, 'data')) as [Buffer];
      const [pid = '', directory = ''] = output.toString().trim().split(' ');
      expect(identify(Number(pid))).toBeDefined();
      maker.kill(signal);
      await waitUntil(() => identify(Number(pid)) === undefined && !existsSync(directory), 60_000);
      expect(identify(Number(pid))).toBeUndefined();
      expect(existsSync(directory)).toBe(false);
    },
  );
});
