import { PlatformError, type Problem } from '../../model/errors';

/** Kubernetes or kubectl refused a request. */
export class KubernetesRefusal extends PlatformError {
  constructor(
    /** Reason of the API server: `NotFound`, `Forbidden`, `TooManyRequests`, … @default - the API server did not answer */
    public readonly reason: string | undefined,
    /** Message in its own words. */
    public readonly said: string,
    problem: Problem,
  ) {
    super('kubernetes', [problem]);
  }
}

export interface Failure {
  readonly args: readonly string[];
  /** Standard error of kubectl. */
  readonly said: string;
  readonly context: string | undefined;
  readonly namespace: string;
  /** Whether its input contained a Secret, which kubectl may repeat. */
  readonly secret: boolean;
}

/** Debug log of kubectl's libraries. */
const logged = /^[EIW]\d{4} \d\d:\d\d:\d\d/;

/** The error of a failed kubectl, with a fix. */
export function explain({ args, said, context, namespace, secret }: Failure): KubernetesRefusal {
  const words = said
    .split('\n')
    .filter((line) => !logged.test(line))
    .join('\n');
  const [, reason, message = words] = /Error from server(?: \((\w+)\))?: ([^]*)/.exec(words) ?? [];
  const text = secret ? `${reason ?? 'it failed'} (its output is left out because it may contain a secret)` : message;
  const fix = fixFor(reason, said, context, namespace);
  return new KubernetesRefusal(reason, text.trim(), {
    message: `kubectl: ${text.trim() || 'no reason was given'}`,
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
  if (reason === 'Forbidden')
    return `request this permission; what you have: kubectl auth can-i --list --namespace ${namespace}`;
  if (reason === 'Unauthorized' || /must be logged in|credentials/i.test(said)) return 'log in to Kubernetes again';
  if (context !== undefined && /context .*does not exist|no context exists/i.test(said)) {
    return `list contexts with kubectl config get-contexts; the inventory sets kubernetes.context to ${context}`;
  }
  if (
    reason === undefined &&
    /connect|refused|no answer|no such host|timeout|i\/o|current-context|localhost/i.test(said)
  ) {
    return 'check that KUBECONFIG names the right cluster and that it runs: kubectl get nodes';
  }
  return undefined;
}
