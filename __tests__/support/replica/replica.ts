import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { issueCredentials, type AppRoleCredentials } from '../../../client/app-role-credentials';
import type { ServerClient } from '../../../client/server-client';
import { EmbeddedCluster } from '../../../local/cluster/embedded-cluster';
import { replicaDirectory } from '../../../local/replica/replica';
import type { Dialect } from '../../../model/dialect';
import { appRoleMount } from '../../../model/names';
import { endCommands, noteCommand } from '../processes/command-notes';
import { startGuard } from '../vault/embedded-cluster';

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A replica that a test starts by the same command as a person, in a folder of its own. */
export class TestReplica {
  public readonly home: string;
  public readonly directory: string;
  public readonly cluster: EmbeddedCluster;
  private readonly guard: () => Promise<void>;

  constructor(
    public readonly dialect: Dialect = 'openbao',
    cluster = 'nonprod',
    /** Variables besides those of the test. */
    private readonly variables: Readonly<Record<string, string>> = {},
  ) {
    this.home = mkdtempSync(path.join(tmpdir(), 'vault-platform-replica-'));
    chmodSync(this.home, 0o711);
    this.directory = replicaDirectory(this.home, cluster, dialect);
    this.cluster = new EmbeddedCluster({ directory: this.directory, dialect });
    this.guard = startGuard(this.directory);
  }

  /** Runs the command line, as `npm run platform -- …` does. */
  public async platform(...parameters: string[]): Promise<CommandResult> {
    return await this.run(process.execPath, ['bin/run.mjs', 'cli/platform.ts', ...parameters]);
  }

  /** `npm start`; fails with what it printed. */
  public async start(...parameters: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.platform('start', ...parameters, '--dialect', this.dialect);
    if (exitCode !== 0) throw new Error(`npm start failed\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** A shell, as a person copies commands into it. */
  public async shell(script: string): Promise<CommandResult> {
    return await this.run('bash', ['-c', script]);
  }

  public get admin(): ServerClient {
    return this.cluster.client(this.cluster.adminToken());
  }

  /** A new SecretID of a role, and the RoleID that goes with it. */
  public async credentials(role: string, mount = appRoleMount): Promise<AppRoleCredentials> {
    return await issueCredentials(this.admin, `auth/${mount}/role/${role}`);
  }

  /** A client that is logged in as a role. */
  public async login(role: string, mount = appRoleMount): Promise<ServerClient> {
    const { auth } = await this.cluster.client().write(`auth/${mount}/login`, await this.credentials(role, mount));
    return this.cluster.client(auth?.client_token as string);
  }

  /** The state of a stack as Terraform wrote it. */
  public stateText(stack: string): string {
    return readFileSync(path.join(this.directory, 'terraform', stack, 'terraform.tfstate'), 'utf8');
  }

  /** Takes everything down and removes it, also a command that a test left because it was interrupted. */
  public async dispose(): Promise<void> {
    await endCommands(this.home);
    if (existsSync(this.directory)) await this.cluster.purge();
    rmSync(this.home, { recursive: true, force: true });
    await this.guard();
  }

  /** In a process group of its own, so that the guard can end all of it. */
  private async run(program: string, parameters: readonly string[]): Promise<CommandResult> {
    const env = { VAULT_PLATFORM_HOME: this.home, NO_COLOR: '1', ...this.variables };
    const command = execa(program, parameters, { env, reject: false, stdin: 'ignore', detached: true });
    const done = noteCommand(this.home, command.pid);
    try {
      const { exitCode, stdout, stderr } = await command;
      return { exitCode: exitCode ?? -1, stdout, stderr };
    } finally {
      done();
    }
  }
}
