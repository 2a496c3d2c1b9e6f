import type { AuthMethod, AuthMethodType } from '../../cluster/auth-method';
import type { LinkedEnvironment } from '../../environment/environment';
import type { Without } from '../../language/absent';
import { listNames, nearest } from '../../language/nearest';
import { shorten, show } from '../../language/show';
import { optional, reference } from '../../language/values';
import { fillIn } from '../../names';
import type { ValuePath } from '../../source/source-file';
import type { TenantScope } from '../tenant-scope';

/** The key of a login that names its auth method. */
export const method = optional(reference('the name of an auth method of the cluster')).describe(
  'Auth method, one of those that the environment trusts. Default: the only one of this type.',
);

type MethodOf<Type extends AuthMethodType> = Extract<AuthMethod, { type: Type }>;

/** A login as a file has it. */
export interface LoginEntry {
  readonly type: AuthMethodType;
  readonly method?: string;
}

/** A login with the auth method itself in the place of its name. */
export type WithMethod<Entry extends LoginEntry> = Without<Entry, 'method'> & {
  readonly method: MethodOf<Entry['type']>;
};

/** A login of a policy in one environment, while it is linked. */
export class LoginPlace {
  constructor(
    private readonly home: LinkedEnvironment,
    private readonly scope: TenantScope,
    private readonly path: ValuePath,
  ) {}

  /** Texts of a login with the name of the environment filled in. */
  public filled(texts: readonly string[]): string[] {
    return texts.map((text) => fillIn(text, this.home.environment));
  }

  /** The login with its method: the one that it names, or the only one of its type, of those that the environment trusts. */
  public withMethod<Entry extends LoginEntry>(login: Entry): WithMethod<Entry> | undefined {
    const { type, method: name } = login;
    const trusted = this.home.environment.trusts.filter((candidate) => candidate.type === type);
    const found = name === undefined ? trusted : trusted.filter((candidate) => candidate.name === name);
    const [only, second] = found;
    if (only !== undefined && second === undefined) return { ...login, method: only } as unknown as WithMethod<Entry>;
    if (this.home.unsound.has('trusts')) return undefined;
    if (name !== undefined) this.reportWrong(type, name, trusted);
    else this.reportMissing(type, trusted);
    return undefined;
  }

  private reportMissing(type: AuthMethodType, trusted: readonly AuthMethod[]): void {
    const { name: environment, cluster } = this.home.environment;
    const trustable = cluster.authMethods.filter((candidate) => candidate.type === type).map(({ name }) => name);
    const names = trusted.map(({ name }) => name);
    const several = names.length > 1;
    const [first = `<a method of the type ${type}>`] = trustable;
    this.scope.report([...this.path, 'type'], {
      message: `${environment} trusts ${several ? 'more than one' : 'no'} auth method of the type ${type}`,
      given: type,
      allowed: several ? listNames(names) : listTrusted(this.home),
      fix: several
        ? `add \`method: ${names[0]}\`, or another of these`
        : `add \`${first}\` to \`trusts\` in inventory/environments/${environment}.yaml`,
    });
  }

  private reportWrong(type: AuthMethodType, name: string, trusted: readonly AuthMethod[]): void {
    const { name: environment, cluster } = this.home.environment;
    const names = trusted.map((candidate) => candidate.name);
    const existing = cluster.authMethods.find((candidate) => candidate.name === name);
    const meant = nearest(name, names);
    const trust = `add \`${shorten(name)}\` to \`trusts\` in inventory/environments/${environment}.yaml`;
    const [one] = names;
    const instead = one === undefined ? `trust one of the type ${type}` : `write \`${meant ?? one}\``;
    this.scope.report([...this.path, 'method'], {
      message:
        existing === undefined
          ? `unknown auth method in ${environment}`
          : existing.type === type
            ? `${environment} does not trust this auth method`
            : `this auth method is of the type ${existing.type}`,
      given: show(name),
      allowed: names.length > 0 ? listNames(names) : listTrusted(this.home),
      fix: existing?.type === type ? (one === undefined ? trust : `${instead}, or ${trust}`) : instead,
    });
  }
}

/** What an environment trusts, for messages. */
function listTrusted({ environment }: LinkedEnvironment): string {
  const all = ['approle', 'token', ...environment.trusts.map(({ name, type }) => `${name} (${type})`)];
  return `${environment.name} trusts ${listNames(all)}`;
}
