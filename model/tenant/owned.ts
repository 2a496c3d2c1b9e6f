import type { LinkedEnvironment } from '../environment/environment';
import { entryOf, type Without } from '../language/absent';
import type { Finding } from '../source/problem-list';
import type { ValuePath } from '../source/source-file';
import { awsRoleKind, type AwsRole } from './aws-role';
import { certificateKind, type CertificateRole } from './certificate';
import { databaseRoleKind, type DatabaseRole } from './database-role';
import { keyKind, type TransitKey } from './key';
import { sshRoleKind, type SshRole } from './ssh-role';
import type { TenantScope } from './tenant-scope';

/** Keys of a tenant's file that hold, by name, what the tenant has in the engines of its environments. */
export const ownedKeys = ['certificates', 'keys', 'databases', 'awsRoles', 'sshRoles'] as const;
export type OwnedKey = (typeof ownedKeys)[number];

interface OwnedFile {
  readonly environments?: readonly string[];
}

/** A problem, and the key of the entry that it concerns. @default - the entry itself */
export type Lack = Finding & { readonly at?: string };

/** How the entries under one key are linked. */
export interface OwnedKind<File extends OwnedFile, Provider, T> {
  readonly key: OwnedKey;
  /** Name of the kind in messages, for example `certificate`. */
  readonly title: string;
  /** Key of the environment's file that says what entries can use. */
  readonly section: 'authorities' | 'engines';
  /** What an entry needs of an environment; undefined where there is none, `unsound` where it has problems of its own. */
  readonly find: (home: LinkedEnvironment, file: File) => Provider | 'unsound' | undefined;
  /** The entry in one environment. */
  readonly link: (entry: OwnedEntry<File>, provider: Provider) => T;
  /** The problem of environments that lack what an entry needs. */
  readonly lacking: (homes: readonly LinkedEnvironment[], file: File) => Lack;
}

/** An entry in one environment. */
export interface OwnedEntry<File extends OwnedFile> {
  readonly name: string;
  readonly file: Without<File, 'environments'>;
  readonly path: ValuePath;
  readonly home: LinkedEnvironment;
  readonly scope: TenantScope;
}

/** What a tenant has of one kind. */
class Owned<T> {
  /** By environment, then by name in the tenant's file; undefined: the entry has problems. */
  private readonly byEnvironment = new Map<LinkedEnvironment, Map<string, T | undefined>>();

  constructor(
    private readonly scope: TenantScope,
    private readonly key: OwnedKey,
    private readonly title: string,
  ) {}

  /** All of them in an environment, in the order of the file. */
  public in(home: LinkedEnvironment): readonly T[] {
    const here = this.byEnvironment.get(home);
    return here === undefined ? [] : [...here.values()].filter((item) => item !== undefined);
  }

  /** One of them by its name; reports a name that is unknown in this environment. */
  public lookUp(name: string, home: LinkedEnvironment, path: ValuePath): T | undefined {
    const here = this.byEnvironment.get(home);
    if (!this.scope.knows(this.key) || here?.has(name) === true) return here?.get(name);
    const { inventoryName: environment } = home.environment;
    const files: Readonly<Record<string, object>> = this.scope.file[this.key];
    if (entryOf(files, name) !== undefined) {
      const having = this.scope.homes.filter((other) => this.byEnvironment.get(other)?.has(name) === true);
      const environments = having.map((other) => other.environment.inventoryName).join(', ') || 'none';
      this.scope.report(path, {
        message: `the ${this.title} \`${name}\` is not in ${environment}`,
        given: name,
        allowed: `its environments: ${environments}`,
        fix: `add ${environment} to its \`environments\`, or remove it from the \`environments\` of the policy`,
      });
      return undefined;
    }
    this.scope.reportUnknown(name, path, {
      message: `unknown ${this.title}`,
      names: Object.keys(files),
      none: `none: the tenant has no \`${this.key}\``,
      fix: `add it to \`${this.key}\``,
    });
    return undefined;
  }

  /** Links one entry in each of its environments; reports those that lack what it needs. */
  public add<File extends OwnedFile, Provider>(kind: OwnedKind<File, Provider, T>, name: string, file: File): void {
    const path: ValuePath = [kind.key, name];
    const { environments, ...rest } = file;
    const homes = this.scope.homes.filter(
      ({ environment }) => environments?.includes(environment.inventoryName) ?? true,
    );
    const lacking = homes.filter((home) => {
      const provider = kind.find(home, file);
      const entry = { name, file: rest as Without<File, 'environments'>, path, home, scope: this.scope };
      const isThere = provider !== undefined && provider !== 'unsound';
      const here = this.byEnvironment.get(home) ?? new Map<string, T | undefined>();
      this.byEnvironment.set(home, here.set(name, isThere ? kind.link(entry, provider) : undefined));
      return provider === undefined && !home.unsound.has(kind.section);
    });
    if (lacking.length === 0) return;
    const { at, ...finding } = kind.lacking(lacking, file);
    const having = homes.filter((home) => !lacking.includes(home)).map(({ environment }) => environment.inventoryName);
    const fix =
      having.length === 0 ? finding.fix : `write \`environments: [${having.join(', ')}]\` here, or ${finding.fix}`;
    if (at === undefined) this.scope.report(path, { ...finding, fix }, 'key');
    else this.scope.report([...path, at], { ...finding, fix });
  }
}

/** Everything that a tenant has of one kind. */
function linkOwned<File extends OwnedFile, Provider, T>(
  scope: TenantScope,
  kind: OwnedKind<File, Provider, T>,
): Owned<T> {
  const owned = new Owned<T>(scope, kind.key, kind.title);
  const files = scope.file[kind.key] as unknown as Readonly<Record<string, File>>;
  for (const [name, file] of Object.entries(files)) owned.add(kind, name, file);
  return owned;
}

/** What a tenant has in the engines of its environments, by the key of its file. */
export interface TenantEngines {
  readonly certificates: Owned<CertificateRole>;
  readonly keys: Owned<TransitKey>;
  readonly databases: Owned<DatabaseRole>;
  readonly awsRoles: Owned<AwsRole>;
  readonly sshRoles: Owned<SshRole>;
}

export const linkTenantEngines = (scope: TenantScope): TenantEngines => ({
  certificates: linkOwned(scope, certificateKind),
  keys: linkOwned(scope, keyKind),
  databases: linkOwned(scope, databaseRoleKind),
  awsRoles: linkOwned(scope, awsRoleKind),
  sshRoles: linkOwned(scope, sshRoleKind),
});
