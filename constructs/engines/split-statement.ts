import type { DatabasePlugin } from '../../model/environment/engines';

/** Texts and names in quotes, and comments: a semicolon in them ends no statement. */
const tokens: Readonly<Record<DatabasePlugin, string>> = {
  postgresql: [
    String.raw`--[^\n]*`,
    String.raw`\/\*[^]*?\*\/`,
    String.raw`\b[eE]'(?:[^'\\]|\\[^]|'')*'`,
    String.raw`'(?:[^']|'')*'`,
    String.raw`"(?:[^"]|"")*"`,
    String.raw`\$(?<tag>(?:[A-Za-z_]\w*)?)\$[^]*?\$\k<tag>\$`,
  ].join('|'),
  mysql: [
    String.raw`(?:--\s|#)[^\n]*`,
    String.raw`\/\*[^]*?\*\/`,
    String.raw`'(?:[^'\\]|\\[^]|'')*'`,
    String.raw`"(?:[^"\\]|\\[^]|"")*"`,
    '`(?:[^`]|``)*`',
  ].join('|'),
};

/**
 * A text of statements in the form in which the server runs each as a whole. The server splits a text at every semicolon, also inside of
 * quotes, unless the text is a list in JSON, by itself or in base64, or for PostgreSQL contains the word `END`. It stores texts without
 * spaces at their ends.
 *
 * @returns the trimmed text, or where a semicolon is inside of quotes or comments, a list of its statements in JSON
 */
export function asSent(plugin: DatabasePlugin, text: string): string {
  const trimmed = text.trim();
  const quoted = [...trimmed.matchAll(new RegExp(tokens[plugin], 'g'))].map(([token]) => token);
  const isWhole = plugin === 'postgresql' && end.test(trimmed.replaceAll(new RegExp(tokens.postgresql, 'g'), keepBody));
  if (isWhole || isList(trimmed) || !quoted.some((token) => token.includes(';'))) return trimmed;
  const list = JSON.stringify(statements(plugin, trimmed));
  return end.test(list) ? Buffer.from(list).toString('base64') : list;
}

const end = /\bEND\b/;

/** The body of a function counts, a text in quotes does not. */
const keepBody = (token: string): string => (token.startsWith('$') ? token : '');

const isList = (text: string): boolean => text.startsWith('[') && text.endsWith(']');

/** The statements of a text, in order. */
function statements(plugin: DatabasePlugin, text: string): string[] {
  const pieces = text.matchAll(new RegExp(`(?:${tokens[plugin]}|[^;])+`, 'g'));
  return [...pieces].map(([piece]) => piece.trim()).filter((piece) => piece !== '');
}
