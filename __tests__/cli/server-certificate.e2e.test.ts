import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { kubernetesMissing, useKubernetes } from '../support/kubernetes/kubernetes';
import { ProcessWatch } from '../support/processes/process-watch';
import type { CommandResult } from '../support/replica/replica';
import { itUnless } from '../support/skips';

const namespace = 'self-signed-servers';

const cluster = `description: A cluster that nobody else uses
platform: kubernetes
address: https://bao.example.com:8200
state: {backend: local}
kubernetes:
  namespace: ${namespace}
  certificate: selfSigned
  storage:
    postgresql:
      host: db.example.com
      passwordFile: {secret: database}
      peers: [{cidr: 10.20.0.0/24}]
`;

const environment = `description: An environment
cluster: lab
state: {backend: local}
`;

describe('platform server certificate', () => {
  const missing = kubernetesMissing();
  if (missing !== undefined) {
    itUnless(missing, 'platform server certificate')('works', () => undefined);
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'server-certificate-'));
  const kubernetes = useKubernetes({
    after: async ({ kubectl }) => {
      await kubectl(['delete', 'namespace', namespace, '--ignore-not-found']);
      rmSync(folder, { recursive: true });
    },
  });

  beforeAll(() => {
    for (const [file, text] of Object.entries({
      'clusters/lab.yaml': cluster,
      'environments/devel.yaml': environment,
    })) {
      const target = path.join(folder, 'inventory', file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  });

  const certificate = async (home: string, ...options: readonly string[]): Promise<CommandResult> => {
    const command = ['--inventory', path.join(folder, 'inventory'), 'server', 'certificate', 'lab', ...options];
    const script = path.join('bin', 'run.mjs');
    const { exitCode, stdout, stderr } = await execa(process.execPath, [script, 'cli/platform.ts', ...command], {
      env: { NO_COLOR: '1', KUBECONFIG: kubernetes().kubeconfig, VAULT_PLATFORM_HOME: path.join(folder, home) },
      reject: false,
      stdin: 'ignore',
    });
    return { exitCode: exitCode ?? -1, stdout, stderr };
  };

  const secret = async (): Promise<Record<string, string>> => {
    const { kubectl } = kubernetes();
    const text = await kubectl(['get', 'secret', 'openbao-tls', '--namespace', namespace, '--output=json']);
    const { data } = JSON.parse(text) as { data: Record<string, string> };
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
    );
  };

  it('requires the server stack if there is no namespace', async () => {
    const { exitCode, stderr } = await certificate('home');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('apply the stack lab-server first');
  });

  it('creates the certificate in Kubernetes; its key is in no file and in no argument of a process', async () => {
    await kubernetes().kubectl(['create', 'namespace', namespace]);
    const watch = new ProcessWatch();
    const { exitCode, stdout } = await certificate('home');
    watch.stop();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('The authority is new');

    const { 'tls.crt': chain = '', 'tls.key': key = '', 'ca.crt': authority = '' } = await secret();
    const shown = new X509Certificate(chain);
    expect(shown.checkHost('openbao-0.openbao-peers.self-signed-servers.svc')).toBeDefined();
    expect(shown.verify(new X509Certificate(authority).publicKey)).toBe(true);
    const [, authorityFile = ''] = /^ *authority +(.*)$/m.exec(stdout) ?? [];
    expect(readFileSync(authorityFile, 'utf8')).toBe(authority);

    expect(watch.size).toBeGreaterThan(0);
    const [, firstLine = ''] = key.split('\n');
    for (const text of [firstLine, Buffer.from(key).toString('base64').slice(40, 100)]) {
      expect(watch.holding(text)).toEqual([]);
    }
    const found = await execa('grep', ['--recursive', '--files-with-matches', '--', firstLine, folder], {
      reject: false,
    });
    expect(found.stdout).toBe('');
  });

  it('renews the certificate when it is run again, with the same authority', async () => {
    const before = await secret();
    const { exitCode, stdout } = await certificate('home');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Clients need no change');
    const after = await secret();
    expect(after['ca.crt']).toBe(before['ca.crt']);
    expect(after['tls.crt']).not.toBe(before['tls.crt']);
  });

  it('does not replace the authority on a machine that has another one', async () => {
    const before = await secret();
    const { exitCode, stderr } = await certificate('elsewhere');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('signed by an authority whose key is not on this machine');
    expect(await secret()).toEqual(before);
    expect((await certificate('elsewhere', '--new-authority')).exitCode).toBe(0);
    expect((await secret())['ca.crt']).not.toBe(before['ca.crt']);
  });
});
