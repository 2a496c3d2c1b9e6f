import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import type { Kubernetes } from './kubernetes';

export interface WatchOptions {
  readonly kubernetes: Pick<Kubernetes, 'kubeconfig'>;
  readonly namespace: string;
  /** Resource and selection, as arguments of `kubectl get`. */
  readonly of: readonly string[];
  /** What to tell of `.object`, as templates of Go, without `|`: unlike JSONPath they bear with lists that are not there. */
  readonly fields: readonly string[];
}

/** What `kubectl get --watch` tells, one event at a time. */
export class KubectlWatch {
  private readonly child: ChildProcess;
  private closed = false;
  private complaint = '';

  /** @param told the type of the event and the fields; those that are not there are empty */
  constructor(options: WatchOptions, told: (type: string, fields: readonly string[]) => void) {
    const { kubernetes, namespace, of, fields } = options;
    const template = ['{{.type}}', ...fields.map((field) => `{{with .object}}${field}{{end}}`)].join('|');
    this.child = spawn(
      'kubectl',
      [
        ...['get', ...of, '--watch', '--output-watch-events', `--namespace=${namespace}`],
        ...[`--output=go-template=${template}{{"\\n"}}`, `--kubeconfig=${kubernetes.kubeconfig}`],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.child.stderr?.on('data', (text: Buffer) => (this.complaint += text.toString()));
    createInterface({ input: this.child.stdout! }).on('line', (line) => {
      const [type = '', ...rest] = line.split('|');
      told(type, rest);
    });
  }

  /** @throws Error if it ended before: whatever happened since was not seen */
  public async close(): Promise<void> {
    const { child } = this;
    if (this.closed) return;
    this.closed = true;
    if (child.exitCode !== null) throw new Error(`kubectl ended its watch: ${this.complaint}`);
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  }
}
