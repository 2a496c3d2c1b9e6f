import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { execa } from 'execa';

import { attendant, beforeStop } from '../../../constructs/kubernetes/scripts';
import { eventually } from '../../support/eventually';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-scripts-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const at = (...names: string[]): string => path.join(folder, ...names);
const write = (file: string, text: string): string => {
  mkdirSync(path.dirname(at(file)), { recursive: true });
  writeFileSync(at(file), text);
  return at(file);
};
const lines = (file: string): string[] => readFileSync(file, 'utf8').trimEnd().split('\n');

describe('the preStop hook of a server', () => {
  /** Runs it with a program that answers so. @returns whether it waited, and what it asked with */
  const end = async (answer: string, exitCode: number): Promise<{ waited: boolean; asked: string }> => {
    write('bin/bao', `#!/bin/sh\necho "$@ $BAO_ADDR" >'${at('asked')}'\necho '${answer}'\nexit ${exitCode}\n`);
    write('bin/sleep', `#!/bin/sh\n: >'${at('waited')}'\n`);
    for (const name of readdirSync(at('bin'))) chmodSync(at('bin', name), 0o755);
    const env = { PATH: `${at('bin')}:${process.env.PATH}`, PROGRAM: 'bao', PREFIX: 'BAO' };
    await execa('sh', [write('before-stop.sh', beforeStop)], { env });
    return { waited: existsSync(at('waited')), asked: readFileSync(at('asked'), 'utf8').trim() };
  };

  it('stops the active server at once, which steps down', async () => {
    const { waited, asked } = await end('{\n  "sealed": false,\n  "is_self": true\n}', 0);
    expect(waited).toBe(false);
    expect(asked).toBe('status -format=json https://127.0.0.1:8200');
  });

  it('waits for load balancers to deregister a standby', async () => {
    expect(await end('{\n  "sealed": false,\n  "is_self": false\n}', 0)).toMatchObject({ waited: true });
  });

  it('does not wait for a server without traffic', async () => {
    expect(await end('{\n  "sealed": true\n}', 2)).toMatchObject({ waited: false });
  });
});

describe('the attendant', () => {
  // The one that it looks for has to be this test's: a server of somebody else may run on the machine.
  const program = `server-of-test-${process.pid}`;
  const running: ChildProcess[] = [];
  afterEach(async () => {
    for (const child of running.splice(0)) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
  });

  const run = (script: string, args: readonly string[], env: NodeJS.ProcessEnv, argv0 = 'sh'): void => {
    const options = { cwd: folder, env: { ...process.env, ...env }, argv0, stdio: 'ignore' } as const;
    running.push(spawn('/bin/sh', [script, ...args], options));
  };
  /** Writes numbers to its audit file without an end, and opens it and says so when it is told to. */
  const server = `exec 3>>"$2"
trap 'exec 3>>"$2"; echo reload >>reloads' HUP
n=0
while :; do n=$((n + 1)); echo "$n" >&3; sleep 0.01; done
`;

  const start = (env: NodeJS.ProcessEnv = {}): void => {
    write('reloads', '');
    write('server', server);
    for (const file of ['tls.crt', 'tls.key']) write(`tls/${file}`, 'first');
    run('server', ['-config=x', at('audit', 'audit.log')], {}, program);
    const settings = { PROGRAM: program, CERTIFICATE: at('tls'), KNOWN: at('known'), SECONDS_BETWEEN: '1' };
    run(write('attendant.sh', attendant), [], { ...settings, ...env });
  };

  it('reloads the certificate once after it changes', async () => {
    mkdirSync(at('audit'));
    start();
    await eventually(
      'the first look at the certificate',
      () => existsSync(at('known')) && lines(at('known'))[0] !== '',
    );
    await sleep(1500);
    expect(lines(at('reloads'))).toEqual(['']);
    write('tls/tls.crt', 'second');
    await eventually('a reload', () => readFileSync(at('reloads'), 'utf8') !== '');
    await sleep(2500);
    expect(lines(at('reloads'))).toEqual(['reload']);
  });

  it('rotates a large audit file without losing a line, and keeps the configured number of files', async () => {
    mkdirSync(at('audit'));
    const old = ['1', '2', '3', '4'].map((day) => `audit.log.2020010${day}T000000Z`);
    for (const name of old) write(`audit/${name}`, 'old\n');
    start({ AUDIT_FILE: at('audit', 'audit.log'), AUDIT_BYTES: '100', AUDIT_KEEP: '4' });
    const aside = (): string[] => readdirSync(at('audit')).filter((name) => /\.log\.(?!2020)/.test(name));
    await eventually(
      'three files that were set aside',
      () => aside().length === 3 && lines(at('reloads')).length === 3,
    );
    for (const child of running) child.kill('SIGSTOP');
    const kept = readdirSync(at('audit')).sort();
    const written = [...kept.slice(2), 'audit.log'].flatMap((name) => lines(at('audit', name)).map(Number));
    // The newest of the old ones, and the three that were set aside.
    expect(kept.slice(0, 2)).toEqual(['audit.log', old[3]]);
    expect(kept).toHaveLength(5);
    expect(written).toEqual(written.map((_, index) => index + 1));
  });
});
