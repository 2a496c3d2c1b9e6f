/** Controls and line breaks as text, so that a value stays on its line. */
export const oneLine = (text: string): string =>
  text.replaceAll(
    /[\u0000-\u001f\u007f\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A value as code for a line or a cell of a table: nothing in it is read as Markdown or HTML. */
export function code(text: string): string {
  const line = oneLine(text).replaceAll('|', '\\|');
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line === '' || /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A sentence for a line or a cell of a table. */
export const prose = (text: string): string =>
  oneLine(text)
    .replaceAll(/[\\`*_{}[\]#|~@!]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** A block of code. */
export function codeBlock(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
