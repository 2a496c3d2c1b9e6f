import { stringify } from 'yaml';

import { PlatformError, type Problem } from '../errors';
import { linkInventory, type InventoryFiles } from '../load';
import { environmentPlaceholder } from '../names';
import { YamlEditor, type TextEdit } from '../rename/edit-yaml';
import { classify } from '../source/classify';
import { decode, encodeEdited } from '../source/decode';
import { parseYaml } from '../source/parse-yaml';
import { ProblemList } from '../source/problem-list';
import { displayPath } from '../source/source-file';
import { ownedKeys } from '../tenant/owned';
import { shortPolicyName } from './policy-names';
import { registerHeader, registerPath } from './register-text';

/** A file with its new content. */
export interface KeptFile {
  readonly path: string;
  /** @default - the file is new */
  readonly edits?: readonly TextEdit[];
  readonly bytes: Uint8Array;
}

/** What joins the parts of names that servers have. */
export const joints = ['dashes', 'dots'] as const;
export type Joint = (typeof joints)[number];

type Values = Readonly<Record<string, unknown>>;

/**
 * Plans the change of an inventory whose policies have the tenant and the environment in their names: short names in the tenants' files, and
 * a register that keeps every name that servers have. Pure: nothing is written.
 *
 * @param joint `dots` keeps no name. @default dashes, if the name of a policy shows it or there is no name to keep
 * @throws PlatformError `usage` if there is a register already, `inventory` with all problems of the changed inventory
 */
export function planKeep(files: InventoryFiles, joint?: Joint): KeptFile[] {
  if (files.some((file) => file.path === registerPath)) {
    throw new PlatformError('usage', [
      {
        message: 'the inventory has a register of names already',
        file: displayPath(registerPath),
        fix: 'edit it: the command is for an inventory of the version before, once',
      },
    ]);
  }
  const problems: Problem[] = [];
  const kept: Record<string, Values> = {};
  const edited = files.flatMap((file): KeptFile[] => {
    const found = classify(file.path);
    const read = found.kind === 'tenant' && 'bytes' in file ? contentOf(file) : undefined;
    if (read === undefined || found.kind !== 'tenant' || !('bytes' in file)) return [];
    const { text, value } = read;
    const server = typeof value.nameOnServer === 'string' ? value.nameOnServer : found.name;
    const short = shortNames(value, [found.name, server]);
    const own = keptNames(value, server, short);
    if (Object.keys(own).length > 0) kept[server] = own;
    const editor = new YamlEditor(text);
    editor.replace('policies.*.name', (name) => changed(name, short.get(name)));
    for (const way of ['agents.*.policy', 'expect.*.policy']) {
      editor.replace(way, (name) => changed(name, short.get(name) ?? filledIn(name, short)));
    }
    problems.push(...editor.faults.map((fault) => ({ file: displayPath(file.path), ...fault })));
    const edits = editor.changes;
    return edits.length === 0 ? [] : [{ path: file.path, edits, bytes: encodeEdited(editor.result(), file.bytes) }];
  });
  if (problems.length > 0) throw new PlatformError('inventory', problems);
  const hasKept = Object.keys(kept).length > 0;
  if (joint === undefined && hasKept && edited.length === 0) throw new PlatformError('usage', [unknownJoint]);
  if (joint === 'dots' && edited.length > 0) throw new PlatformError('usage', edited.map(joinedByDashes));
  const overlappingEnvironments = overlapping(files);
  const content = {
    ...(hasKept && joint !== 'dots' && { kept }),
    ...(overlappingEnvironments.length > 0 && { overlappingEnvironments }),
  };
  const text = `${registerHeader}${Object.keys(content).length > 0 ? stringify(content, { lineWidth: 0 }) : '{}\n'}`;
  const register: KeptFile = { path: registerPath, bytes: Buffer.from(text) };
  const byPath = new Map(edited.map((file) => [file.path, file]));
  // Who owns what is for a later step of an upgrade.
  const found = new ProblemList();
  linkInventory([...files.map((file) => byPath.get(file.path) ?? file), register], found);
  found.throwIfAny();
  return [...edited, register];
}

const unknownJoint: Problem = {
  message: 'whether names on servers are joined by dashes or dots cannot be seen from the names of policies',
  fix: 'look at a policy, key or role on a server: `--joined-by dashes` keeps all names; `--joined-by dots` is for an inventory that only this version was applied with, and keeps none',
};

const joinedByDashes = ({ path, edits: [edit] = [] }: KeptFile): Problem => ({
  message: 'the name of a policy is one of those that are joined by dashes',
  file: displayPath(path),
  ...(edit !== undefined && { line: edit.line, column: edit.column, given: edit.before }),
  fix: 'repeat this without `--joined-by dots`',
});

function contentOf({
  path,
  bytes,
}: Pick<KeptFile, 'path' | 'bytes'>): { readonly text: string; readonly value: Values } | undefined {
  const text = decode(bytes, path);
  if (typeof text !== 'string') return undefined;
  const parsed = parseYaml(text);
  return 'value' in parsed && isValues(parsed.value) ? { text, value: parsed.value } : undefined;
}

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const changed = (from: string, to: string | undefined): string | undefined => (from === to ? undefined : to);

/** Short names by the names of policies so far; of two that would be the same, the later one gets a number. */
function shortNames({ policies }: Values, tenants: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const policy of Array.isArray(policies) ? (policies as unknown[]) : []) {
    if (!isValues(policy) || typeof policy.name !== 'string' || names.has(policy.name)) continue;
    const short = shortPolicyName(policy.name, tenants);
    let free = short;
    for (let number = 2; taken.has(free); number++) free = `${short}-${number}`;
    taken.add(free);
    names.set(policy.name, free);
  }
  return names;
}

/** The short name of a policy that is referred to by its name in one environment. */
function filledIn(name: string, short: ReadonlyMap<string, string>): string | undefined {
  if (name === 'ro' || name === 'rw') return undefined;
  const found = [...short].find(([former]) => {
    const parts = former.split(environmentPlaceholder);
    return parts.length > 1 && new RegExp(`^${parts.join('[a-z][a-z0-9-]*')}$`).test(name);
  });
  return found?.[1];
}

function keptNames(value: Values, server: string, short: ReadonlyMap<string, string>): Values {
  const policies = Object.fromEntries([...short].map(([former, name]) => [name, former]));
  const owned = ownedKeys.flatMap((key) => {
    const entries = value[key];
    const names = isValues(entries) ? Object.keys(entries) : [];
    return names.length === 0 ? [] : [[key, Object.fromEntries(names.map((name) => [name, `${server}-${name}`]))]];
  });
  return {
    ...(short.size > 0 && { policies }),
    ...(Object.fromEntries(owned) as Values),
    ...(value.identity !== undefined && { identity: `${server}-${environmentPlaceholder}` }),
  };
}

/** Environments whose names on servers end with a dash and the name of another one of their cluster. */
function overlapping(files: InventoryFiles): string[] {
  const environments = files.flatMap((file) => {
    const found = classify(file.path);
    const value = found.kind === 'environment' && 'bytes' in file ? contentOf(file)?.value : undefined;
    if (value === undefined || found.kind !== 'environment') return [];
    return [{ cluster: value.cluster, name: typeof value.nameOnServer === 'string' ? value.nameOnServer : found.name }];
  });
  return environments
    .filter(({ cluster, name }) =>
      environments.some((other) => other.cluster === cluster && name.endsWith(`-${other.name}`)),
    )
    .map(({ name }) => name)
    .sort();
}
