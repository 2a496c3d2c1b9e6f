import type { Rule } from './rule';

/** Whether a rule matches a path. The path is as the server compares it, without a leading slash. */
export const matches = (rule: Rule, path: string): boolean => {
  switch (rule.kind) {
    case 'exact':
      return path === rule.text;
    case 'prefix':
      return path.startsWith(rule.text);
    case 'segments':
      return segmentsMatch(segmentsOf(rule.text), rule.text.endsWith('*'), path);
  }
};

/** Segments of a pattern of the kind `segments`, without its final `*`. */
export const segmentsOf = (text: string): string[] => (text.endsWith('*') ? text.slice(0, -1) : text).split('/');

/**
 * Compares segment by segment: `+` is any one segment.
 *
 * @param isOpen whether the last segment is only the beginning of a segment, after which others may follow
 */
export const segmentsMatch = (segments: readonly string[], isOpen: boolean, path: string): boolean => {
  const last = segments.length - 1;
  let start = 0;
  for (let index = 0; index < last; index += 1) {
    const end = path.indexOf('/', start);
    if (end === -1) return false;
    const segment = segments[index]!;
    if (segment !== '+' && (segment.length !== end - start || !path.startsWith(segment, start))) return false;
    start = end + 1;
  }
  const segment = segments[last]!;
  if (isOpen) return path.startsWith(segment, start);
  if (path.includes('/', start)) return false;
  return segment === '+' || (segment.length === path.length - start && path.startsWith(segment, start));
};
