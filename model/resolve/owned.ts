import type { TenantFile } from '../schema/tenant';
import type { Finding } from '../source/problem-list';
import type { ValuePath } from '../source/source-file';
import { entryOf } from './defined';
import type { ResolvedEnvironment } from './environments';
import { covers } from './tenant-scope';
import type { TenantScope } from './tenant-scope';

/** Keys of a tenant's file under which stands, by name, what it has in the engines of its environments. */
export type OwnedKey = 'certificates' | 'keys' | 'databases' | 'awsRoles' | 'sshRoles';

type FileOf<Key extends OwnedKey> = NonNullable<TenantFile[Key]>[string];

/** What an entry needs of an environment. `lacking`: the environment has none. `unsound`: that cannot be said. */
export type Provided<Provider> = { readonly provider: Provider } | 'lacking' | 'unsound';

/** How the entries under one key are resolved. */
export interface OwnedKind<Key extends OwnedKey, Provider, T> {
  readonly key: Key;
  /** What it is called, for example `certificate`. */
  readonly title: string;
  /** Looks for what an entry needs in an environment. */
  readonly find: (home: ResolvedEnvironment, file: FileOf<Key>) => Provided<Provider>;
  /** Makes the entry for an environment. */
  readonly resolve: (entry: OwnedEntry<Key>, provider: Provider) => T;
  /** What to say about environments that lack what an entry needs, and about which part of the entry. */
  readonly lacking: (homes: readonly ResolvedEnvironment[], file: FileOf<Key>) => Finding & { readonly at: ValuePath };
}

/** An entry in one environment. */
export interface OwnedEntry<Key extends OwnedKey> {
  readonly name: string;
  readonly file: FileOf<Key>;
  readonly path: ValuePath;
  readonly home: ResolvedEnvironment;
  readonly scope: TenantScope;
}

/** What a tenant has of one kind. */
export class Owned<T> {
  /** By environment, then by name in the tenant's file; undefined: it is there, and has problems. */
  private readonly byEnvironment = new Map<ResolvedEnvironment, Map<string, T | undefined>>();

  constructor(
    private readonly scope: TenantScope,
    private readonly key: OwnedKey,
    private readonly title: string,
  ) {
    for (const home of scope.homes) this.byEnvironment.set(home, new Map());
  }

  /** All of them in an environment, in the order of the file. */
  public in(home: ResolvedEnvironment): T[] {
    return [...(this.byEnvironment.get(home)?.values() ?? [])].filter((item) => item !== undefined);
  }

  /** One of them; reports a name that nothing in this environment has. */
  public lookUp(name: string, home: ResolvedEnvironment, path: ValuePath): T | undefined {
    const here = this.byEnvironment.get(home);
    if (!this.scope.knows(this.key) || here?.has(name) === true) return here?.get(name);
    const { name: environment } = home.environment;
    if (entryOf(this.scope.file[this.key] as Readonly<Record<string, unknown>> | undefined, name) !== undefined) {
      this.scope.report(path, {
        message: `the ${this.title} \`${name}\` is not in ${environment}`,
        given: name,
        allowed: `its environments: ${this.environmentsOf(name)}`,
        fix: `add ${environment} to its \`environments\`, or leave it out of this entry’s`,
      });
      return undefined;
    }
    this.scope.reportUnknown(name, path, {
      message: `unknown ${this.title}`,
      names: Object.keys(this.scope.file[this.key] ?? {}),
      none: `none: the tenant has no \`${this.key}\``,
      fix: `add it to \`${this.key}\``,
    });
    return undefined;
  }

  /** Resolves one entry for each environment that it is in; reports those that lack what it needs. */
  public add<Key extends OwnedKey, Provider>(kind: OwnedKind<Key, Provider, T>, name: string, file: FileOf<Key>): void {
    const path: ValuePath = [kind.key, name];
    const homes = this.scope.homes.filter(({ environment }) => covers(file.environments, environment));
    const lacking = homes.filter((home) => {
      const provided = kind.find(home, file);
      const isThere = typeof provided === 'object';
      const entry = { name, file, path, home, scope: this.scope };
      this.byEnvironment.get(home)?.set(name, isThere ? kind.resolve(entry, provided.provider) : undefined);
      return provided === 'lacking';
    });
    if (lacking.length === 0) return;
    const { at, ...finding } = kind.lacking(lacking, file);
    const having = homes.filter((home) => !lacking.includes(home)).map(({ environment }) => environment.name);
    const fix =
      having.length === 0 ? finding.fix : `write \`environments: [${having.join(', ')}]\` here, or ${finding.fix}`;
    this.scope.report([...path, ...at], { ...finding, fix }, at.length === 0 ? 'key' : undefined);
  }

  private environmentsOf(name: string): string {
    const having = this.scope.homes.filter((home) => this.byEnvironment.get(home)?.has(name) === true);
    return having.map(({ environment }) => environment.name).join(', ') || 'none';
  }
}

/** Everything that a tenant has of one kind. */
export function resolveOwned<Key extends OwnedKey, Provider, T>(
  scope: TenantScope,
  kind: OwnedKind<Key, Provider, T>,
): Owned<T> {
  const owned = new Owned<T>(scope, kind.key, kind.title);
  const files = (scope.file[kind.key] ?? {}) as Readonly<Record<string, FileOf<Key>>>;
  for (const [name, file] of Object.entries(files)) owned.add(kind, name, file);
  return owned;
}
