const maxShown = 80;

/** Control characters, and those that reorder or hide text: in a terminal they could make a message say something else. */

const invisible = /[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069\uFEFF]|\p{Surrogate}/gu;

/** Text on one line that is safe to print: what is invisible becomes `\uXXXX`. */
export function printable(text: string): string {
  return text.replace(invisible, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** At most about 80 characters of a text, safe to print. */
export function shorten(text: string): string {
  return text.length <= maxShown ? printable(text) : `${printable(text.slice(0, maxShown - 1))}…`;
}

/** A value from a file as an error message shows it: texts that could be mistaken for something else stand in quotes. */
export function show(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return isPlainWord(value) ? shorten(value) : shorten(`"${value}"`);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  const keys = Object.keys(value ?? {});
  if (keys.length > 0) return shorten(`a map with the keys ${keys.slice(0, 10).join(', ')}`);
  return value === null || value === undefined ? 'nothing' : 'an empty map';
}

/** A text or number as one writes it in a list of YAML, in quotes where these are necessary. */
export const inYaml = (value: unknown): string =>
  typeof value === 'string' && !/^[a-z](?:[\w./-]*\w)?$/i.test(value)
    ? `'${value.replaceAll("'", "''")}'`
    : String(value);

function isPlainWord(text: string): boolean {
  return /^[\w./:*+-]+$/.test(text) && !/^(true|false|null|[\d.+-]+)$/i.test(text);
}
