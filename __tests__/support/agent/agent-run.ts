import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import {
  configurationFile,
  roleIdFile,
  secretIdFile,
  type AgentProps,
  type RenderedFile,
} from '../../../agents/agent-files';
import { issueCommands } from '../../../agents/instructions';
import { writeFiles } from '../../../cli/write-files';
import { dialects } from '../../../model/dialect';
import type { Dialect } from '../../../model/dialect';
import { eventually } from '../eventually';
import type { TestCluster } from '../vault/embedded-cluster';

/** A host for one agent: folders of its own below a temporary one, which stand for `/etc`, `/run` and the program's. */
export class AgentRun {
  /** Everything of the host. */
  public readonly folder = mkdtempSync(path.join(os.tmpdir(), 'vault-platform-agent-'));
  public readonly layout = { configuration: this.sub('etc'), runtime: this.sub('run') };
  /** Folder of the files. */
  public readonly directory = this.sub('files');
  /** Folder in which the command leaves what it was given. */
  public readonly commands = this.sub('commands');
  public readonly logFile = path.join(this.folder, 'agent.log');
  private child: ChildProcess | undefined;
  private disposed = false;

  constructor(
    private readonly cluster: TestCluster,
    private readonly dialect: Dialect,
  ) {}

  /** A program that writes down its arguments and its environment, and keeps what it finds in the folder of the files. */
  public hook(): string {
    const file = path.join(this.folder, 'hook');
    const script = `#!/bin/sh
run=$(mktemp -d ${this.commands}/.run.XXXXXX)
for argument in "$@"; do printf '%s\\n' "$argument"; done > $run/arguments
tr '\\0' '\\n' < /proc/$$/environ > $run/environment
cp ${this.directory}/* $run
mv $run ${this.commands}/$(date +%s%N)
`;
    writeFileSync(file, script);
    chmodSync(file, 0o755);
    return file;
  }

  /** Installs what goes to the host's folder of the configuration. */
  public install(files: readonly RenderedFile[]): void {
    const here = `${this.layout.configuration.slice(1)}/`;
    const mine = files.filter((file) => file.path.startsWith(here));
    writeFiles(
      this.layout.configuration,
      mine.map((file) => ({ ...file, path: file.path.slice(here.length) })),
    );
  }

  /** As the README says: an administrator issues RoleID and SecretID, and root puts them where the agent looks. @returns the wrapping token */
  public async deliverSecretId(props: AgentProps): Promise<string> {
    await this.administrator(issueCommands(props).join('\n'));
    const token = readFileSync(path.join(this.folder, 'wrapped'), 'utf8');
    await this.administrator(`install -m 0644 role-id ${roleIdFile(this.layout)}
install -m 0600 wrapped ${secretIdFile(this.layout)} && rm wrapped`);
    return token.trim();
  }

  /** Runs commands in a shell of an administrator. */
  public async administrator(commands: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    const { envPrefix: prefix, binary } = dialects[this.dialect];
    const server = this.cluster.open();
    const bin = this.sub('bin');
    const { stdout } = await execa('sh', ['-euc', `ln -sf ${this.program} ${bin}/${binary}\n${commands}`], {
      cwd: this.folder,
      extendEnv: false,
      env: {
        PATH: `${bin}:${process.env.PATH ?? ''}`,
        HOME: this.folder,
        [`${prefix}_ADDR`]: await server.activeAddress(),
        [`${prefix}_CACERT`]: server.caFile,
        [`${prefix}_TOKEN`]: server.adminToken(),
        ...more,
      },
    });
    return stdout;
  }

  /** Starts the agent with nothing in its environment but a PATH. */
  public start(): number {
    const log = openSync(this.logFile, 'a', 0o600);
    this.child = spawn(this.program, ['agent', `-config=${configurationFile(this.layout)}`], {
      env: { PATH: process.env.PATH },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    if (this.child.pid === undefined) throw new Error('the agent did not start');
    return this.child.pid;
  }

  public async stop(): Promise<void> {
    const { child } = this;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  /** Waits for something that the agent does. Fails, with its log, when it ends before. */
  public async until<T>(what: string, look: () => T): Promise<Exclude<T, false | undefined>> {
    const log = (): string => readFileSync(this.logFile, 'utf8');
    return await eventually(
      what,
      () => {
        const found = look();
        if (found !== undefined && found !== false) return found;
        if (this.disposed) throw new Error('the test is over');
        if (this.child?.exitCode != null) throw new Error(`the agent ended:\n${log()}`);
        return found;
      },
      { milliseconds: 120_000, interval: 5, detail: log },
    );
  }

  public async dispose(): Promise<void> {
    this.disposed = true;
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get program(): string {
    return this.cluster.setup.programs.server.path;
  }

  private sub(name: string): string {
    const folder = path.join(this.folder, name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }
}
