import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {
  identify,
  isRunning,
  runningProcess,
  startDetached,
  stopProcess,
  waitUntil,
  writeIdentity,
  type ProcessIdentity,
} from '../../../local/cluster/processes';

const stubborn = "process.on('SIGTERM', () => {}); console.log('ready'); setInterval(() => {}, 1000)";

describe('processes', () => {
  let folder: string;
  let pidFile: string;
  const started: ProcessIdentity[] = [];

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'processes-'));
    pidFile = path.join(folder, 'pid');
  });

  afterEach(() => {
    for (const identity of started.splice(0)) if (isRunning(identity)) process.kill(identity.pid, 'SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const start = async (script: string, environment = {}): Promise<ProcessIdentity> => {
    const identity = await startDetached({
      command: process.execPath,
      args: ['-e', script],
      directory: folder,
      environment,
      logFile: path.join(folder, 'log'),
      pidFile,
    });
    started.push(identity);
    return identity;
  };
  const log = (): string => readFileSync(path.join(folder, 'log'), 'utf8');

  it('identifies a process by its id and its start time', async () => {
    const identity = await start(stubborn);
    expect(runningProcess(pidFile)).toEqual(identity);
    expect(isRunning({ ...identity, started: 'another day' })).toBe(false);
  });

  it('neither finds nor signals a process that reuses the id of a dead one', async () => {
    const identity = await start(stubborn);
    writeIdentity(pidFile, { ...identity, started: 'before the reboot' });
    expect(await stopProcess(pidFile, [['SIGKILL', 1000]])).toBe(false);
    expect(isRunning(identity)).toBe(true);
    expect(existsSync(pidFile)).toBe(false);
  });

  it('sends the next signal if one has no effect, and waits until the process has exited', async () => {
    const identity = await start(stubborn);
    await waitUntil(() => log().includes('ready'), 10_000);
    expect(
      await stopProcess(pidFile, [
        ['SIGTERM', 100],
        ['SIGKILL', 5000],
      ]),
    ).toBe(true);
    expect(isRunning(identity)).toBe(false);
  });

  it('passes no variables to a process', async () => {
    const identity = await start('console.log(JSON.stringify(process.env))', { ONLY: 'this' });
    await waitUntil(() => !isRunning(identity), 10_000);
    expect(JSON.parse(log())).toEqual({ ONLY: 'this' });
  });

  it('treats a process that waits to be reaped as exited', async () => {
    // The shell becomes a program that never asks after its child.
    const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60']);
    const [output] = (await once(parent.stdout, 'data')) as [Buffer];
    expect(await waitUntil(() => identify(Number(output)) === undefined, 5000)).toBe(true);
    parent.kill('SIGKILL');
  });

  it('reports a program that cannot be run', async () => {
    const missing = startDetached({
      command: '/nowhere/bao',
      args: [],
      directory: folder,
      environment: {},
      logFile: path.join(folder, 'log'),
      pidFile,
    });
    await expect(missing).rejects.toMatchObject({ name: 'PlatformError', problems: [{ given: '/nowhere/bao' }] });
  });
});
