import { engineNames } from '../environment/engines';
import { PlatformError, type Problem } from '../errors';
import type { Inventory } from '../inventory';
import { nameRule, type NameKind } from '../language/rules/name';
import { loadInventory, type InventoryFile, type InventoryFiles } from '../load';
import { classify } from '../source/classify';
import { decode, encodeEdited } from '../source/decode';
import { displayPath } from '../source/source-file';
import { unknownName } from '../unknown-name';
import { YamlEditor, type TextEdit } from './edit-yaml';
import { changedMeanings } from './meaning';
import { references, sections, type RenameKind } from './references';

/** Names of both as the command line has them; of a tenant, `<team>/<tenant>`. */
export interface Rename {
  readonly kind: RenameKind;
  readonly from: string;
  readonly to: string;
}

/** A file that gets another place, another content, or both. */
export interface ChangedFile {
  /** Relative to the inventory, with `/` between segments. */
  readonly path: string;
  readonly newPath: string;
  readonly edits: readonly TextEdit[];
  readonly bytes: Uint8Array;
}

/** Everything that a rename changes, and both inventories. */
export interface RenamePlan {
  readonly rename: Rename;
  readonly files: readonly ChangedFile[];
  readonly before: Inventory;
  readonly after: Inventory;
}

/**
 * Plans the edits of a rename, and checks the edited inventory. Pure: nothing is written.
 *
 * @throws PlatformError `usage` for an unknown or existing name, `inventory` with all problems of the inventory, before or after the edits,
 * and if something would have another meaning for servers
 */
export function planRename(files: InventoryFiles, rename: Rename): RenamePlan {
  const before = loadInventory(files);
  const problems = nameProblems(rename, before, files);
  if (problems.length > 0) throw new PlatformError('usage', problems);
  const edited = files.map((file) => editFile(file, rename));
  const faults = edited.flatMap(({ problems: found }) => found);
  if (faults.length > 0) throw new PlatformError('inventory', faults);
  const changed = edited.flatMap(({ file }) => file ?? []);
  const byPath = new Map(changed.map((file) => [file.path, file]));
  const after = loadEdited(
    files.map((file) => {
      const found = byPath.get(file.path);
      return found === undefined ? file : { path: found.newPath, bytes: found.bytes };
    }),
    changed,
  );
  const [different] = changedMeanings(before, after);
  if (different !== undefined) {
    throw new PlatformError('inventory', [
      {
        message: `the rename would also change the ${different}`,
        given: 'an alias of YAML stands for this name and for something else',
        fix: 'write the values out, then rename',
      },
    ]);
  }
  return { rename, files: changed, before, after };
}

/** Where a file of the inventory is after the rename. */
export function newPathOf(path: string, { kind, from, to }: Rename): string {
  const found = classify(path);
  if (kind === 'team' && path.startsWith(`tenants/${from}/`))
    return `tenants/${to}${path.slice(`tenants/${from}`.length)}`;
  if (kind === 'tenant' && found.kind === 'tenant' && `${found.team}/${found.name}` === from)
    return `tenants/${to}.yaml`;
  if (kind === 'environment' && found.kind === 'environment' && found.name === from) return `environments/${to}.yaml`;
  return path;
}

function editFile(file: InventoryFile, rename: Rename): { file?: ChangedFile; problems: Problem[] } {
  const { path } = file;
  const newPath = newPathOf(path, rename);
  const found = classify(path);
  if (!('bytes' in file)) return { problems: [] };
  if (found.kind === 'other' || found.kind === 'stray') {
    return { problems: [], ...(newPath !== path && { file: { path, newPath, edits: [], bytes: file.bytes } }) };
  }
  const editor = new YamlEditor(textOf(file));
  for (const way of references[rename.kind][found.kind] ?? []) editor.replace(way, (name) => renamed(name, rename));
  const [oldName, newName] = [rename.from, rename.to].map((name) => name.split('/').at(-1) ?? '') as [string, string];
  const section = rename.kind === 'engine' || rename.kind === 'method' ? sections[rename.kind] : undefined;
  if (section?.file === found.kind) editor.keepServerName(oldName, newName, section.key, oldName);
  const isOwnFile = newPath !== path && rename.kind !== 'team' && oldName !== newName;
  if (isOwnFile) editor.keepServerName(oldName, newName);
  const problems = editor.faults.map((fault) => ({ file: displayPath(path), ...fault }));
  const edits = editor.changes;
  if (edits.length === 0 && newPath === path) return { problems };
  const bytes = edits.length === 0 ? file.bytes : encodeEdited(editor.result(), file.bytes);
  return { problems, file: { path, newPath, edits, bytes } };
}

/** Text of a file of a valid inventory. */
function textOf({ path, bytes }: Extract<InventoryFile, { readonly bytes: unknown }>): string {
  const text = decode(bytes, path);
  if (typeof text !== 'string') throw new Error(text.message);
  return text;
}

/** The new text of a reference; undefined if it refers to something else. */
function renamed(name: string, { kind, from, to }: Rename): string | undefined {
  if (kind === 'team' && name.startsWith(`${from}/`)) return `${to}${name.slice(from.length)}`;
  return name === from ? to : undefined;
}

const ruleOf: Readonly<Record<Exclude<RenameKind, 'tenant'>, NameKind>> = {
  team: 'team',
  environment: 'environment',
  engine: 'authority',
  method: 'auth method',
};

function nameProblems(rename: Rename, inventory: Inventory, files: InventoryFiles): Problem[] {
  const { kind, from, to } = rename;
  const known = namesOf(kind, inventory);
  const problems: Problem[] = [];
  if (!known.includes(from)) {
    const isFixed = kind === 'engine' && engineNames.has(from);
    const message = isFixed ? 'this engine has one path in each environment and no name of its own' : `unknown ${kind}`;
    problems.push({
      ...unknownName({ message, given: from, known }),
      ...(isFixed && { fix: 'keep it: only authorities have names of their own' }),
    });
  }
  const words = to.split('/');
  const parts: readonly (readonly [NameKind, string])[] =
    kind === 'tenant'
      ? [
          ['team', words[0] ?? ''],
          ['tenant', words.slice(1).join('/')],
        ]
      : [[ruleOf[kind], to]];
  for (const [part, name] of parts) {
    const { allowed, fault } = nameRule(part);
    const wrong = fault(name);
    if (wrong !== undefined)
      problems.push({ ...wrong, given: to, allowed: kind === 'tenant' ? '<team>/<tenant>' : allowed });
  }
  return problems.length > 0 ? problems : takenProblems(rename, files);
}

/** Problems of a name that exists already, each at its place. */
function takenProblems(rename: Rename, files: InventoryFiles): Problem[] {
  const { kind, to } = rename;
  const words = {
    message: `this ${kind} exists already`,
    given: to,
    fix: 'choose another name, or rename that one first',
  };
  if (kind === 'engine' || kind === 'method') {
    const { file: fileKind, key } = sections[kind];
    return files.flatMap((file) => {
      if (classify(file.path).kind !== fileKind || !('bytes' in file)) return [];
      const position = new YamlEditor(textOf(file)).positionOfKey(key, to);
      return position === undefined ? [] : [{ file: displayPath(file.path), ...position, ...words }];
    });
  }
  const target = newPathOf(fileOf(rename), rename);
  return files.flatMap(({ path }) =>
    path === target || (kind === 'team' && path.startsWith(`tenants/${to}/`))
      ? [{ file: displayPath(path), line: 1, column: 1, ...words }]
      : [],
  );
}

/** The file of what is renamed, if it has one. */
const fileOf = ({ kind, from }: Rename): string =>
  kind === 'tenant' ? `tenants/${from}.yaml` : `${kind}s/${from}.yaml`;

function namesOf(kind: RenameKind, { clusters, environments, tenants }: Inventory): string[] {
  switch (kind) {
    case 'tenant':
      return tenants.map(({ team, inventoryName }) => `${team}/${inventoryName}`);
    case 'team':
      return unique(tenants.map(({ team }) => team));
    case 'environment':
      return environments.map(({ inventoryName }) => inventoryName);
    case 'engine':
      return unique(environments.flatMap(({ authorities }) => authorities.map(({ inventoryName }) => inventoryName)));
    case 'method':
      return unique(clusters.flatMap(({ authMethods }) => authMethods.map(({ inventoryName }) => inventoryName)));
  }
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];

/** Problems are reported where the files are now. */
function loadEdited(files: InventoryFiles, changed: readonly ChangedFile[]): Inventory {
  try {
    return loadInventory(files);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const places = new Map(changed.map((file) => [displayPath(file.newPath), file]));
    throw new PlatformError(
      error.code,
      error.problems.map((problem) => {
        const found = places.get(problem.file ?? '');
        if (found === undefined) return problem;
        const { line = 1 } = problem;
        const added = found.edits.filter(
          ({ line: at, before, after }) => before === '' && after.includes('\n') && at < line,
        );
        return { ...problem, file: displayPath(found.path), line: line - added.length };
      }),
    );
  }
}
