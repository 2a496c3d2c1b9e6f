import { execa } from 'execa';

import { PlatformError } from '../../model/errors';
import { explain } from './refusal';

export interface KubectlOptions {
  /** Context of the kubeconfig. @default - the current one */
  readonly context?: string;
  readonly namespace: string;
  /** Environment of the user: KUBECONFIG and variables of login plugins. `VAULT_PLATFORM_KUBECTL` names another kubectl. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Fields of every Kubernetes object. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly generation?: number;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
  };
}

interface Call {
  /** Standard input, for secrets. */
  readonly input?: string;
  /** @default 30 */
  readonly timeoutSeconds?: number;
}

/**
 * One namespace of a Kubernetes cluster, through kubectl, which already works with the login plugins of the user. Every method
 * throws a PlatformError `kubernetes` with the output of kubectl.
 */
export class Kubectl {
  constructor(private readonly options: KubectlOptions) {}

  public get namespace(): string {
    return this.options.namespace;
  }

  /**
   * An object, or undefined if it does not exist.
   *
   * @param kind in the plural, or with its group: `pods`, `certificates.cert-manager.io`
   */
  public async find<T extends KubernetesObject>(kind: string, name: string): Promise<T | undefined> {
    const text = await this.run(['get', kind, name, '--ignore-not-found', '--output=json']);
    return text.trim() === '' ? undefined : (JSON.parse(text) as T);
  }

  /** An object. @throws KubernetesRefusal `NotFound` */
  public async get<T extends KubernetesObject>(kind: string, name: string): Promise<T> {
    return JSON.parse(await this.run(['get', kind, name, '--output=json'])) as T;
  }

  /**
   * Every object of one or more kinds that has the labels.
   *
   * @param kinds separated by commas
   */
  public async list<T extends KubernetesObject>(
    kinds: string,
    labels: Readonly<Record<string, string>> = {},
  ): Promise<T[]> {
    const selector = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    const text = await this.run([
      ...['get', kinds, '--output=json'],
      ...(selector.length > 0 ? [`--selector=${selector.join(',')}`] : []),
    ]);
    return (JSON.parse(text) as { items: T[] }).items;
  }

  /** Applies objects server-side. They are passed through standard input. */
  public async apply(objects: readonly object[], { dryRun = false } = {}): Promise<void> {
    const args = ['apply', '--server-side', '--field-manager=vault-platform', '--filename=-'];
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
    await this.run([...args, ...(dryRun ? ['--dry-run=server'] : [])], { input });
  }

  /** Deletes an object, if it exists, and waits until it is gone. */
  public async delete(kind: string, name: string, { timeoutSeconds = 120 } = {}): Promise<void> {
    await this.run(['delete', kind, name, '--ignore-not-found', `--timeout=${timeoutSeconds}s`], {
      timeoutSeconds: timeoutSeconds + 10,
    });
  }

  /**
   * Evicts a pod, unless a PodDisruptionBudget forbids it or the pod was replaced.
   *
   * @throws KubernetesRefusal `TooManyRequests` if the budget forbids it, `Conflict` if the pod was replaced
   */
  public async evict(pod: { readonly name: string; readonly uid: string }): Promise<void> {
    const { namespace } = this;
    const eviction = {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: pod.name, namespace },
      deleteOptions: { preconditions: { uid: pod.uid } },
    };
    // kubectl has no verb to evict one pod.
    const path = `/api/v1/namespaces/${namespace}/pods/${pod.name}/eviction`;
    await this.run(['create', `--raw=${path}`, '--filename=-'], { input: JSON.stringify(eviction) });
  }

  /**
   * Waits until a condition of an object holds.
   *
   * @param condition as `kubectl wait --for` takes it: `condition=Ready`, `delete`, `jsonpath={.status.phase}=Running`
   */
  public async wait(kind: string, name: string, condition: string, { timeoutSeconds = 120 } = {}): Promise<void> {
    await this.run(['wait', `${kind}/${name}`, `--for=${condition}`, `--timeout=${timeoutSeconds}s`], {
      timeoutSeconds: timeoutSeconds + 10,
    });
  }

  /** Runs a program in a container of a pod. @returns its standard output @throws KubernetesRefusal with its standard error */
  public async exec(pod: string, container: string, command: readonly string[], call: Call = {}): Promise<string> {
    const interactive = call.input === undefined ? [] : ['--stdin'];
    return await this.run(['exec', pod, `--container=${container}`, ...interactive, '--', ...command], call);
  }

  private async run(args: readonly string[], { input = '', timeoutSeconds = 30 }: Call = {}): Promise<string> {
    const { context, namespace, environment } = this.options;
    const { VAULT_PLATFORM_KUBECTL: named } = environment;
    const command = named === undefined || named === '' ? 'kubectl' : named;
    const which = context === undefined ? [] : [`--context=${context}`];
    const result = await execa(command, [...which, `--namespace=${namespace}`, ...args], {
      env: forKubectl(environment),
      extendEnv: false,
      input,
      maxBuffer: 64 * 1024 * 1024,
      reject: false,
      timeout: timeoutSeconds * 1000,
    });
    if (!result.failed) return result.stdout;
    if (result.code === 'ENOENT') throw missing(command);
    const said = result.timedOut ? `no answer in ${timeoutSeconds} s` : result.stderr || (result.shortMessage ?? '');
    throw explain({ args, said, context, namespace, secret: input.includes('"kind":"Secret"') });
  }
}

/** All variables except credentials of other programs. Login plugins may need any of the others. */
const forKubectl = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(BAO_|PG|TF_|VAULT_)/.test(name)));

const missing = (command: string): PlatformError =>
  new PlatformError('toolbox', [
    {
      message: 'kubectl is required and was not found',
      given: command,
      fix: 'put kubectl on PATH, or set VAULT_PLATFORM_KUBECTL to it',
    },
  ]);
