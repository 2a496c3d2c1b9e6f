import { longest, type Span } from '../deployment/span';
import { KubectlWatch } from './kubectl-watch';
import type { Kubernetes } from './kubernetes';

/** Who was behind a Service from some moment on. */
export interface EndpointState {
  /** Milliseconds of `performance.now()`. */
  readonly at: number;
  /** Pods that get traffic, sorted. */
  readonly ready: readonly string[];
}

/** Records every state of a Service's endpoints, as each kube-proxy is told them. */
export class EndpointWatch {
  public readonly states: EndpointState[] = [];
  private readonly slices = new Map<string, readonly string[]>();
  private readonly watch: KubectlWatch;

  constructor(kubernetes: Pick<Kubernetes, 'kubeconfig'>, namespace: string, service: string) {
    this.watch = new KubectlWatch(
      {
        kubernetes,
        namespace,
        of: ['endpointslices.discovery.k8s.io', `--selector=kubernetes.io/service-name=${service}`],
        fields: [
          '{{.metadata.name}}',
          '{{range .endpoints}}{{if .conditions.ready}}{{.targetRef.name}} {{end}}{{end}}',
        ],
      },
      (type, [slice = '', names = '']) => {
        if (type === 'DELETED') this.slices.delete(slice);
        else
          this.slices.set(
            slice,
            names.split(' ').filter((name) => name !== ''),
          );
        this.states.push({ at: performance.now(), ready: [...this.slices.values()].flat().sort() });
      },
    );
  }

  public get ready(): readonly string[] {
    return this.states.at(-1)?.ready ?? [];
  }

  /** States in which more than one pod got traffic; there should be none. */
  public get crowded(): readonly EndpointState[] {
    return this.states.filter(({ ready }) => ready.length > 1);
  }

  /** The longest time without an endpoint that began after some moment. */
  public longestGap(since: number): Span {
    const gaps = this.states.flatMap(({ at, ready }, index): Span[] => {
      if (ready.length > 0 || at < since) return [];
      return [{ from: at - since, milliseconds: (this.states[index + 1]?.at ?? performance.now()) - at }];
    });
    return longest(gaps);
  }

  public async close(): Promise<void> {
    await this.watch.close();
  }
}
