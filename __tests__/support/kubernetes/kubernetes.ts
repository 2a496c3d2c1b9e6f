import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

/** A Kubernetes cluster that a test may use; what it makes there, it makes in namespaces of its own. */
export interface Kubernetes {
  readonly kubeconfig: string;
  /** URL of the API server, as this machine reaches it. */
  readonly host: string;
  /** PEM of the authority that signed the API server's certificate. */
  readonly ca: string;
  /** Only with the lab: what pods of this machine's own images need. */
  readonly lab?: KubernetesLab;
  /** Runs kubectl. @returns what it prints on standard output; fails with what it says on standard error */
  readonly kubectl: (args: readonly string[], options?: KubectlOptions) => Promise<string>;
  /** What kubectl says on standard error, be it warnings or why it fails. */
  readonly complaints: (args: readonly string[], options?: KubectlOptions) => Promise<string>;
}

export interface KubectlOptions {
  /** Standard input. */
  readonly input?: string;
}

export interface KubernetesLab {
  /** Address of this machine as pods reach it; servers for them listen there. */
  readonly hostAddress: string;
  /**
   * Makes an image of programs of this machine, with the libraries that they need, and gives it to the cluster. If the name has a
   * digest, the lab uses it in place of the image of that digest; another cluster pulls that one.
   */
  readonly loadImage: (
    name: string,
    programs: Readonly<Record<string, string>>,
    entrypoint?: readonly string[],
  ) => Promise<void>;
}

/** Where a cluster is made if KUBECONFIG names none; beside the clone unless the variable says otherwise. */
const { VAULT_PLATFORM_KUBERNETES_LAB: labFolder = path.join('..', 'shared', 'lab', 'kubernetes') } = process.env;

/** Command that gives another cluster an archive of an image, such as `kind load image-archive`; the file comes last. */
const { VAULT_PLATFORM_IMAGE_LOADER: imageLoader } = process.env;

/** A cluster of these tests: beside the others of the machine, unless its LAB_ variables say otherwise. */
const labSettings = {
  LAB_NAME: 'tests',
  LAB_NETWORK: '10.246.0.0/24',
  LAB_SERVICE_NETWORK: '10.98.0.0/16',
};

const labEnvironment = (): NodeJS.ProcessEnv => ({ ...labSettings, ...process.env });

/** Why no test can use Kubernetes here; undefined if they can. */
export function kubernetesMissing(): string | undefined {
  if (!canRun('kubectl', ['version', '--client'])) return 'kubectl is not on PATH';
  if (process.env.KUBECONFIG) return undefined;
  if (!existsSync(path.join(labFolder, 'up'))) return 'KUBECONFIG is not set, and there is no lab';
  return process.getuid?.() === 0 ? undefined : 'KUBECONFIG is not set, and the lab needs root';
}

/** Why no test can start pods of its own images here: that needs the lab. */
export const kubernetesLabMissing = (): string | undefined =>
  kubernetesMissing() ??
  (process.env.KUBECONFIG && !process.env.LAB_HOST_IP ? 'the cluster is not the lab' : undefined);

/** What a test file makes in the cluster, and removes before it may go. */
export interface KubernetesUse {
  readonly before?: (kubernetes: Kubernetes) => Promise<void>;
  readonly after?: (kubernetes: Kubernetes) => Promise<void>;
}

/**
 * The cluster that KUBECONFIG names, or one that is started for this worker's test files and taken down after them, also when
 * this process is killed. Call it only where {@link kubernetesMissing} gives no reason.
 *
 * @returns the cluster, from the first test on
 */
export function useKubernetes({ before, after }: KubernetesUse = {}): () => Kubernetes {
  let opened: OpenKubernetes | undefined;
  beforeAll(async () => {
    opened = await openKubernetes();
    await before?.(opened.kubernetes);
  }, 900_000);
  afterAll(async () => {
    if (opened === undefined) return;
    await after?.(opened.kubernetes);
    await opened.close();
  }, 60_000);
  return () => {
    if (opened === undefined) throw new Error('Kubernetes did not start');
    return opened.kubernetes;
  };
}

export interface OpenKubernetes {
  readonly kubernetes: Kubernetes;
  /** Takes down what was started for it. */
  readonly close: () => Promise<void>;
}

/** The same outside of jest. */
export async function openKubernetes(): Promise<OpenKubernetes> {
  const { KUBECONFIG: named } = process.env;
  if (named) return { kubernetes: await connect(named, process.env), close: () => Promise.resolve() };
  const env = labEnvironment();
  // A cluster of this name that is there, be it from the test file before, is used and left as it is.
  const guard = canRun(path.join(labFolder, 'status'), [], env) ? undefined : takeDownAtTheEnd(env);
  const close = async (): Promise<void> => {
    if (guard === undefined) return;
    const ended = once(guard, 'exit');
    guard.stdin?.end();
    await ended;
  };
  try {
    const { stdout } = await execa(path.join(labFolder, 'up'), [], { env });
    const exported: Record<string, string> = {};
    for (const [, name = '', value = ''] of stdout.matchAll(/^export (\w+)=(.*)$/gm)) exported[name] = value;
    return { kubernetes: await connect(exported.KUBECONFIG ?? '', { ...env, ...exported }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function connect(kubeconfig: string, env: NodeJS.ProcessEnv): Promise<Kubernetes> {
  const run = (args: readonly string[], { input = '' }: KubectlOptions = {}) =>
    execa('kubectl', args, { env: { ...env, KUBECONFIG: kubeconfig }, input, reject: false });
  const kubectl: Kubernetes['kubectl'] = async (args, options) => {
    const { failed, stdout, stderr } = await run(args, options);
    if (failed) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  const view = JSON.parse(await kubectl(['config', 'view', '--raw', '--minify', '--flatten', '--output=json'])) as {
    clusters: { cluster: { server: string; 'certificate-authority-data': string } }[];
  };
  const { server, 'certificate-authority-data': ca } = view.clusters[0]!.cluster;
  const { LAB_HOST_IP: hostAddress } = env;
  return {
    kubeconfig,
    host: server,
    ca: Buffer.from(ca, 'base64').toString(),
    ...(hostAddress && { lab: { hostAddress, loadImage: (...image) => loadImage(env, ...image) } }),
    kubectl,
    complaints: async (args, options) => (await run(args, options)).stderr,
  };
}

async function loadImage(
  env: NodeJS.ProcessEnv,
  name: string,
  programs: Readonly<Record<string, string>>,
  entrypoint?: readonly string[],
): Promise<void> {
  const files = new Map(Object.entries(programs).map(([to, from]) => [to, realpathSync(from)]));
  for (const from of [...files.values()])
    for (const library of librariesOf(from)) files.set(library, realpathSync(library));
  const config = JSON.stringify({
    Env: ['PATH=/bin'],
    ...(entrypoint !== undefined && { Entrypoint: entrypoint }),
  });
  const paths = [...files].map(([to, from]) => `${to.replace(/^\//, '')}=${from}`);
  const [tagged = '', digest] = name.split('@');
  const folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-image-'));
  const archive = path.join(folder, 'image.tar');
  try {
    await execa(path.join(labFolder, 'make-image'), [archive, tagged, config, ...paths], { env });
    if (imageLoader) {
      await execa('sh', ['-c', `${imageLoader} "$0"`, archive], { env });
      return;
    }
    // containerd ignores the tag of a name with a digest, and compares the digest with the content when it pulls, but not here.
    const loaded = digest === undefined ? tagged : `${tagged.replace(/:[^:/]+$/, '')}@${digest}`;
    await execa(path.join(labFolder, 'load-image'), [loaded, archive], { env });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Libraries that a program is linked to; none if it is static. */
function librariesOf(program: string): string[] {
  try {
    const text = execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return [...text.matchAll(/(\/\S+) \(0x/g)].map(([, library]) => library ?? '');
  } catch {
    return [];
  }
}

function canRun(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore', env });
    return true;
  } catch {
    return false;
  }
}

/**
 * Takes the cluster down at the end of the test, or with this process. Where test files share it, it is only noted that it has
 * to be taken down at the end of their run.
 *
 * @returns the process that does so once its standard input ends
 */
function takeDownAtTheEnd(env: NodeJS.ProcessEnv): ChildProcess | undefined {
  const down = path.resolve(labFolder, 'down');
  const { VAULT_PLATFORM_LABS: shared } = process.env;
  if (shared !== undefined) {
    const variables = Object.keys(labSettings).map((name) => `${name}='${env[name] ?? ''}'`);
    writeFileSync(path.join(shared, env.LAB_NAME ?? ''), `${variables.join(' ')} exec '${down}'\n`);
    return undefined;
  }
  return spawn('sh', ['-c', 'cat > /dev/null; exec "$0"', down], {
    detached: true,
    env,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
}
