import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { connect, createServer, type Server } from 'node:tls';

import { secretIdFile } from '../../../agents/agent-files';
import type { AgentProps, RenderedFile } from '../../../agents/agent-files';
import { composeFiles } from '../../../agents/compose';
import { systemdFiles } from '../../../agents/systemd';
import type { ServerClient } from '../../../client/server-client';
import { dialects } from '../../../model/dialect';
import type { Dialect } from '../../../model/dialect';
import { roleOfPolicy } from '../../../model/names';
import type { AgentFile } from '../../../model/tenant/agent-files';
import { AgentRun } from '../agent/agent-run';
import { kafka, policy, prepareServer, role, settings, settingsPath } from '../agent/agent-server';
import { appRole, cluster, customPolicy, environment } from '../inventory/model';
import { useTestCluster } from '../vault/embedded-cluster';

const tenant = { name: 'checkout', inventoryName: 'checkout', team: 'payments' };
const domain = role.domains[0]!;

/** Life of a certificate in most of these tests: as short as lets the agent renew it ahead of its end. */
const shortTtl = 20;

const certificate = (over: Partial<Extract<AgentFile, { type: 'certificate' }>> = {}): AgentFile => ({
  type: 'certificate',
  name: 'broker',
  role,
  commonName: domain,
  altNames: ['localhost'],
  ipAddresses: ['127.0.0.1'],
  ttlSeconds: shortTtl,
  format: 'java',
  ...over,
});
const document: AgentFile = { type: 'document', path: 'settings', name: 'settings.json' };

/** What the rendered files do with a real agent and a real server. */
export function describeAgent(dialect: Dialect): void {
  const testCluster = useTestCluster(dialect, 1);
  let admin: ServerClient;
  let runs: AgentRun[] = [];

  beforeAll(async () => {
    const server = testCluster().open();
    admin = server.client(server.adminToken());
    await prepareServer(admin);
  }, 120_000);

  afterEach(async () => {
    await Promise.all(runs.map((run) => run.dispose()));
    runs = [];
  });

  afterAll(() => admin.close());

  const run = (): AgentRun => {
    const created = new AgentRun(testCluster(), dialect);
    runs.push(created);
    return created;
  };

  async function propsFor(
    host: AgentRun,
    files: readonly AgentFile[],
    command?: readonly string[],
  ): Promise<AgentProps> {
    const server = testCluster().open();
    const address = await server.activeAddress();
    return {
      tenant,
      settings: { environment: environment('devel', { cluster: cluster({ dialect, address }) }), appRole: appRole() },
      agent: { name: 'broker', policy, files, directory: host.directory, ...(command !== undefined && { command }) },
      caCertificate: readFileSync(server.caFile, 'utf8'),
    };
  }

  /** Installs, starts and hands over; in this order, as the README does. */
  async function started(
    host: AgentRun,
    files: readonly AgentFile[],
    command?: readonly string[],
  ): Promise<{ readonly props: AgentProps; readonly pid: number; readonly wrappingToken: string }> {
    const props = await propsFor(host, files, command);
    host.install(systemdFiles({ ...props, layout: host.layout }));
    const pid = host.start();
    const wrappingToken = await host.deliverSecretId(props);
    return { props, pid, wrappingToken };
  }

  const read = (host: AgentRun, name: string): string | undefined => {
    const file = path.join(host.directory, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };

  it('logs in with a SecretID that it unwraps once, and writes key, certificate, CA and document for their owner alone', async () => {
    const host = run();
    const { wrappingToken } = await started(host, [document, certificate()]);
    const names = ['broker.ca.pem', 'broker.pem', 'settings.json'];
    await host.until('the three files', () => names.every((name) => read(host, name) !== undefined));
    expect(readdirSync(host.directory).sort()).toEqual(names);
    for (const name of names) expect(statSync(path.join(host.directory, name)).mode & 0o777).toBe(0o600);

    const { leaf, issuer } = certificatesOf(read(host, 'broker.pem')!);
    expect(leaf.checkPrivateKey(createPrivateKey(read(host, 'broker.pem')!))).toBe(true);
    expect(read(host, 'broker.pem')).toContain('-----BEGIN PRIVATE KEY-----');
    expect(leaf.verify(issuer.publicKey)).toBe(true);
    expect(leaf.subjectAltName).toBe(`DNS:${domain}, DNS:localhost, IP Address:127.0.0.1`);
    expect(JSON.parse(read(host, 'settings.json')!)).toEqual(settings);

    expect(existsSync(secretIdFile(host.layout))).toBe(false);
    const { binary, envPrefix } = dialects[dialect];
    const again = host.administrator(`${binary} unwrap`, { [`${envPrefix}_TOKEN`]: wrappingToken });
    await expect(again).rejects.toThrow(/wrapping token is not valid or does not exist/);
  });

  it('trusts only the authority for Java, and also its issuers for OpenSSL', async () => {
    const host = run();
    await started(host, [certificate(), certificate({ name: 'web', format: 'pem' })]);
    await host.until(
      'both authorities',
      () => read(host, 'broker.ca.pem') !== undefined && read(host, 'web.ca.pem') !== undefined,
    );
    const subjects = (name: string): string[] => all(read(host, name)!).map(({ subject }) => subject);
    expect(subjects('broker.ca.pem')).toEqual(['CN=Example kafka 2026']);
    expect(subjects('web.ca.pem')).toEqual(['CN=Example kafka 2026', 'CN=Example root']);
  });

  it('writes one file that serves as key and certificate, and one that a client can trust', async () => {
    const host = run();
    await started(host, [certificate({ format: 'pem', ttlSeconds: 3600 })]);
    const pem = await host.until('the certificate', () =>
      read(host, 'broker.ca.pem') !== undefined ? read(host, 'broker.pem') : undefined,
    );
    const server = createServer({ key: pem, cert: pem });
    await expect(handshake(server, read(host, 'broker.ca.pem')!)).resolves.toBe(true);
  });

  it('renews before expiry: files are replaced atomically, with key and certificate of one issue', async () => {
    const host = run();
    const command = [host.hook(), 'two words', '$HOME', '*', ''];
    const { pid } = await started(host, [certificate()], command);
    const seen = new Map<string, { readonly inode: number; readonly end: number; readonly first: number }>();
    await host.until('three certificates, one after the other', () => {
      const pem = read(host, 'broker.pem');
      if (pem === undefined) return undefined;
      // One process opens it once: whatever it reads has to be whole.
      const { leaf, issuer } = certificatesOf(pem);
      expect(leaf.checkPrivateKey(createPrivateKey(pem))).toBe(true);
      expect(leaf.verify(issuer.publicKey)).toBe(true);
      const file = statSync(path.join(host.directory, 'broker.pem'));
      expect(file.mode & 0o777).toBe(0o600);
      expectNoSecret(processesOf(pid));
      if (!seen.has(leaf.serialNumber)) {
        seen.set(leaf.serialNumber, { inode: file.ino, end: Date.parse(leaf.validTo), first: Date.now() });
      }
      return seen.size === 3;
    });
    const [first, second, third] = [...seen.values()];
    expect(second!.first).toBeLessThan(first!.end);
    expect(third!.first).toBeLessThan(second!.end);
    expect(new Set([first!.inode, second!.inode]).size).toBe(2);

    const issued = [...seen.keys()];
    const runsOfCommand = await host.until('the command to run for the third', () => {
      const found = readdirSync(host.commands)
        .filter((name) => !name.startsWith('.'))
        .sort();
      const last = found.at(-1);
      if (last === undefined) return undefined;
      const { leaf } = certificatesOf(readFileSync(path.join(host.commands, last, 'broker.pem'), 'utf8'));
      return issued.indexOf(leaf.serialNumber) === 2 || !issued.includes(leaf.serialNumber) ? found : undefined;
    });
    for (const name of runsOfCommand) {
      const file = (base: string): string => readFileSync(path.join(host.commands, name, base), 'utf8');
      expect(file('arguments')).toBe(`${command.slice(1).join('\n')}\n`);
      expectNoSecret([file('environment')]);
    }
  });

  it('waits for the next SecretID after a restart, and keeps the certificate while it is valid', async () => {
    const host = run();
    const { props } = await started(host, [certificate({ ttlSeconds: 3600 }), document]);
    const pem = await host.until('both files', () =>
      read(host, 'settings.json') === undefined ? undefined : read(host, 'broker.pem'),
    );
    await host.stop();
    const issued = await admin.list(`${kafka.mountPath}/certs`);

    await admin.write(settingsPath, { data: { changed: true } });
    host.start();
    await host.until('the agent to miss its SecretID', () =>
      readFileSync(host.logFile, 'utf8').includes('no known secret ID'),
    );
    expect(read(host, 'broker.pem')).toBe(pem);
    await host.deliverSecretId(props);
    await host.until('the new document', () => read(host, 'settings.json')?.includes('changed'));
    expect(read(host, 'broker.pem')).toBe(pem);
    expect(await admin.list(`${kafka.mountPath}/certs`)).toEqual(issued);
    await admin.write(settingsPath, { data: settings });
  });

  it('refuses a SecretID of another role', async () => {
    const host = run();
    const props = await propsFor(host, [document]);
    host.install(systemdFiles({ ...props, layout: host.layout }));
    const other = customPolicy({ name: 'checkout.other.devel' });
    await admin.write(`auth/approle/role/${roleOfPolicy(other.name)}`, { token_policies: ['default'] });
    await host.deliverSecretId({ ...props, agent: { ...props.agent, policy: other } });
    host.start();
    await host.until('the agent to refuse', () =>
      readFileSync(host.logFile, 'utf8').includes('unable to validate wrapping token'),
    );
    expect(readdirSync(host.directory)).toEqual([]);
  });

  it('starts with what Compose gives its container', async () => {
    const host = run();
    const props = await propsFor(host, [document, certificate({ ttlSeconds: 3600 })]);
    const files: RenderedFile[] = composeFiles({ ...props, layout: host.layout }).map((file) => ({
      ...file,
      path: file.path.replace(/^agent\//, `${host.layout.configuration.slice(1)}/`),
    }));
    host.install(files);
    host.start();
    await host.deliverSecretId(props);
    await host.until(
      'both files',
      () => read(host, 'settings.json') !== undefined && read(host, 'broker.pem') !== undefined,
    );
  });
}

const all = (pem: string): X509Certificate[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (text) => new X509Certificate(text),
  );

function certificatesOf(pem: string): { leaf: X509Certificate; issuer: X509Certificate } {
  const [leaf, issuer, ...others] = all(pem);
  expect(others).toEqual([]);
  return { leaf: leaf!, issuer: issuer! };
}

/** Arguments and environments of a process and its children. */
function processesOf(pid: number): string[] {
  const children = tryRead(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [
    tryRead(`/proc/${pid}/cmdline`),
    tryRead(`/proc/${pid}/environ`),
    ...children.flatMap((child) => processesOf(child)),
  ];
}

/** What a process that just ended leaves is nothing. */
function tryRead(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function expectNoSecret(texts: readonly string[]): void {
  for (const text of texts) expect(text).not.toMatch(/PRIVATE|TOKEN|SECRET|\b(?:hv)?[sb]\.[A-Za-z0-9]{20}/);
}

/** Whether a client that trusts an authority accepts a server. */
async function handshake(server: Server, ca: string): Promise<boolean> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca });
  try {
    await once(socket, 'secureConnect');
    return socket.authorized;
  } finally {
    socket.destroy();
    server.close();
  }
}
