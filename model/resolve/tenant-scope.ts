import type { Environment } from '../inventory';
import type { TenantFile } from '../schema/tenant';
import type { TenantEntry } from '../source/entries';
import type { Finding, ProblemList } from '../source/problem-list';
import type { ValuePath } from '../source/source-file';
import type { ResolvedEnvironment } from './environments';
import { lookUp, reportUnknown } from './references';
import type { Known, Reference, Unknown } from './references';

/** A tenant's file and what it can refer to: what the parts that resolve it share. */
export class TenantScope {
  /** The tenant's environments, in the order of its file; without those that there are not. */
  public readonly homes: readonly ResolvedEnvironment[];

  constructor(
    public readonly entry: TenantEntry,
    public readonly file: TenantFile,
    public readonly known: Known<ResolvedEnvironment>,
    public readonly problems: ProblemList,
  ) {
    this.homes = file.environments.flatMap((name, index) => {
      const environment = this.environment(name, ['environments', index]);
      return environment === undefined ? [] : [environment];
    });
  }

  /** An environment by its name; reports one that there is not. */
  public environment(name: string, path: ValuePath): ResolvedEnvironment | undefined {
    return lookUp(this.known, 'environment', this.reference(name, path), this.problems);
  }

  public reference(name: string, path: ValuePath): Reference {
    return { name, source: this.entry.source, path };
  }

  public report(path: ValuePath, finding: Finding, of?: 'key'): void {
    this.problems.addAt(this.entry.source, path, finding, of);
  }

  /** Reports a name that nothing has. */
  public reportUnknown(name: string, path: ValuePath, unknown: Unknown): void {
    reportUnknown(this.reference(name, path), unknown, this.problems);
  }

  /** Whether what stands under a key of the tenant's file is known: otherwise nothing is said about what refers to it. */
  public knows(key: keyof TenantFile): boolean {
    return !this.entry.unsound.has(key);
  }
}

/** Whether what is limited to some of a tenant's environments exists in one of them. */
export const covers = (limited: readonly string[] | undefined, { name }: Environment): boolean =>
  limited?.includes(name) ?? true;
