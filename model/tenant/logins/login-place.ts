import type { AuthMethod, AuthMethodType } from '../../cluster/auth-method';
import type { LinkedEnvironment } from '../../environment/environment';
import { listNames, writeNearest } from '../../language/nearest';
import { entryOf, optional, reference, type Without } from '../../language/schema';
import { shorten, show } from '../../language/show';
import { fillIn } from '../../names';
import type { ValuePath } from '../../source/source-file';
import type { TenantScope } from '../tenant-scope';

/** The key of a login that names its auth method. */
export const method = optional(reference('the name of an auth method of the cluster')).describe(
  'Auth method, one of those that the environment trusts. Default: the only one of this type.',
);

/** A login as a file has it. */
interface LoginEntry {
  readonly type: AuthMethodType;
  readonly method?: string;
}

/** A login with the auth method itself in the place of its name. */
export type WithMethod<Entry extends LoginEntry> = Without<Entry, 'method'> & {
  readonly method: Extract<AuthMethod, { type: Entry['type'] }>;
};

/** Texts in which `{environment}` is filled in, or such texts by name. */
type Texts = readonly string[] | Readonly<Record<string, readonly string[]>>;

type KeysOfTexts<Entry> = { [Key in keyof Entry]: Entry[Key] extends Texts ? Key : never }[keyof Entry];

/** A login of a policy in one environment, while it is linked. */
export class LoginPlace {
  constructor(
    private readonly home: LinkedEnvironment,
    private readonly scope: TenantScope,
    private readonly path: ValuePath,
  ) {}

  /**
   * The login with its method: the one that it names, or the only one of its type, of those that the environment trusts.
   *
   * @param keys those in which `{environment}` is filled in
   */
  public withMethod<Entry extends LoginEntry>(
    login: Entry,
    ...keys: readonly KeysOfTexts<Entry>[]
  ): WithMethod<Entry> | undefined {
    const { type, method: name } = login;
    const trusted = this.home.environment.trusts.filter((candidate) => candidate.type === type);
    const found = name === undefined ? trusted : trusted.filter((candidate) => candidate.inventoryName === name);
    const [only, second] = found;
    if (only !== undefined && second === undefined) {
      const filled = keys.map((key) => [key, this.filled(login[key] as Texts)] as const);
      return { ...login, ...Object.fromEntries(filled), method: only } as unknown as WithMethod<Entry>;
    }
    if (this.home.unsound.has('trusts')) return undefined;
    if (name !== undefined) this.reportWrong(type, name, trusted);
    else this.reportMissing(type, trusted);
    return undefined;
  }

  /**
   * The login, if a setting of its method that its entry repeats is the same. Alias names are one namespace for each mount: the method alone
   * decides what they are. See docs/decisions/0042-alias-names.md.
   */
  public agreeing<Login extends { readonly method: Pick<AuthMethod, 'inventoryName'> }>(
    repeated: Readonly<Record<string, string | undefined>>,
    login: Login | undefined,
  ): Login | undefined {
    if (login === undefined) return undefined;
    const { inventoryName: name } = login.method;
    const { cluster } = this.home.environment;
    for (const [key, given] of Object.entries(repeated)) {
      const own = entryOf(login.method as unknown as Readonly<Record<string, string>>, key) ?? '';
      if (given === undefined || given === own) continue;
      this.scope.report([...this.path, key], {
        message: `the auth method decides what names clients in identity: \`${name}\` has ${key} \`${own}\``,
        given,
        allowed: `${own}, which need not be repeated`,
        fix: `remove ${key}; if all logins by \`${name}\` must have another, write \`${key}: ${shorten(given)}\` below \`auth.${name}\` in inventory/clusters/${cluster.name}.yaml`,
      });
    }
    return login;
  }

  private filled(texts: Texts): Texts {
    if (isList(texts)) return texts.map((text) => fillIn(text, this.home.environment));
    const filled = Object.entries(texts).map(([name, values]) => [name, this.filled(values)] as const);
    return Object.fromEntries(filled) as Texts;
  }

  private reportMissing(type: AuthMethodType, trusted: readonly AuthMethod[]): void {
    const { inventoryName: environment, cluster } = this.home.environment;
    const trustable = cluster.authMethods.find((candidate) => candidate.type === type)?.inventoryName;
    const names = trusted.map(({ inventoryName }) => inventoryName);
    const several = names.length > 1;
    this.scope.report([...this.path, 'type'], {
      message: `${environment} trusts ${several ? 'more than one' : 'no'} auth method of the type ${type}`,
      given: type,
      allowed: several ? listNames(names) : listTrusted(this.home),
      fix: several
        ? `add \`method: ${names[0]}\`, or another of these`
        : `add \`${trustable ?? `<a method of the type ${type}>`}\` to ${trustsOf(environment)}`,
    });
  }

  private reportWrong(type: AuthMethodType, name: string, trusted: readonly AuthMethod[]): void {
    const { inventoryName: environment, cluster } = this.home.environment;
    const names = trusted.map((candidate) => candidate.inventoryName);
    const existing = cluster.authMethods.find((candidate) => candidate.inventoryName === name);
    const [one] = names;
    const instead = writeNearest(name, names, one === undefined ? `trust one of the type ${type}` : `write \`${one}\``);
    const trust = `add \`${shorten(name)}\` to ${trustsOf(environment)}`;
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

const isList = (texts: Texts): texts is readonly string[] => Array.isArray(texts);

const trustsOf = (environment: string): string => `\`trusts\` in inventory/environments/${environment}.yaml`;

/** What an environment trusts, for messages. */
function listTrusted({ environment }: LinkedEnvironment): string {
  const all = [
    'approle',
    'token',
    ...environment.trusts.map(({ inventoryName, type }) => `${inventoryName} (${type})`),
  ];
  return `${environment.inventoryName} trusts ${listNames(all)}`;
}
