import { printable } from './hidden';

const maxShown = 80;

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
