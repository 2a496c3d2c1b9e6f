import type { z } from 'zod';

import { nearest } from '../language/nearest';
import type { Fault } from '../language/rule';
import { shorten, show } from '../language/show';
import type { Finding, ProblemList } from './problem-list';
import type { SourceFile, ValuePath } from './source-file';

/** Reports what a schema found. The message of an issue says what is allowed (model/language/map.ts). */
export function reportIssues(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  source: SourceFile,
  problems: ProblemList,
): void {
  const said = renamedKeys(issues);
  for (const issue of issues) {
    const path = issue.path as ValuePath;
    if (isMissing(issue, value) && said(path)) continue;
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) problems.addAt(source, [...path, key], unknownKey(key, issue.message), 'key');
    } else if (issue.code === 'invalid_key') {
      // A map whose keys a file gives: what is wrong with one of them is said about the key, not about what it holds.
      for (const inner of issue.issues) problems.addAt(source, path, finding(inner, path, path.at(-1)), 'key');
    } else {
      problems.addAt(source, path, finding(issue, path, valueAt(value, path)));
    }
  }
}

/** Whether a value is not there, by a problem of its own. */
const isMissing = (issue: z.core.$ZodIssue, value: unknown): boolean =>
  issue.code !== 'custom' && issue.path.length > 0 && valueAt(value, issue.path as ValuePath) === undefined;

/** Tells the keys that a file has under another name, `Description`, or under a merge key: one problem is reported for these. */
function renamedKeys(issues: readonly z.core.$ZodIssue[]): (path: ValuePath) => boolean {
  const named = new Map<string, ReadonlySet<string | undefined>>();
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const meant = issue.keys.map((key) => (key === '<<' ? key : nearest(key, issue.message.split(', '))));
    named.set(JSON.stringify(issue.path), new Set(meant));
  }
  return (path) => {
    const keys = named.get(JSON.stringify(path.slice(0, -1)));
    return keys?.has('<<') === true || keys?.has(String(path.at(-1))) === true;
  };
}

function unknownKey(key: string, allowed: string): Finding {
  const meant = nearest(key, allowed.split(', '));
  if (key === '<<') {
    const message = 'unknown key `<<`: merge keys are not a part of YAML 1.2';
    return { message, given: show(key), allowed, fix: 'write the values out' };
  }
  return {
    message: `unknown key \`${shorten(key)}\``,
    given: show(key),
    allowed,
    fix: meant === undefined ? 'remove it' : `write \`${meant}\``,
  };
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
  if (issue.code === 'invalid_type' && typeof given === 'number' && issue.message.startsWith('a duration')) {
    return `write a unit behind it, for example \`${given}s\``;
  }
  if (issue.code === 'invalid_type' && issue.expected === 'string' && ['number', 'boolean'].includes(typeof given)) {
    return `write ${issue.message}; quotes make a text of it: "${shorten(String(given))}"`;
  }
  if (issue.code === 'invalid_type' && ['int', 'number'].includes(issue.expected) && typeof given === 'string') {
    const number = Number(given);
    if (given.trim() !== '' && Number.isInteger(number)) return `write ${number}, without quotes and leading zeros`;
  }
  if (issue.code === 'invalid_type' && issue.expected === 'boolean' && typeof given === 'string') {
    if (/^(yes|on|y)$/i.test(given)) return 'write `true`';
    if (/^(no|off|n)$/i.test(given)) return 'write `false`';
  }
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
