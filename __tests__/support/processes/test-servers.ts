import { existsSync } from 'node:fs';
import path from 'node:path';

import { certificateFile, keyFile, prepareCertificates } from '../../../files/certificates';
import { lastLines, readIfThere } from '../../../files/private-files';
import { freePorts } from '../../../local/cluster/ports';
import { isRunning, sendSignal, startDetached, type ProcessIdentity } from '../../../local/cluster/processes';
import { GuardedFolder } from '../../../local/guard/guarded-folder';
import { eventually } from '../eventually';

/** A program that serves. */
export interface ServerProgram {
  /** Names it in errors; unique in its folder. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** All of its variables: it gets none of ours. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Files of a certificate for a server, and the PEM of its authority. */
export interface ServerCertificate {
  readonly ca: string;
  readonly caFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
}

/**
 * The servers of a test and the folder for their files. All of it is gone after {@link dispose}, and also if this process ends
 * without it, after an error, Ctrl-C or `kill -9`.
 */
export class TestServers {
  /**
   * Starts servers; whatever was started is ended if that fails.
   *
   * @param purpose a part of the folder's name, for people
   */
  public static async use<T>(purpose: string, start: (servers: TestServers) => Promise<T>): Promise<T> {
    const servers = new TestServers(GuardedFolder.create(purpose));
    try {
      return await start(servers);
    } catch (error) {
      await servers.dispose();
      throw error;
    }
  }

  private constructor(private readonly guarded: GuardedFolder) {}

  /** Absolute, mode 0700. */
  public get directory(): string {
    return this.guarded.directory;
  }

  /** A folder inside, made unless it is there; mode 0700. */
  public folder(name: string): string {
    return this.guarded.folder(name);
  }

  /** Ports of the loopback that are free now, all different. */
  public async ports(count: number): Promise<number[]> {
    return await freePorts(count, []);
  }

  /** A certificate of an authority of its own. @param hosts names and addresses, the first of which is its common name */
  public async certificate(...hosts: readonly [string, ...string[]]): Promise<ServerCertificate> {
    const folder = this.folder('certificates');
    await prepareCertificates(folder, [{ name: 'server', commonName: hosts[0], hosts, usage: 'server' }]);
    const caFile = certificateFile(folder, 'ca');
    return {
      ca: readIfThere(caFile) ?? '',
      caFile,
      certificateFile: certificateFile(folder, 'server'),
      keyFile: keyFile(folder, 'server'),
    };
  }

  /** Starts a program; it may not serve yet. */
  public async start(program: ServerProgram): Promise<TestServer> {
    const { name, command, args, environment = {} } = program;
    const logFile = path.join(this.directory, `${name}.log`);
    const pidFile = this.guarded.pidFile(name);
    const identity = await startDetached({ command, args, directory: this.directory, environment, logFile, pidFile });
    return new TestServer(name, identity, logFile);
  }

  /** Ends all servers and removes the folder. */
  public async dispose(): Promise<void> {
    await this.guarded.dispose();
  }
}

/** A server that was started. */
export class TestServer {
  constructor(
    private readonly name: string,
    private readonly identity: ProcessIdentity,
    private readonly logFile: string,
  ) {}

  /** The end of what it wrote. */
  public log(): string {
    return lastLines(this.logFile, 0);
  }

  /** Waits until something holds. @throws Error with the log if it ends before, or after a minute */
  public async until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    const look = async (): Promise<boolean> => {
      if (await holds()) return true;
      if (!isRunning(this.identity)) throw new Error(`${this.name} ended:\n${this.log()}`);
      return false;
    };
    await eventually(`${this.name}: ${what}`, look, { detail: () => this.log() });
  }

  /** Asks it to end and waits until it has. */
  public async stop(): Promise<void> {
    sendSignal(this.identity, 'SIGTERM');
    // The first of its threads may have ended and others not, which keep its ports: its entry goes last.
    const hasEnded = (): boolean => !isRunning(this.identity) && !existsSync(`/proc/${this.identity.pid}`);
    await eventually(`${this.name} to end`, hasEnded, { detail: () => this.log() });
  }
}
