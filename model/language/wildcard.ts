/**
 * Whether a pattern stands for a text. `*` stands for any characters, dots and slashes included, and for none. A `*` in the text
 * is matched by a `*` of the pattern alone: if the text is a pattern itself, everything that it stands for is in the other one.
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
