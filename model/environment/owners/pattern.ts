import { matches } from '../../language/wildcard';

/** Whether a pattern stands for the name of a host: `*` stands for characters of one label, without dots. */
export function matchesHost(pattern: string, host: string): boolean {
  const labels = host.split('.');
  const patterns = pattern.split('.');
  return patterns.length === labels.length && patterns.every((part, index) => matches(part, labels[index] ?? ''));
}

/** Whether one of the patterns stands for each text. */
export const areWithin = (patterns: readonly string[], texts: readonly string[]): boolean =>
  texts.every((text) => patterns.some((pattern) => matches(pattern, text)));

/** Whether each text is one of the others. */
export const areAmong = (allowed: readonly string[], texts: readonly string[]): boolean =>
  texts.every((text) => allowed.includes(text));

/**
 * Whether a pattern of documents, as in grants, stands for all that another one stands for: `+` for one segment, a final `*` for any rest.
 */
export function coversPath(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const last = wanted.length - 1;
  const fits = (segment: string, index: number): boolean => {
    const there = given[index];
    if (there === undefined) return false;
    if (index === last && segment.endsWith('*')) {
      const start = segment.slice(0, -1);
      return there.startsWith(start);
    }
    if (segment === '+') return !there.endsWith('*');
    return segment === there;
  };
  const hasRest = pattern.endsWith('*');
  return (hasRest || wanted.length === given.length) && wanted.every(fits);
}
