import type { z } from 'zod';

import { nearest } from '../language/nearest';

type Part = Record<PropertyKey, unknown>;

/**
 * A value with stand-ins for what has been reported and what no other value depends on, so that references in it can be looked up: a lifetime
 * and a reason are made up, an unknown key is the one that was probably meant, or is left out.
 *
 * @param issues what the schema found in the value; paths begin in it
 * @returns undefined if something else is wrong
 */
export function correct(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const corrected = structuredClone(value);
  const areCorrected = issues.map((issue): boolean => {
    const { path, message } = issue;
    if (issue.code === 'unrecognized_keys') {
      const map = partAt(corrected, path);
      if (map === undefined) return false;
      for (const key of issue.keys) rename(map, key, nearest(key, message.split(', ')));
      return true;
    }
    const parent = partAt(corrected, path.slice(0, -1));
    const key = path.at(-1);
    const standIn = standInFor(message);
    if (parent === undefined || key === undefined || standIn === undefined) return false;
    // The key may have been there under another name.
    if (parent[key] === undefined || issue.code === 'custom' || typeof parent[key] !== 'string') parent[key] = standIn;
    return true;
  });
  return areCorrected.every(Boolean) ? corrected : undefined;
}

function standInFor(allowed: string): string | undefined {
  if (allowed.startsWith('one line of text')) return '-';
  return allowed.startsWith('a duration') ? (/at least (\w+)/.exec(allowed)?.[1] ?? '1s') : undefined;
}

function rename(map: Part, key: string, meant: string | undefined): void {
  if (meant !== undefined && map[meant] === undefined) map[meant] = map[key];
  delete map[key];
}

function partAt(value: unknown, path: readonly PropertyKey[]): Part | undefined {
  const found = path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? (inner as Part)[step] : undefined),
    value,
  );
  return typeof found === 'object' && found !== null ? (found as Part) : undefined;
}
