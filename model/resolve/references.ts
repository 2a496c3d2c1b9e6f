import { listNames, nearest } from '../rules/nearest';
import { show } from '../rules/show';
import type { ProblemList } from '../source/problem-list';
import type { SourceFile, ValuePath } from '../source/source-file';

/** What names stand for. Undefined: there is such a file, and it has problems of its own. */
export type Known<T> = ReadonlyMap<string, T | undefined>;

/** A place in a file that names something. */
export interface Reference {
  readonly name: string;
  readonly source: SourceFile;
  readonly path: ValuePath;
  /** Where the name is the key of a map. @default - the value */
  readonly of?: 'key';
}

/** What a reference stands for; reports a name that nothing has. */
export function lookUp<T>(
  known: Known<T>,
  what: 'cluster' | 'environment',
  reference: Reference,
  problems: ProblemList,
): T | undefined {
  const { name, source, path, of } = reference;
  if (name === '' || known.has(name)) return known.get(name);
  const names = [...known.keys()];
  const meant = nearest(name, names);
  const finding = {
    message: `unknown ${what}`,
    given: show(name),
    allowed: names.length === 0 ? `none: inventory/${what}s has no file` : listNames(names),
    mend: meant === undefined ? `write one of these, or add inventory/${what}s/<name>.yaml` : `write \`${meant}\``,
  };
  problems.addAt(source, path, finding, of);
  return undefined;
}
