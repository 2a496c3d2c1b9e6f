import { PlatformError, type Problem } from '../../model/errors';

/** Kubernetes, or kubectl itself, said no. */
export class KubernetesRefusal extends PlatformError {
  constructor(
    /** What the API server calls it: `NotFound`, `Forbidden`, `TooManyRequests`, … @default - kubectl got no answer from it */
    public readonly reason: string | undefined,
    /** In its own words. */
    public readonly said: string,
    problem: Problem,
  ) {
    super('kubernetes', [problem]);
  }
}

export interface Failure {
  readonly args: readonly string[];
  /** What kubectl wrote to its standard error. */
  readonly said: string;
  readonly context: string | undefined;
  readonly namespace: string;
  /** Whether its input held a Secret, parts of which it may repeat. */
  readonly secret: boolean;
}

/** What kubectl's libraries log for those who develop them. */
const logged = /^[EIW]\d{4} \d\d:\d\d:\d\d/;

/** The error for a kubectl that failed, with what to do about it. */
export function explain({ args, said, context, namespace, secret }: Failure): KubernetesRefusal {
  const words = said
    .split('\n')
    .filter((line) => !logged.test(line))
    .join('\n');
  const [, reason, message = words] = /Error from server(?: \((\w+)\))?: ([^]*)/.exec(words) ?? [];
  const text = secret ? `${reason ?? 'it failed'} (what it said is left out: there may be a secret in it)` : message;
  const fix = fixFor(reason, said, context, namespace);
  return new KubernetesRefusal(reason, text.trim(), {
    message: `kubectl: ${text.trim() || 'it gave no reason'}`,
    given: `kubectl ${args.join(' ')} (namespace ${namespace}${context === undefined ? '' : `, context ${context}`})`,
    ...(fix !== undefined && { fix }),
  });
}

function fixFor(
  reason: string | undefined,
  said: string,
  context: string | undefined,
  namespace: string,
): string | undefined {
  if (reason === 'Forbidden') return `ask for that right: kubectl auth can-i --list --namespace ${namespace}`;
  if (reason === 'Unauthorized' || /must be logged in|credentials/i.test(said)) return 'log in to Kubernetes again';
  if (context !== undefined && /context .*does not exist|no context exists/i.test(said)) {
    return `kubectl config get-contexts shows what there is; the inventory names ${context} in kubernetes.context`;
  }
  if (
    reason === undefined &&
    /connect|refused|no answer|no such host|timeout|i\/o|current-context|localhost/i.test(said)
  ) {
    return 'see whether KUBECONFIG names the right cluster, and whether it runs: kubectl get nodes';
  }
  return undefined;
}
