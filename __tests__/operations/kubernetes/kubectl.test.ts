import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { PlatformError } from '../../../model/errors';
import { Kubectl } from '../../../operations/kubernetes/kubectl';
import { KubernetesRefusal } from '../../../operations/kubernetes/refusal';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'kubectl-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A kubectl that notes how it was called, and then does as the script says. */
function kubectl(script: string, more: { context?: string; environment?: NodeJS.ProcessEnv } = {}): Kubectl {
  const file = path.join(folder, 'kubectl');
  const note = `cd ${folder}; printf '%s\\n' "$@" > arguments; env > environment; cat > input`;
  writeFileSync(file, `#!/bin/sh\n${note}\n${script}\n`);
  chmodSync(file, 0o755);
  const { context, environment } = more;
  return new Kubectl({
    namespace: 'openbao-prod',
    environment: { PATH: `${folder}:/usr/bin:/bin`, ...environment },
    ...(context !== undefined && { context }),
  });
}

const noted = (what: 'arguments' | 'environment' | 'input'): string => readFileSync(path.join(folder, what), 'utf8');

const failing = (said: string): string => `cat >&2 <<'END'\n${said}\nEND\nexit 1`;

async function failureOf(running: Promise<unknown>): Promise<PlatformError> {
  const error: unknown = await running.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof PlatformError) return error;
  throw new Error(`not a PlatformError: ${String(error)}`);
}

const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'database' },
  stringData: { password: 'correct horse' },
};

describe('kubectl', () => {
  it('gets the namespace, and the context in the inventory', async () => {
    await kubectl('echo "{}"').get('pods', 'openbao-0');
    expect(noted('arguments').split('\n').slice(0, 4)).toEqual([
      '--namespace=openbao-prod',
      'get',
      'pods',
      'openbao-0',
    ]);
    await kubectl('echo "{}"', { context: 'prod' }).get('pods', 'openbao-0');
    expect(noted('arguments')).toMatch(/^--context=prod\n--namespace=openbao-prod\n/);
  });

  it('is the one that the variable names', async () => {
    const named = path.join(folder, 'another');
    writeFileSync(named, '#!/bin/sh\necho \'{"items":[{"kind":"Pod"}]}\'\n');
    chmodSync(named, 0o755);
    const environment = { VAULT_PLATFORM_KUBECTL: named };
    await expect(kubectl('exit 1', { environment }).list('pods')).resolves.toEqual([{ kind: 'Pod' }]);
  });

  it('finds an object, or nothing', async () => {
    await expect(kubectl('true').find('pods', 'openbao-9')).resolves.toBeUndefined();
    await expect(kubectl('echo \'{"kind":"Pod"}\'').find('pods', 'openbao-0')).resolves.toEqual({ kind: 'Pod' });
  });

  it('selects by labels', async () => {
    await kubectl('echo \'{"items":[]}\'').list('statefulsets,pods', { app: 'openbao', tier: 'server' });
    expect(noted('arguments').split('\n')).toContain('--selector=app=openbao,tier=server');
  });

  it('gets manifests on standard input only', async () => {
    await kubectl('true').apply([secret]);
    expect(JSON.parse(noted('input'))).toEqual({ apiVersion: 'v1', kind: 'List', items: [secret] });
    expect(noted('arguments')).toContain('--server-side');
    expect(noted('arguments') + noted('environment')).not.toContain('correct horse');
  });

  it('evicts only the pod with the given uid', async () => {
    await kubectl('true').evict({ name: 'openbao-1', uid: 'u-1' });
    expect(noted('arguments')).toContain('--raw=/api/v1/namespaces/openbao-prod/pods/openbao-1/eviction\n');
    expect(JSON.parse(noted('input'))).toMatchObject({
      kind: 'Eviction',
      metadata: { name: 'openbao-1' },
      deleteOptions: { preconditions: { uid: 'u-1' } },
    });
  });

  it('runs a program in a container', async () => {
    const running = kubectl('echo sealed').exec('openbao-0', 'server', ['bao', 'status'], { input: 'share' });
    await expect(running).resolves.toBe('sealed');
    expect(noted('arguments')).toMatch(/exec\nopenbao-0\n--container=server\n--stdin\n--\nbao\nstatus\n$/);
    expect(noted('input')).toBe('share');
  });

  it('gets the variables of login plugins, and no credentials of other programs', async () => {
    const environment = {
      ...{ AWS_PROFILE: 'prod', KUBECONFIG: '/k', HTTPS_PROXY: 'http://proxy' },
      ...{ VAULT_TOKEN: 'hvs.secret', BAO_TOKEN: 's.secret', PGPASSWORD: 'pg-secret', TF_VAR_key: 'tf-secret' },
    };
    await kubectl('echo "{}"', { environment }).get('pods', 'openbao-0');
    expect(noted('environment')).toMatch(/AWS_PROFILE=prod/);
    expect(noted('environment')).toMatch(/KUBECONFIG=\/k/);
    expect(noted('environment')).not.toContain('secret');
  });
});

describe('an error of kubectl', () => {
  it('contains the reason of the API server', async () => {
    const said = `Error from server (TooManyRequests): Cannot evict pod as it would violate the pod's disruption budget.`;
    const error = await failureOf(kubectl(failing(said)).evict({ name: 'openbao-1', uid: 'u-1' }));
    expect(error).toBeInstanceOf(KubernetesRefusal);
    expect(error).toMatchObject({
      code: 'kubernetes',
      reason: 'TooManyRequests',
      said: "Cannot evict pod as it would violate the pod's disruption budget.",
    });
    expect(error.problems[0]?.given).toMatch(/^kubectl create --raw=.*\(namespace openbao-prod\)$/);
  });

  it.each([
    [
      'Error from server (Forbidden): pods is forbidden: User "x" cannot list',
      /^request this permission; what you have: kubectl auth can-i/,
    ],
    ['error: You must be logged in to the server (Unauthorized)', /^log in to Kubernetes again/],
    ['error: context "prod" does not exist', /get-contexts.*the inventory sets kubernetes.context to prod/],
    ['The connection to the server localhost:8080 was refused - did you specify the right host?', /KUBECONFIG/],
    ['Unable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout', /KUBECONFIG/],
  ])('suggests a fix: %s', async (said, fix) => {
    const error = await failureOf(kubectl(failing(said), { context: 'prod' }).get('pods', 'openbao-0'));
    expect(error.problems[0]?.fix).toMatch(fix);
    expect(error.message).toContain(said.replace(/^Error from server \(\w+\): /, ''));
  });

  it('omits log lines of its libraries', async () => {
    const said = 'E1124 13:08:36.914916   26644 memcache.go:265] "Unhandled Error"\nThe connection was refused';
    const error = await failureOf(kubectl(failing(said)).get('pods', 'openbao-0'));
    expect(error.problems[0]?.message).toBe('kubectl: The connection was refused');
  });

  it('repeats no output if a Secret was applied', async () => {
    const said =
      'Error from server (BadRequest): Secret in version "v1" cannot be handled: bigger context ...correct ho...';
    const error = await failureOf(kubectl(failing(said)).apply([secret]));
    expect(error.message).toContain('BadRequest');
    expect(error.message).not.toContain('correct');
  });

  it('reports a missing kubectl', async () => {
    const nowhere = new Kubectl({ namespace: 'openbao-prod', environment: { PATH: folder } });
    expect(await failureOf(nowhere.list('pods'))).toMatchObject({
      code: 'toolbox',
      problems: [{ fix: 'put kubectl on PATH, or set VAULT_PLATFORM_KUBECTL to it' }],
    });
  });
});
