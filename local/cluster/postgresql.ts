import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

import { certificateFile, keyFile } from '../../files/certificates';
import {
  lastLines,
  lastLinesOf,
  readIfThere,
  sizeOf,
  updatePrivateFile,
  writePrivateFile,
  writtenSince,
} from '../../files/private-files';
import { PlatformError } from '../../model/errors';
import type { PostgresqlProgram } from '../toolbox/program';
import { acceptsConnections, type DatabaseAddress } from './database';
import { isFree } from './ports';
import { databaseRoles, postgresqlAccess, postgresqlConfiguration } from './postgresql-settings';
import {
  identify,
  isRunning,
  readIdentity,
  runningProcess,
  startDetached,
  stopProcess,
  waitUntil,
  type ProcessIdentity,
} from './processes';

export interface PostgresqlOptions {
  /** Its own folder, which must exist. */
  readonly directory: string;
  readonly logFile: string;
  readonly address: DatabaseAddress;
  readonly maxConnections: number;
}

/** The one PostgreSQL of a local cluster, on 127.0.0.1 over TLS. */
export class Postgresql {
  private readonly data: string;
  private readonly pidFile: string;
  /** Offset in the log at which the latest attempt begins. */
  private logStart = 0;

  constructor(private readonly options: PostgresqlOptions) {
    this.data = path.join(options.directory, 'data');
    this.pidFile = path.join(options.directory, 'pid');
  }

  /** Whether there is data; the first start creates it. An empty folder may be a mount point. */
  public get hasData(): boolean {
    return existsSync(this.data) && readdirSync(this.data).length > 0;
  }

  public get running(): ProcessIdentity | undefined {
    return runningProcess(this.pidFile);
  }

  /** Writes its configuration. @returns whether it changed, so that a running server must restart */
  public configure(program: PostgresqlProgram): boolean {
    const { directory, address } = this.options;
    if (program.runAs !== undefined) checkEnterable(directory, program.runAs);
    chmodSync(directory, program.runAs === undefined ? 0o700 : 0o711);
    const at = (name: string): string => path.join(directory, name);
    const configuration = postgresqlConfiguration({
      port: address.port,
      maxConnections: this.options.maxConnections,
      hbaFile: at('pg_hba.conf'),
      identFile: at('pg_ident.conf'),
      certificateFile: at('server.crt'),
      keyFile: at('server.key'),
      caFile: at('ca.crt'),
    });
    const changes = [
      updatePrivateFile(at('postgresql.conf'), configuration),
      updatePrivateFile(at('pg_hba.conf'), postgresqlAccess),
      updatePrivateFile(at('pg_ident.conf'), ''),
    ];
    // Its own copies, because PostgreSQL requires that its user owns the key.
    copyFileSync(certificateFile(address.certificates, 'ca'), at('ca.crt'));
    copyFileSync(certificateFile(address.certificates, 'postgresql'), at('server.crt'));
    writePrivateFile(at('server.key'), readIfThere(keyFile(address.certificates, 'postgresql')) ?? '');
    for (const name of ['postgresql.conf', 'pg_hba.conf', 'pg_ident.conf', 'ca.crt', 'server.crt', 'server.key']) {
      if (program.runAs !== undefined) chownSync(at(name), program.runAs.uid, program.runAs.gid);
    }
    return changes.includes(true);
  }

  /**
   * Creates the data if there is none, starts PostgreSQL unless it runs, and waits until it accepts connections.
   * @returns whether anything was done
   * @throws PlatformError `cluster`: data of another version, port in use, or it does not start (with the end of its log)
   */
  public async start(program: PostgresqlProgram): Promise<boolean> {
    this.checkVersion(program);
    if (!this.hasData) await this.initialise(program);
    const isNew = this.running === undefined;
    const deadline = performance.now() + 20_000;
    do {
      if (this.running === undefined) await this.launch(program);
      if (await this.becomesReady()) return isNew;
    } while (this.isHeldByForerunner() && performance.now() < deadline);
    throw new PlatformError('cluster', [
      {
        message: 'PostgreSQL does not start',
        given: lastLines(this.options.logFile, this.logStart),
        fix: `see ${this.options.logFile}`,
      },
    ]);
  }

  /** Stops it: smart shutdown, then fast, then immediate. @returns whether it ran */
  public async stop(): Promise<boolean> {
    return await stopProcess(this.pidFile, [
      ['SIGINT', 20_000],
      ['SIGQUIT', 5000],
      ['SIGKILL', 5000],
    ]);
  }

  /** Waits until it accepts connections, or has exited. */
  private async becomesReady(): Promise<boolean> {
    const isSettled = async (): Promise<boolean> =>
      this.running === undefined || (await acceptsConnections(this.options.address));
    return (await waitUntil(isSettled, 60_000)) && this.running !== undefined;
  }

  /**
   * After `kill -9`, processes of the previous PostgreSQL run for a moment; until they exit, a new one does not start. Each of
   * them logs a line when it exits, so the reason is not always among the last ones.
   */
  private isHeldByForerunner(): boolean {
    return (
      this.running === undefined &&
      /lock file .* already exists|pre-existing shared memory block/.test(
        writtenSince(this.options.logFile, this.logStart),
      )
    );
  }

  private checkVersion(program: PostgresqlProgram): void {
    const version = readIfThere(path.join(this.data, 'PG_VERSION'))?.trim();
    const major = program.version.split('.')[0];
    if (version === undefined || version === major) return;
    throw new PlatformError('cluster', [
      {
        message: 'the data was created by another version of PostgreSQL',
        file: this.data,
        given: `PostgreSQL ${program.version}`,
        allowed: `PostgreSQL ${version}`,
        fix: `use PostgreSQL ${version}, or remove the data: npm stop -- --purge`,
      },
    ]);
  }

  /** Creates it in a temporary folder and renames that, so that an interrupted run leaves no incomplete data. */
  private async initialise(program: PostgresqlProgram): Promise<void> {
    const fresh = `${this.data}.new`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { mode: 0o700 });
    if (program.runAs !== undefined) chownSync(fresh, program.runAs.uid, program.runAs.gid);
    const args = ['-D', fresh, '-U', databaseRoles.operator, '-E', 'UTF8', '--locale=C', '--auth=reject'];
    const result = await execa(path.join(program.binDirectory, 'initdb'), [...args, '--no-instructions'], {
      all: true,
      cwd: this.options.directory,
      env: { LC_ALL: 'C' },
      extendEnv: false,
      reject: false,
      ...(program.runAs === undefined ? {} : { uid: program.runAs.uid, gid: program.runAs.gid }),
    });
    if (result.failed) {
      throw new PlatformError('cluster', [
        {
          message: 'PostgreSQL cannot create its data folder',
          file: fresh,
          given: lastLinesOf(result.all === '' ? (result.originalMessage ?? 'initdb failed') : result.all),
          fix: 'read the output above, and check the free disk space',
        },
      ]);
    }
    renameSync(fresh, this.data);
  }

  private async launch(program: PostgresqlProgram): Promise<void> {
    const { directory, address, logFile } = this.options;
    if (!(await isFree(address.port)) && !(await waitUntil(() => isFree(address.port), 2000))) {
      throw portInUse('PostgreSQL', address.port);
    }
    this.dropMisleadingLock();
    this.logStart = sizeOf(logFile);
    await startDetached({
      command: path.join(program.binDirectory, 'postgres'),
      args: ['-D', this.data, '-c', `config_file=${path.join(directory, 'postgresql.conf')}`],
      directory,
      environment: { LC_ALL: 'C' },
      user: program.runAs,
      logFile,
      pidFile: this.pidFile,
    });
  }

  /**
   * PostgreSQL names its process in its data folder and trusts the bare number. When that has been given to another
   * process, after a reboot, it would refuse to start for ever.
   */
  private dropMisleadingLock(): void {
    const file = path.join(this.data, 'postmaster.pid');
    const pid = Number((readIfThere(file) ?? '').split('\n')[0]);
    const last = readIdentity(this.pidFile);
    if (last?.pid === pid && identify(pid) !== undefined && !isRunning(last)) rmSync(file);
  }
}

export function portInUse(what: string, port: number): PlatformError {
  return new PlatformError('cluster', [
    {
      message: `the port of ${what} is in use`,
      given: `127.0.0.1:${port}`,
      fix: 'stop the program that listens there, or use other ports: npm start -- --port <first of seven>',
    },
  ]);
}

/** PostgreSQL refuses to run as root; its user must be able to pass through every folder above its data. */
function checkEnterable(directory: string, user: { uid: number; gid: number; name: string }): void {
  const { root } = path.parse(directory);
  const closed: string[] = [];
  for (let folder = path.dirname(directory); folder !== root; folder = path.dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) closed.push(folder);
  }
  if (closed.length === 0) return;
  throw new PlatformError('cluster', [
    {
      message: `PostgreSQL runs as ${user.name}, because it refuses root, and cannot reach its data`,
      given: `${closed.reverse().join(', ')}: not open to ${user.name}`,
      fix: 'keep the state in another folder, for example VAULT_PLATFORM_HOME=/var/lib/vault-platform',
    },
  ]);
}
