import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

import { writePrivateFile } from '../../../files/private-files';
import { waitUntil } from '../../../local/cluster/processes';
import type { Session, TestDatabase } from '../postgresql/database-server';
import { TestServers } from '../processes/test-servers';

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
  return await TestServers.use('mariadb', async (servers) => {
    const certificate = await servers.certificate('localhost', '127.0.0.1');
    const data = servers.folder('data');
    // As root it would change to another user, who has to be let through to the key.
    const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
    const install = [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ];
    await execa(installer, [...install, ...asRoot]);
    const [port = 0] = await servers.ports(1);
    const socket = path.join(servers.directory, 'socket');
    const mariadb = await servers.start({
      name: 'mariadb',
      command: server,
      args: [
        ...['--no-defaults', `--datadir=${data}`, `--socket=${socket}`, `--port=${port}`, '--bind-address=127.0.0.1'],
        ...[`--ssl-ca=${certificate.caFile}`, `--ssl-cert=${certificate.certificateFile}`],
        ...[`--ssl-key=${certificate.keyFile}`, '--require-secure-transport=ON', ...asRoot],
      ],
      environment: { PATH: process.env.PATH ?? '' },
    });
    const open = async (login: readonly string[]): Promise<Session> => {
      const session = new MariadbSession(client, login);
      await session.query('SELECT 1');
      return session;
    };
    await mariadb.until('its socket', () => existsSync(socket));
    const root = await open(['--no-defaults', '--user=root', `--socket=${socket}`]);
    return {
      port,
      ca: certificate.ca,
      query: (sql) => root.query(sql),
      login: async (username, password) => {
        const file = path.join(servers.directory, `${randomUUID()}.cnf`);
        writePrivateFile(file, `[client]\nuser=${username}\npassword=${password}\n`);
        const network = ['--protocol=tcp', '--host=127.0.0.1', `--port=${port}`, `--ssl-ca=${certificate.caFile}`];
        return await open([`--defaults-file=${file}`, ...network, '--ssl-verify-server-cert']);
      },
      dispose: async () => {
        await root.close();
        await servers.dispose();
      },
    };
  });
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
