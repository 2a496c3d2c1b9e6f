import type { Operation } from '../decide/request';
import type { Mount } from '../principals/access-model';
import { kvFolders, kvWords } from './kv-words';
import type { PathClass } from './path-class';

/** Classes of several operations that concern the same paths, in the words of people. */
export interface FoldedClass {
  /** For example `read documents`, `list documents`; operations where there are no better words. */
  readonly actions: readonly string[];
  readonly include: string;
  /** See {@link PathClass.within}. */
  readonly within: readonly string[];
  readonly except: readonly string[];
  /** As the server calls them: what the folded paths were made of. */
  readonly classes: readonly { readonly operation: Operation; readonly class: PathClass }[];
}

/**
 * Folds the API paths of KV version 2 into the paths that people use: `kv/data/ledger/*` becomes "read documents" of `kv/ledger/*`.
 * Operations on the same paths under the same conditions are put together. What is not below one such mount stays as it is.
 *
 * @param mounts of the server
 */
export const foldKv = (
  classes: readonly { readonly operation: Operation; readonly class: PathClass }[],
  mounts: readonly Mount[],
): readonly FoldedClass[] => {
  const paths = mounts.filter(({ type }) => type === 'kv-v2').map(({ path }) => path);
  const folded = new Map<string, { -readonly [Key in keyof FoldedClass]: FoldedClass[Key] }>();
  for (const one of classes) {
    const { action, ...place } = fold(one.operation, one.class, paths);
    const key = JSON.stringify([place, one.class.conditions]);
    const same = folded.get(key);
    if (same === undefined) folded.set(key, { actions: [action], ...place, classes: [one] });
    else {
      if (!same.actions.includes(action)) same.actions = [...same.actions, action];
      same.classes = [...same.classes, one];
    }
  }
  return [...folded.values()];
};

interface Folded extends Pick<FoldedClass, 'include' | 'within' | 'except'> {
  readonly action: string;
}

const fold = (operation: Operation, { include, within, except }: PathClass, mounts: readonly string[]): Folded => {
  const plain = { action: operation, include, within, except };
  const mount = mounts.find((path) => include.startsWith(path));
  if (mount === undefined || within.length > 0) return plain;
  const [folder = '', ...rest] = include.slice(mount.length).split('/');
  const action = rest.length > 0 && kvFolders.has(folder) ? kvWords(folder, operation) : undefined;
  if (action === undefined) return plain;
  const exceptions = except.map((text) => withoutFolder(text, mount, folder));
  return { action, include: `${mount}${rest.join('/')}`, within, except: exceptions };
};

/** An exception can have `+` in place of segments of the mount or of the folder. It loses only the segment of the folder. */
const withoutFolder = (text: string, mount: string, folder: string): string => {
  const place = mount.split('/').length - 1;
  const segments = text.split('/');
  const found = segments[place];
  const isFolder = found === folder || found === '+';
  return isFolder && segments.length > place + 1 ? segments.filter((_, index) => index !== place).join('/') : text;
};
