import { existsSync, rmSync } from 'node:fs';

import type { ServerClient } from '../../client/server-client';
import {
  connectionUrlVariable,
  fileAudit,
  postgresqlStorage,
  serverConfiguration,
} from '../../constructs/server/configuration';
import type { ConnectionBudget } from '../../constructs/server/connection-budget';
import { certificateFile, keyFile } from '../../files/certificates';
import { lastLines, makePrivateFolder, sizeOf, updatePrivateFile, writePrivateFile } from '../../files/private-files';
import type { Dialect } from '../../model/dialect';
import { PlatformError } from '../../model/errors';
import type { Program } from '../toolbox/program';
import type { NodeLayout, NodeSettings } from './layout';
import { isFree } from './ports';
import { portInUse } from './postgresql';
import { processState, runningProcess, startDetached, stopProcess, waitUntil, type ProcessIdentity } from './processes';

export interface ServerNodeOptions {
  readonly dialect: Dialect;
  readonly settings: NodeSettings;
  readonly layout: NodeLayout;
  /** Folder of the certificates. */
  readonly certificates: string;
  readonly clusterName: string;
  readonly budget: ConnectionBudget;
  /** URL of the database, which is only in the server's environment. */
  readonly connectionUrl: string;
  /** Client of this node. */
  readonly client: ServerClient;
}

/** File of the audit device, relative to the folder a server runs in: Vault wants the same path on every node. */
export const auditFileName = 'audit.log';

/** One server of a local cluster. */
export class ServerNode {
  public readonly name: string;
  public readonly address: string;
  public readonly client: ServerClient;

  constructor(private readonly options: ServerNodeOptions) {
    this.name = options.settings.name;
    this.address = nodeAddress(options.settings);
    this.client = options.client;
  }

  public get running(): ProcessIdentity | undefined {
    return runningProcess(this.options.layout.pidFile);
  }

  /** Whether a command stopped it, and none has started it since. */
  public get isStopped(): boolean {
    return existsSync(this.options.layout.stoppedFile) && this.running === undefined;
  }

  /** Writes its configuration. @returns whether it changed, so that a running server must restart */
  public configure(): boolean {
    const { dialect, settings, layout, certificates, budget, clusterName } = this.options;
    makePrivateFolder(layout.directory);
    const configuration = serverConfiguration({
      dialect,
      clusterName,
      apiAddress: this.address,
      clusterAddress: `https://127.0.0.1:${settings.clusterPort}`,
      listener: {
        address: `127.0.0.1:${settings.apiPort}`,
        clusterAddress: `127.0.0.1:${settings.clusterPort}`,
        certificateFile: certificateFile(certificates, settings.name),
        keyFile: keyFile(certificates, settings.name),
        generateRoot: true,
      },
      stanzas: [postgresqlStorage(dialect, budget), fileAudit(dialect, auditFileName)],
    });
    return updatePrivateFile(layout.configFile, `${JSON.stringify(configuration, null, 2)}\n`);
  }

  /**
   * Starts the server unless it runs, and waits until it answers, whether sealed or not.
   * @returns whether it was started
   * @throws PlatformError `cluster`: port in use, it does not start (with the end of its log), or it hangs (with its process)
   */
  public async start(program: Program): Promise<boolean> {
    const before = this.running;
    const logStart = sizeOf(this.options.layout.logFile);
    if (before === undefined) await this.launch(program);
    const answers = await waitUntil(
      async () => this.running === undefined || (await this.client.health()).state !== 'down',
      before === undefined ? 60_000 : 20_000,
    );
    if (!answers || this.running === undefined) throw this.notStarted(answers, logStart);
    return before === undefined;
  }

  /** Records that a command stops it, so that nobody looks for the reason. */
  public markStopped(): void {
    writePrivateFile(this.options.layout.stoppedFile, '');
  }

  /** Stops the server; an active one steps down first. @returns whether it ran */
  public async stop(): Promise<boolean> {
    return await stopProcess(this.options.layout.pidFile, [
      ['SIGTERM', 15_000],
      ['SIGKILL', 5000],
    ]);
  }

  private notStarted(exited: boolean, logStart: number): PlatformError {
    const { logFile } = this.options.layout;
    const log = lastLines(logFile, logStart);
    const pid = this.running?.pid;
    if (exited || pid === undefined) {
      const message = `the server ${this.name} exited during its start`;
      return new PlatformError('cluster', [{ message, given: log, fix: `see ${logFile}` }]);
    }
    const state = processState(pid) ?? 'unknown';
    const isStopped = state === 'T';
    const replace = `replace it: kill -KILL ${pid}, and start again: npm start`;
    return new PlatformError('cluster', [
      {
        message: `the server ${this.name} does not answer`,
        given: [`process ${pid}, state ${state}${isStopped ? ', stopped by a signal' : ''}`, log].join('\n').trim(),
        fix: isStopped ? `let it continue: kill -CONT ${pid}; or ${replace}` : `see ${logFile}; to ${replace}`,
      },
    ]);
  }

  private async launch(program: Program): Promise<void> {
    const { dialect, settings, layout, connectionUrl } = this.options;
    for (const port of [settings.apiPort, settings.clusterPort]) {
      if (!(await waitUntil(() => isFree(port), 2000))) throw portInUse(this.name, port);
    }
    rmSync(layout.stoppedFile, { force: true });
    await startDetached({
      command: program.path,
      args: ['server', `-config=${layout.configFile}`],
      directory: layout.directory,
      environment: { [connectionUrlVariable(dialect)]: connectionUrl },
      logFile: layout.logFile,
      pidFile: layout.pidFile,
    });
  }
}

export const nodeAddress = (settings: NodeSettings): string => `https://127.0.0.1:${settings.apiPort}`;
