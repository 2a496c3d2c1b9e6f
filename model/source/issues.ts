import type { z } from 'zod';

import { nearest } from '../language/nearest';
import type { Fault } from '../language/rule';
import { shorten, show } from '../language/show';
import type { Finding, ProblemList } from './problem-list';
import type { SourceFile, ValuePath } from './source-file';

/**
 * Reports what a schema found. The message of an issue says what is allowed (model/language/map.ts).
 *
 * @param rootKeys keys that the file itself can have
 */
export function reportIssues(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  source: SourceFile,
  problems: ProblemList,
  rootKeys: readonly string[],
): void {
  const isConsequence = consequences(issues, value);
  for (const issue of issues) {
    const path = issue.path as ValuePath;
    if (isConsequence(issue)) continue;
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const isOfFile = path.length > 0 && rootKeys.includes(key) && valueAt(value, [key]) === undefined;
        problems.addAt(source, [...path, key], unknownKey(key, issue, isOfFile), 'key');
      }
    } else if (issue.code === 'invalid_key') {
      // A map whose keys a file gives: what is wrong with one of them is said about the key, not about what it holds.
      for (const inner of issue.issues) problems.addAt(source, path, finding(inner, path, path.at(-1)), 'key');
    } else {
      problems.addAt(source, path, finding(issue, path, valueAt(value, path)));
    }
  }
}

/**
 * Tells what follows from an unknown key, for which one problem is reported: that a key is missing which the file has under another name,
 * `Description`, or under a merge key; and what a check of the map's keys then finds, for example that there are too few.
 */
function consequences(issues: readonly z.core.$ZodIssue[], value: unknown): (issue: z.core.$ZodIssue) => boolean {
  const named = new Map<string, ReadonlySet<string | undefined>>();
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const meant = issue.keys.map((key) => (key === '<<' ? key : nearest(key, issue.message.split(', '))));
    named.set(JSON.stringify(issue.path), new Set(meant));
  }
  return ({ code, path }) => {
    if (code === 'unrecognized_keys') return false;
    if (code === 'custom' && named.has(JSON.stringify(path))) return true;
    if (path.length === 0 || valueAt(value, path as ValuePath) !== undefined) return false;
    const keys = named.get(JSON.stringify(path.slice(0, -1)));
    return keys?.has('<<') === true || keys?.has(String(path.at(-1))) === true;
  };
}

type UnknownKeys = z.core.$ZodIssueUnrecognizedKeys & {
  readonly params?: { readonly owners: Readonly<Record<string, string | undefined>> };
};

function unknownKey(key: string, issue: UnknownKeys, isOfFile: boolean): Finding {
  const { message: allowed } = issue;
  const isMerge = key === '<<';
  return {
    message: isMerge ? 'unknown key `<<`: merge keys are not a part of YAML 1.2' : `unknown key \`${shorten(key)}\``,
    given: show(key),
    allowed,
    fix: isMerge ? 'write the values out' : fixForKey(key, issue, isOfFile),
  };
}

function fixForKey(key: string, { message: allowed, params }: UnknownKeys, isOfFile: boolean): string {
  const owner = params?.owners[key];
  if (owner !== undefined) return `indent it below \`${owner}:\`, whose key it is`;
  const meant = nearest(key, allowed.split(', '));
  if (meant !== undefined) return `write \`${meant}\``;
  return isOfFile ? 'write it in the first column: it is a key of the file' : 'remove it';
}

function finding(issue: z.core.$ZodIssue, path: ValuePath, given: unknown): Finding {
  const allowed = issue.message;
  if (issue.code === 'custom') return { given: show(given), allowed, ...(issue.params as unknown as Fault) };
  if (given === undefined) {
    const key = shorten(String(path.at(-1)));
    return { message: `the key \`${key}\` is missing`, allowed, fix: `add \`${key}:\` with ${allowed}` };
  }
  return {
    message: path.length === 0 ? 'this is not a map' : `wrong value for \`${showPath(path)}\``,
    given: show(given),
    allowed,
    fix: fixFor(issue, given),
  };
}

function fixFor(issue: z.core.$ZodIssue, given: unknown): string {
  const { fix } = ('params' in issue ? issue.params : {}) as { readonly fix?: string };
  if (fix !== undefined) return fix;
  const meant =
    issue.code === 'invalid_value' && typeof given === 'string' ? nearest(given, issue.values.map(String)) : undefined;
  return `write ${meant === undefined ? issue.message : `\`${meant}\``}`;
}

/** `policies[0].grants[1].path` */
function showPath(path: ValuePath): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return shorten(text.replace(/^\./, ''));
}

function valueAt(value: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
        ? (inner as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );
}
