/**
 * Whether a pattern of an owner stands for a text. `*` stands for any characters, dots and slashes included, and for none. A `*` in the text,
 * where a team may write one, is matched by a `*` of the pattern alone: everything that such a text stands for is then in the pattern.
 */
export function matches(pattern: string, text: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  // The leftmost place of each part leaves most room for those behind it.
  let at = first.length;
  const end = text.length - last.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= end;
}

/** The same for names of hosts: `*` stands for characters of one label, without dots. */
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
