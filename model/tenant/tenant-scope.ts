import { lookUp, reportUnknown, type Known, type Reference, type Unknown } from '../checks/references';
import type { LinkedEnvironment } from '../environment/environment';
import type { NameRegister } from '../register/name-register';
import type { TenantEntry } from '../source/entries';
import type { Finding, ProblemList } from '../source/problem-list';
import type { ValuePath } from '../source/source-file';
import type { TenantFile } from './tenant';

/** A tenant's file and what it can refer to. */
export class TenantScope {
  /** The tenant's environments, in the order of its file; unknown ones are left out. */
  public readonly homes: readonly LinkedEnvironment[];

  constructor(
    public readonly entry: TenantEntry,
    public readonly file: TenantFile,
    public readonly known: Known<LinkedEnvironment>,
    public readonly problems: ProblemList,
    public readonly names: NameRegister,
  ) {
    this.homes = file.environments
      .map((name, index) => known.get(name) ?? this.environment(name, ['environments', index]))
      .filter((environment) => environment !== undefined);
  }

  /** The tenant by its name on the server. */
  public get tenant(): { readonly name: string } {
    return { name: this.file.nameOnServer ?? this.entry.name };
  }

  /** Names of the tenant that policies had in front formerly. */
  public get formerPrefixes(): readonly string[] {
    return [this.entry.name, this.tenant.name];
  }

  /** An environment by its name; reports an unknown one. */
  public environment(name: string, path: ValuePath): LinkedEnvironment | undefined {
    return lookUp(this.known, 'environment', this.reference(name, path), this.problems);
  }

  public reference(name: string, path: ValuePath): Reference {
    return { name, source: this.entry.source, path };
  }

  public report(path: ValuePath, finding: Finding, of?: 'key'): void {
    this.problems.addAt(this.entry.source, path, finding, of);
  }

  public reportUnknown(name: string, path: ValuePath, unknown: Unknown): void {
    reportUnknown(this.reference(name, path), unknown, this.problems);
  }

  /** Whether the value of a key of the tenant's file is known: otherwise references to it are not reported. */
  public knows(key: keyof TenantFile): boolean {
    return !this.entry.unsound.has(key);
  }
}
