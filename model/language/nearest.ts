import { closest, distance } from 'fastest-levenshtein';

import { shorten } from './show';

const longestName = 64;

/** Letters and digits alone: `TOKEN_TTL`, `token-ttl` and `tokenTtl` are one word. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/**
 * The candidate that was probably meant: the same but for case and separators; or at most two letters or a third of them differ, of three
 * letters one; or the only one that is a short form of it, `prod` of `production`. Undefined when none is near.
 */
export function nearest(given: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0 || given.length > longestName) return undefined;
  const same = given === '' ? undefined : candidates.find((candidate) => plain(candidate) === plain(given));
  if (same !== undefined) return same;
  const best = closest(given, candidates);
  const length = Math.max(given.length, best.length);
  const tolerated = length <= 3 ? 1 : Math.max(2, Math.floor(length / 3));
  return distance(given, best) <= tolerated ? best : shortFormOf(given, candidates);
}

function shortFormOf(given: string, candidates: readonly string[]): string | undefined {
  const word = plain(given);
  const found = candidates.filter((candidate) => candidate.length >= 4 && word.startsWith(candidate));
  return found.length === 1 ? found[0] : undefined;
}

/** What to do about an unknown name: write the nearest one that there is, or something else. */
export function writeNearest(given: string, candidates: readonly string[], otherwise: string): string {
  const meant = nearest(given, candidates);
  return meant === undefined ? otherwise : `write \`${shorten(meant)}\``;
}

/** Up to twelve names, for a message. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 12).map(shorten).join(', ');
  return names.length > 12 ? `${shown}, … (${names.length} in all)` : shown;
}
