import { z } from 'zod';

import type { ClusterFile } from '../cluster/cluster';
import type { EnvironmentFile } from '../environment/environment';
import type { Problem } from '../errors';
import { soundPart } from '../language/map';
import { nearest } from '../language/nearest';
import type { Fault } from '../language/rule';
import { nameRule, type NameKind } from '../language/rules/name';
import { shorten, show } from '../language/show';
import type { NamesFile } from '../register/names-file';
import type { TenantFile } from '../tenant/tenant';
import { allowedPlaces, classify } from './classify';
import { correct } from './correct';
import { decode } from './decode';
import { reportIssues } from './issues';
import { clusterKind, environmentKind, namesKind, tenantKind, type FileKind } from './kinds';
import { compare, type ProblemList } from './problem-list';
import { displayPath, SourceFile } from './source-file';

/** A file of the inventory as it was read: its bytes, or why there are none. */
export type InventoryFile = {
  /** Relative to the inventory, with `/` between segments, for example `clusters/prod.yaml`. */
  readonly path: string;
} & ({ readonly bytes: Uint8Array } | { readonly unreadable: Fault });

/** One file of the inventory by itself: its own schema was applied, references were not looked up. */
export interface Entry<File> {
  readonly name: string;
  readonly source: SourceFile;
  /** Undefined when the file could not be understood; the name exists nevertheless. */
  readonly value: File | undefined;
  /**
   * Keys of the file that have problems: what they hold is not known, so that nothing is to be said about what refers to it. Of a
   * section, `kubernetes`, also those in it: `kubernetes.replicas`.
   */
  readonly unsound: ReadonlySet<PropertyKey>;
}

export type TenantEntry = Entry<TenantFile> & { readonly team: string };

/** All files, each kind sorted by path. */
export interface Entries {
  readonly clusters: readonly Entry<ClusterFile>[];
  readonly environments: readonly Entry<EnvironmentFile>[];
  readonly tenants: readonly TenantEntry[];
  /** Teams with files that nothing reads, such as `.yml`, so that not all of their tenants are known. */
  readonly partlyRead: ReadonlySet<string>;
  /** The register of names. @default - there is none */
  readonly names?: Entry<NamesFile>;
}

/** Sorts the files by kind and applies each kind's schema. */
export function readEntries(files: readonly InventoryFile[], problems: ProblemList): Entries {
  const clusters: Entry<ClusterFile>[] = [];
  const environments: Entry<EnvironmentFile>[] = [];
  const tenants: TenantEntry[] = [];
  const partlyRead = new Set<string>();
  let names: Entry<NamesFile> | undefined;
  const paths = new Set<string>();
  for (const file of [...files].sort((a, b) => compare(a.path, b.path))) {
    const found = classify(file.path);
    const report = (message: string, fix: string, more: Partial<Problem> = {}): void => {
      problems.add({ file: displayPath(file.path), line: 1, column: 1, message, fix, ...more });
    };
    const checkName = (kind: NameKind, name: string): void => {
      const { allowed, fault } = nameRule(kind);
      const wrong = fault(name);
      if (wrong !== undefined) report(wrong.message, wrong.fix, { given: show(name), allowed });
    };
    if (paths.has(file.path)) report('the file is there twice', 'keep one of the two');
    paths.add(file.path);
    if (found.kind === 'other') continue;
    const unreadable = 'unreadable' in file ? file.unreadable : undefined;
    if (unreadable !== undefined) report(unreadable.message, unreadable.fix);
    if (found.kind === 'stray') {
      if (found.team !== undefined) partlyRead.add(found.team);
      if (unreadable !== undefined) continue;
      report('nothing reads this file', found.fix, { given: shorten(file.path), allowed: allowedPlaces });
      continue;
    }
    if (found.kind === 'names') {
      names = readEntry(file, found.kind, namesKind, problems);
      continue;
    }
    checkName(found.kind, found.name);
    if (found.kind === 'cluster') clusters.push(readEntry(file, found.name, clusterKind, problems));
    else if (found.kind === 'environment') environments.push(readEntry(file, found.name, environmentKind, problems));
    else {
      checkName('team', found.team);
      tenants.push({ ...readEntry(file, found.name, tenantKind, problems), team: found.team });
    }
  }
  return { clusters, environments, tenants, partlyRead, ...(names !== undefined && { names }) };
}

function readEntry<File extends object>(
  file: InventoryFile,
  name: string,
  kind: FileKind<File>,
  problems: ProblemList,
): Entry<File> {
  const text = 'bytes' in file ? decode(file.bytes, file.path) : undefined;
  const source = new SourceFile(file.path, typeof text === 'string' ? text : '');
  if (text === undefined) return { name, source, value: undefined, unsound: none };
  const read = typeof text === 'string' ? source.read() : { faults: [text] };
  if ('faults' in read) {
    for (const fault of read.faults) problems.add({ file: source.file, ...fault });
    return { name, source, value: undefined, unsound: none };
  }
  const result = kind.schema.safeParse(read.value);
  if (result.success) return { name, source, value: result.data, unsound: none };
  const { issues } = result.error;
  reportIssues(issues, read.value, source, problems, Object.keys(kind.shape));
  const corrected = correctedParts(kind, read.value, issues);
  const keys = unsoundKeys(issues);
  for (const key of Object.keys(corrected)) keys.delete(key);
  const sections = soundSections(kind, read.value, issues);
  const inside = sections.flatMap(({ name: section, unsound }) =>
    [...unsound].map((key) => `${section}.${String(key)}`),
  );
  const sound = soundPart(kind.shape, read.value, new Set([...keys, ...Object.keys(corrected)]));
  const value = sound && {
    ...kind.standIn,
    ...(sound as Partial<File>),
    ...corrected,
    ...Object.fromEntries(sections.map(({ name: section, value: part }) => [section, part])),
  };
  return { name, source, value, unsound: new Set([...keys, ...inside]) };
}

const none: ReadonlySet<PropertyKey> = new Set();

/** Parts of a file that are known in spite of their problems. */
function correctedParts<File extends object>(
  { correctable = [], shape }: FileKind<File>,
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
): Partial<File> {
  const parts = correctable.flatMap((key) => {
    const own = issues.filter(({ path }) => path[0] === key).map((issue) => ({ ...issue, path: issue.path.slice(1) }));
    if (own.length === 0) return [];
    const corrected = correct((value as Readonly<Record<string, unknown>>)[key], own);
    const { success, data } = z.safeParse(shape[key]!, corrected);
    return corrected !== undefined && success ? [[key, data] as const] : [];
  });
  return Object.fromEntries(parts) as Partial<File>;
}

/** An unknown key stands for itself and for the one that was probably meant. */
function unsoundKeys(issues: readonly z.core.$ZodIssue[]): Set<PropertyKey> {
  return new Set(
    issues.flatMap(({ path, message, ...issue }): PropertyKey[] =>
      path.length === 0 && 'keys' in issue
        ? issue.keys.flatMap((key) => [key, nearest(key, message.split(', ')) ?? key])
        : path.slice(0, 1),
    ),
  );
}

interface SoundSection {
  readonly name: string;
  readonly value: object;
  readonly unsound: ReadonlySet<PropertyKey>;
}

/** What is left of the sections that have a problem; those that are no map at all are left out. */
function soundSections<File extends object>(
  kind: FileKind<File>,
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
): SoundSection[] {
  return Object.entries(kind.sections ?? {}).flatMap(([name, section]) => {
    const own = issues.filter(({ path }) => path[0] === name).map((issue) => ({ ...issue, path: issue.path.slice(1) }));
    if (own.length === 0) return [];
    const unsound = unsoundKeys(own);
    const sound = soundPart(section.shape, (value as Readonly<Record<string, unknown>>)[name], unsound);
    return sound === undefined ? [] : [{ name, value: { ...section.standIn, ...sound }, unsound }];
  });
}
