import type { Capability } from '../../../constructs/policy/capability';
import type { Dialect } from '../../../model/dialect';
import { parsePolicy, type Stanza } from './parse-policy';

export type Operation = Exclude<Capability, 'deny'>;

export interface Request {
  /** Without `/v1/`. */
  readonly path: string;
  /** `create` or `update` of a POST depends on whether something is there; `sudo` asks for this capability alone. */
  readonly operation: Operation;
  /** Names of parameters that are sent. @default - none that a policy denies */
  readonly parameters?: readonly string[];
}

/** Whether the pattern has `+`, as servers decide it: one inside of a segment makes no wildcard, but such a rule all the same. */
const isSegmented = (pattern: string): boolean => /(^|\/)\+/.test(pattern);
const isPrefix = (pattern: string): boolean => pattern.endsWith('*');
const isExact = (pattern: string): boolean => !isSegmented(pattern) && !isPrefix(pattern);

/** What a token with some policies may do, as both servers decide it. @see https://openbao.org/docs/concepts/policies/ */
export class PolicyAccess {
  /** Each pattern once: servers merge the stanzas of one. */
  private readonly stanzas = new Map<string, Stanza>();

  /** @param texts of the policies, HCL */
  constructor(...texts: readonly string[]) {
    for (const { pattern, capabilities, deniedParameters, reason } of texts.flatMap(parsePolicy)) {
      const before = this.stanzas.get(pattern);
      const all = [...new Set([...(before?.capabilities ?? []), ...capabilities])];
      this.stanzas.set(pattern, {
        pattern,
        capabilities: all.includes('deny') ? ['deny'] : all,
        deniedParameters: [...new Set([...(before?.deniedParameters ?? []), ...deniedParameters])],
        ...(reason !== undefined && { reason }),
      });
    }
  }

  /** Capabilities by pattern: for tests that nothing else is granted. */
  public get rules(): Readonly<Record<string, readonly Capability[]>> {
    return Object.fromEntries([...this.stanzas].map(([pattern, { capabilities }]) => [pattern, capabilities]));
  }

  /** The comment above a rule. */
  public reason(pattern: string): string | undefined {
    return this.stanzas.get(pattern)?.reason;
  }

  /** Whether both servers allow a request. */
  public allows(path: string, operation: Operation, ...parameters: readonly string[]): boolean {
    const request = { path, operation, parameters };
    return this.decide(request, 'openbao') && this.decide(request, 'vault');
  }

  /** Whether both servers deny a request. */
  public denies(path: string, operation: Operation, ...parameters: readonly string[]): boolean {
    const request = { path, operation, parameters };
    return !this.decide(request, 'openbao') && !this.decide(request, 'vault');
  }

  /** Whether one of the servers allows a request. Vault decides as version 1.21 does. */
  public decide({ path, operation, parameters = [] }: Request, dialect: Dialect): boolean {
    const stanza = operation === 'list' ? this.ofList(path, dialect) : (this.exact(path) ?? this.winner(path));
    if (stanza === undefined) return false;
    // A LIST has no parameters that a policy is asked about.
    const denied = stanza.deniedParameters.map((name) => name.toLowerCase());
    const sent = operation === 'list' || operation === 'delete' ? [] : parameters.map((name) => name.toLowerCase());
    if (denied.includes('*') ? sent.length > 0 : sent.some((name) => denied.includes(name))) return false;
    return stanza.capabilities.includes(operation);
  }

  /** A LIST is of `p/`, and a rule for `p` counts as well; which of the two comes first differs. */
  private ofList(path: string, dialect: Dialect): Stanza | undefined {
    const forms = [path.replace(/\/?$/, '/'), path.replace(/\/$/, '')] as const;
    const exact = this.exact(forms[0]) ?? this.exact(forms[1]);
    if (exact !== undefined) return exact;
    const [first, second] = dialect === 'openbao' ? forms : ([forms[1], forms[0]] as const);
    return this.winner(first) ?? this.winner(second);
  }

  private exact(path: string): Stanza | undefined {
    return isExact(path) ? this.stanzas.get(path) : undefined;
  }

  /** The longest prefix competes with all rules that have wildcards for segments. */
  private winner(path: string): Stanza | undefined {
    const patterns = [...this.stanzas.keys()];
    const [prefix] = patterns
      .filter((pattern) => isPrefix(pattern) && !isSegmented(pattern) && path.startsWith(pattern.slice(0, -1)))
      .sort((one, other) => other.length - one.length);
    const candidates = patterns.filter((pattern) => isSegmented(pattern) && matchesSegments(pattern, path));
    if (prefix !== undefined) candidates.push(prefix);
    const [best] = candidates.sort(byRank);
    return best === undefined ? undefined : this.stanzas.get(best);
  }
}

function matchesSegments(pattern: string, path: string): boolean {
  const wanted = (isPrefix(pattern) ? pattern.slice(0, -1) : pattern).split('/');
  const given = path.split('/');
  if (isPrefix(pattern) ? given.length < wanted.length : given.length !== wanted.length) return false;
  return wanted.every(
    (segment, index) =>
      segment === '+' ||
      segment === given[index] ||
      (isPrefix(pattern) && index === wanted.length - 1 && given[index]!.startsWith(segment)),
  );
}

/** The winner first. */
function byRank(one: string, other: string): number {
  const [a, b] = [one, other].map((pattern) => [
    pattern.search(/[+*]/),
    isPrefix(pattern) ? 0 : 1,
    -pattern.split('/').filter((segment) => segment === '+').length,
    Buffer.byteLength(pattern),
  ]) as [number[], number[]];
  const index = a.findIndex((value, at) => value !== b[at]);
  if (index >= 0) return b[index]! - a[index]!;
  return one < other ? 1 : -1;
}
