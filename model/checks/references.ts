import { listNames, writeNearest } from '../language/nearest';
import { show } from '../language/show';
import type { ProblemList } from '../source/problem-list';
import type { SourceFile, ValuePath } from '../source/source-file';

/** What names stand for. Undefined: there is such a thing, and it has problems of its own. */
export type Known<T> = ReadonlyMap<string, T | undefined>;

/** A place in a file that names something. */
export interface Reference {
  readonly name: string;
  readonly source: SourceFile;
  readonly path: ValuePath;
  /** Where the name is the key of a map. @default - the value */
  readonly of?: 'key';
}

/** What there is to say about a name that nothing has. */
export interface Unknown {
  /** For example `unknown environment`. */
  readonly message: string;
  readonly names: readonly string[];
  /** Said as allowed when there are none. */
  readonly none: string;
  /** What to do when no name is near. */
  readonly fix: string;
}

/** What a reference to a file stands for; reports a name that no file has. */
export function lookUp<T>(
  known: Known<T>,
  what: 'cluster' | 'environment',
  reference: Reference,
  problems: ProblemList,
): T | undefined {
  const { name } = reference;
  if (name === '' || known.has(name)) return known.get(name);
  const none = `none: inventory/${what}s has no file`;
  const fix = `add inventory/${what}s/<name>.yaml`;
  reportUnknown(reference, { message: `unknown ${what}`, names: [...known.keys()], none, fix }, problems);
  return undefined;
}

/** Reports a name that nothing has, with the nearest one that something has. */
export function reportUnknown(reference: Reference, unknown: Unknown, problems: ProblemList): void {
  const { name, source, path, of } = reference;
  const { message, names, none, fix } = unknown;
  const isNone = names.length === 0;
  const finding = {
    message,
    given: show(name),
    allowed: isNone ? none : listNames(names),
    fix: writeNearest(name, names, isNone ? fix : `write one of these, or ${fix}`),
  };
  problems.addAt(source, path, finding, of);
}
