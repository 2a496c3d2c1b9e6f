import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { isFree } from '../../../local/cluster/ports';
import { waitUntil } from '../../../local/cluster/processes';
import { soak } from '../../support/soak';

/** How often each certificate is renewed; a renewal takes three to four minutes. The tests of agents renew a certificate repeatedly. */
const renewals = soak ? 2 : 1;

/** The command as a person runs it, with a folder of its own for all that it leaves on the disk. */
class Command {
  public output = '';
  public readonly folder = mkdtempSync(path.join(os.tmpdir(), 'kafka-demo-'));
  private readonly child: ChildProcess;

  /** @param ports range of ports, since several commands start servers at the same time */
  constructor(ports: string, ...parameters: readonly string[]) {
    chmodSync(this.folder, 0o711);
    this.child = spawn(process.execPath, ['bin/run.mjs', 'examples/kafka/demo.ts', ...parameters], {
      env: { ...process.env, TMPDIR: this.folder, VAULT_PLATFORM_PORTS: ports, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer): void => void (this.output += chunk.toString());
    this.child.stdout?.on('data', keep);
    this.child.stderr?.on('data', keep);
  }

  public async end(): Promise<number | null> {
    const [code] = (await once(this.child, 'close')) as [number | null];
    return code;
  }

  public async until(text: RegExp): Promise<RegExpExecArray> {
    await waitUntil(() => text.test(this.output) || this.child.exitCode !== null, 300_000);
    const found = text.exec(this.output);
    if (found === null) throw new Error(this.output);
    return found;
  }

  public kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** What of it is still on the disk, once it has gone or after a minute. */
  public async leftOvers(): Promise<string[]> {
    const ours = (): string[] => readdirSync(this.folder).filter((name) => name.startsWith('vault-platform-'));
    await waitUntil(() => ours().length === 0, 60_000);
    return ours();
  }

  public dispose(): void {
    this.child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const commands: Command[] = [];
const run = (...parameters: readonly string[]): Command => {
  const first = Number.parseInt(process.env.VAULT_PLATFORM_PORTS ?? '20000') + 1000 * commands.length;
  const command = new Command(`${first}-${first + 999}`, ...parameters);
  commands.push(command);
  return command;
};
afterAll(() => {
  for (const command of commands) command.dispose();
});

describe('the demonstration of Kafka', () => {
  // Side by side: most of the time they wait for a certificate to come to its end.
  const demonstrations = new Map<string, { readonly command: Command; readonly ended: Promise<number | null> }>();
  beforeAll(() => {
    for (const dialect of ['openbao', 'vault']) {
      const command = run('--dialect', dialect, '--renewals', String(renewals));
      demonstrations.set(dialect, { command, ended: command.end() });
    }
  });

  test.each(['openbao', 'vault'])(
    'on %s loses no message during renewals, and accepts no certificate for another use',
    async (dialect) => {
      const { command, ended } = demonstrations.get(dialect)!;
      // The output, which has no secrets, says why a demonstration failed.
      if ((await ended) !== 0) throw new Error(command.output);
      const seen = command.output.split('\n').flatMap((line) => /✓ (.*)$/.exec(line)?.[1] ?? []);
      expect(seen).toEqual([
        expect.stringMatching(/^\d{3,} messages were confirmed and received, none was lost$/),
        'get no broker certificate: 403',
        'get only client certificates, whatever they request',
        'does not start a broker: Extended key usage does not permit use for TLS server authentication',
        'is accepted by the broker',
        expect.stringMatching(/^is refused: Certificate has been revoked, /),
      ]);
      for (const program of ['kafka', 'order-producer', 'order-consumer']) {
        expect(command.output).toContain(`${program} has certificate ${renewals + 1}, `);
      }
      expect(command.output).not.toMatch(/PRIVATE KEY|\b(?:hv)?s\.[A-Za-z0-9]{20}/);
      expect(await command.leftOvers()).toEqual([]);
    },
    1_200_000,
  );
});

describe('the interrupted demonstration of Kafka', () => {
  const signals = ['SIGINT', 'SIGKILL'] as const;
  const ended = new Map<NodeJS.Signals, Command>();
  beforeAll(() => {
    for (const signal of signals) ended.set(signal, run());
  });

  test.each(signals)(
    'by %s leaves nothing that runs, and nothing on the disk',
    async (signal) => {
      const command = ended.get(signal)!;
      const [, port] = await command.until(/Kafka \S+ serves 127\.0\.0\.1:(\d+)/);
      command.kill(signal);
      expect(await command.leftOvers()).toEqual([]);
      expect(await isFree(Number(port))).toBe(true);
    },
    600_000,
  );
});
