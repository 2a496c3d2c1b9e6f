import { KubectlWatch } from './kubectl-watch';
import type { Kubernetes } from './kubernetes';

/** A pod as the API server last told of it. */
export interface WatchedPod {
  readonly name: string;
  readonly uid: string;
  /** Empty until it has one. */
  readonly address: string;
  readonly ready: boolean;
  /** What the server said of itself by its labels. */
  readonly active: boolean;
  /** Being deleted. */
  readonly leaving: boolean;
  readonly restarts: number;
  /** Containers that run. */
  readonly running: boolean;
}

const ofServer = (field: string): string =>
  `{{range .status.containerStatuses}}{{if eq .name "server"}}${field}{{end}}{{end}}`;

/** Knows at every moment which pods there are. */
export class PodWatch {
  private readonly current = new Map<string, WatchedPod>();
  private readonly watch: KubectlWatch;

  /** @param labelPrefix of the labels that the server puts on its pods, `openbao` or `vault` */
  constructor(kubernetes: Pick<Kubernetes, 'kubeconfig'>, namespace: string, selector: string, labelPrefix: string) {
    this.watch = new KubectlWatch(
      {
        kubernetes,
        namespace,
        of: ['pods', `--selector=${selector}`],
        fields: [
          '{{.metadata.name}}',
          '{{.metadata.uid}}',
          '{{with .status.podIP}}{{.}}{{end}}',
          '{{range .status.conditions}}{{if eq .type "Ready"}}{{.status}}{{end}}{{end}}',
          `{{with index .metadata.labels "${labelPrefix}-active"}}{{.}}{{end}}`,
          '{{with .metadata.deletionTimestamp}}{{.}}{{end}}',
          ofServer('{{.restartCount}}'),
          ofServer('{{with .state.running}}{{.startedAt}}{{end}}'),
        ],
      },
      (type, [name = '', uid = '', address = '', ready, active, deletion = '', restarts = '', started = '']) => {
        // One of the same name may be there before the news of the old one's end.
        if (type === 'DELETED' && this.current.get(name)?.uid === uid) this.current.delete(name);
        if (type === 'DELETED') return;
        this.current.set(name, {
          name,
          uid,
          address,
          ready: ready === 'True',
          active: active === 'true',
          leaving: deletion !== '',
          restarts: Number(restarts),
          running: started !== '',
        });
      },
    );
  }

  /** By name. */
  public get pods(): readonly WatchedPod[] {
    return [...this.current.values()].sort((one, other) => one.name.localeCompare(other.name));
  }

  public pod(name: string): WatchedPod | undefined {
    return this.current.get(name);
  }

  public async close(): Promise<void> {
    await this.watch.close();
  }
}
