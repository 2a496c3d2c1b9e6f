import path from 'node:path';

import { execa } from 'execa';

import { configurationFile, roleIdFile, secretIdFile } from '../../../agents/agent-files';
import type { AgentLayout } from '../../../agents/agent-files';
import { issueCommands } from '../../../agents/instructions';
import { systemdFiles } from '../../../agents/systemd';
import { writeFiles } from '../../../cli/write-files';
import { lastLines, readIfThere } from '../../../files/private-files';
import { runningProcess, startDetached, stopProcess, waitUntil } from '../../../local/cluster/processes';
import type { GuardedFolder } from '../../../local/guard/guarded-folder';
import type { ReplicaTenant } from '../../../local/replica/scope';
import { dialects } from '../../../model/dialect';
import { PlatformError } from '../../../model/errors';
import { certificateFiles } from '../../../model/names';
import type { Agent } from '../../../model/tenant/agent';
import type { Keystores } from '../broker/properties';
import { firstCertificate } from '../broker/tls';

/** The server that an agent logs in to. */
export interface AgentServer {
  /** Path of the program, which is server, client and agent. */
  readonly program: string;
  readonly address: string;
  readonly caFile: string;
  readonly adminToken: string;
}

export interface HostAgentOptions {
  readonly folder: GuardedFolder;
  readonly server: AgentServer;
  /** The tenant, which has one agent. */
  readonly tenant: ReplicaTenant;
  /** Command after each renewal, instead of the one in the inventory, which requires systemd. @default - none */
  readonly command?: readonly string[];
}

/** An agent of a tenant, installed and run from its generated files, but in its own folders instead of those of a host. */
export class HostAgent implements Keystores {
  public readonly keystoreFile: string;
  public readonly truststoreFile: string;
  private readonly agent: Agent;
  private readonly layout: AgentLayout;
  private readonly home: string;
  private readonly pidFile: string;

  constructor(private readonly options: HostAgentOptions) {
    const { folder, tenant, command } = options;
    const [described] = tenant.settings.agents;
    const [file] = described?.files ?? [];
    if (described === undefined || file?.type !== 'certificate') throw new Error('this tenant has no certificate');
    const { name } = tenant.tenant;
    this.home = folder.folder(`agent-${name}`);
    this.layout = { configuration: this.inside('etc'), runtime: this.inside('run') };
    this.agent = {
      name: described.name,
      policy: described.policy,
      files: described.files,
      directory: this.inside('tls'),
      ...(command !== undefined && { command }),
    };
    this.keystoreFile = path.join(this.agent.directory, certificateFiles(file.name).bundle);
    this.truststoreFile = path.join(this.agent.directory, certificateFiles(file.name).trust);
    this.pidFile = folder.pidFile(`agent-${name}`);
  }

  /** Serial number of the certificate that it wrote last. */
  public get serialNumber(): string {
    return firstCertificate(this.keystoreFile).serialNumber;
  }

  public get logFile(): string {
    return path.join(this.home, 'agent.log');
  }

  /** Installs and starts it, delivers its SecretID, and waits for the first certificate. */
  public async start(): Promise<void> {
    const { server, tenant } = this.options;
    const caCertificate = readIfThere(server.caFile) ?? '';
    const props = { ...tenant, agent: this.agent, caCertificate, layout: this.layout };
    const here = `${this.layout.configuration.slice(1)}/`;
    writeFiles(
      this.layout.configuration,
      systemdFiles(props)
        .filter((file) => file.path.startsWith(here))
        .map((file) => ({ ...file, path: file.path.slice(here.length) })),
    );
    await startDetached({
      command: server.program,
      args: ['agent', `-config=${configurationFile(this.layout)}`],
      directory: this.home,
      environment: { PATH: process.env.PATH ?? '' },
      logFile: this.logFile,
      pidFile: this.pidFile,
    });
    await this.administrator(`${issueCommands(props).join('\n')}
install -m 0644 role-id ${roleIdFile(this.layout)}
install -m 0600 wrapped ${secretIdFile(this.layout)} && rm wrapped`);
    const isThere = (): boolean => [this.keystoreFile, this.truststoreFile].every((file) => readIfThere(file));
    const hasEnded = (): boolean => runningProcess(this.pidFile) === undefined;
    await waitUntil(() => isThere() || hasEnded(), 60_000, 100);
    if (isThere()) return;
    throw new PlatformError('cluster', [
      { message: `the agent of ${tenant.tenant.name} did not write a certificate`, given: lastLines(this.logFile, 0) },
    ]);
  }

  public async stop(): Promise<void> {
    await stopProcess(this.pidFile, [
      ['SIGTERM', 10_000],
      ['SIGKILL', 5000],
    ]);
  }

  /** Runs commands as an administrator in a shell; only the environment of that shell contains the token. */
  private async administrator(commands: string): Promise<void> {
    const { server, tenant } = this.options;
    const { envPrefix: prefix, binary } = dialects[tenant.settings.environment.cluster.dialect];
    await execa('sh', ['-euc', `ln -sf ${server.program} ${this.inside('bin')}/${binary}\n${commands}`], {
      cwd: this.home,
      extendEnv: false,
      env: {
        PATH: `${this.inside('bin')}:${process.env.PATH ?? ''}`,
        HOME: this.home,
        [`${prefix}_ADDR`]: server.address,
        [`${prefix}_CACERT`]: server.caFile,
        [`${prefix}_TOKEN`]: server.adminToken,
      },
    });
  }

  private inside(name: string): string {
    return this.options.folder.folder(path.join(path.basename(this.home), name));
  }
}
