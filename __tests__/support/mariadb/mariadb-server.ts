import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { certificateFile, keyFile, prepareCertificates } from '../../../files/certificates';
import { freePorts } from '../../../local/cluster/ports';
import { startDetached, stopProcess, waitUntil } from '../../../local/cluster/processes';
import type { Session, TestDatabase } from '../postgresql/database-server';
import { startGuard } from '../postgresql/database-server';

const programs = ['mariadbd', 'mariadb-install-db', 'mariadb'] as const;
const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin'];
const find = (program: string): string | undefined =>
  folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file));

/** Why there is no MariaDB here; undefined if there is one. */
export function missingMariadb(): string | undefined {
  const missing = programs.filter((program) => find(program) === undefined);
  return missing.length === 0 ? undefined : `${missing.join(', ')} not installed (Debian: mariadb-server)`;
}

/** MariaDB, which the server's plugin `mysql` is for as well. */
export async function startMariadb(): Promise<TestDatabase> {
  const [server = '', installer = '', client = ''] = programs.map(find);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vault-platform-mariadb-'));
  const certificates = path.join(folder, 'certificates');
  const request = {
    name: 'mariadb',
    commonName: 'localhost',
    hosts: ['localhost', '127.0.0.1'],
    usage: 'server',
  } as const;
  await prepareCertificates(certificates, [request]);
  const caFile = certificateFile(certificates, 'ca');
  const data = path.join(folder, 'data');
  mkdirSync(data);
  // As root it would change to another user, who has to be let through to the key.
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  const install = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
  await execa(installer, [...install, ...asRoot]);
  const [port = 0] = await freePorts(1, []);
  const pidFile = path.join(folder, 'pid');
  const guard = startGuard(pidFile, folder);
  const socket = path.join(folder, 'socket');
  await startDetached({
    command: server,
    args: [
      ...['--no-defaults', `--datadir=${data}`, `--socket=${socket}`, `--port=${port}`, '--bind-address=127.0.0.1'],
      ...[`--ssl-ca=${caFile}`, `--ssl-cert=${certificateFile(certificates, 'mariadb')}`],
      ...[`--ssl-key=${keyFile(certificates, 'mariadb')}`, '--require-secure-transport=ON', ...asRoot],
    ],
    directory: folder,
    environment: { PATH: process.env.PATH ?? '' },
    logFile: path.join(folder, 'log'),
    pidFile,
  });
  const open = async (login: readonly string[]): Promise<Session> => {
    const session = new MariadbSession(client, login);
    await session.query('SELECT 1');
    return session;
  };
  const superuser = ['--no-defaults', '--user=root', `--socket=${socket}`];
  await waitUntil(() => existsSync(socket), 30_000);
  const root = await open(superuser);
  return {
    port,
    ca: readFileSync(caFile, 'utf8'),
    query: (sql) => root.query(sql),
    login: async (username, password) => {
      const file = path.join(folder, `${randomUUID()}.cnf`);
      writeFileSync(file, `[client]\nuser=${username}\npassword=${password}\n`, { mode: 0o600 });
      const network = ['--protocol=tcp', '--host=127.0.0.1', `--port=${port}`, `--ssl-ca=${caFile}`];
      return await open([`--defaults-file=${file}`, ...network, '--ssl-verify-server-cert']);
    },
    dispose: async () => {
      await root.close();
      await stopProcess(pidFile, [
        ['SIGTERM', 20_000],
        ['SIGKILL', 5000],
      ]);
      await guard();
    },
  };
}

/** The program `mariadb`, kept open. It ends at the first error and when the other side closes the connection. */
class MariadbSession implements Session {
  private readonly child: ChildProcessWithoutNullStreams;
  private output = '';
  private errors = '';
  private ended = false;

  constructor(program: string, login: readonly string[]) {
    const how = ['--batch', '--skip-column-names', '--unbuffered', '--skip-reconnect'];
    this.child = spawn(program, [...login, ...how], { env: {} });
    this.child.stdout.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.child.stderr.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    this.child.stdin.on('error', () => undefined);
    this.child.once('close', () => (this.ended = true));
  }

  public async query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const end = `end-${randomUUID()}`;
    this.output = '';
    this.child.stdin.write(`${sql};\nSELECT '${end}';\n`);
    await waitUntil(() => this.ended || this.output.includes(end), 30_000);
    if (!this.output.includes(end)) throw new Error(this.errors.trim() || 'the session ended');
    const lines = this.output.split('\n').filter((line) => line !== '' && line !== end);
    return lines.map((line) => Object.fromEntries(line.split('\t').map((value, index) => [index, value])));
  }

  public async close(): Promise<void> {
    this.child.stdin.end();
    await waitUntil(() => this.ended, 10_000);
  }
}
