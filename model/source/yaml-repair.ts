import { environmentPlaceholder } from '../names';

/** A change that cures a fault in the YAML of a text. */
export interface YamlRepair {
  /** Why the text is not valid as it is. */
  readonly message: string;
  readonly fix: string;
  /** Where the change is made: an offset in the text, in UTF-16 units. */
  readonly offset: number;
}

/** The fault of a text, and how to find that of another. */
export interface YamlTrial {
  readonly offset: number;
  /** A bracket that is missing, where the parser knows it. */
  readonly closer: string | undefined;
  /** The offset of the first fault of a text; infinity if it has none. */
  readonly firstFault: (text: string) => number;
}

interface Change {
  readonly line: string;
  readonly column: number;
  readonly message: string;
  readonly fix: string;
}

/** A text is parsed once for each change that is tried. */
const longestText = 32 * 1024;

/** The first of the usual changes that cures a text, or after which its first fault is in a later line. */
export function repairYaml(text: string, { offset, closer, firstFault }: YamlTrial): YamlRepair | undefined {
  if (text.length > longestText) return undefined;
  const lines = text.split('\n');
  const startOf = (index: number): number => lines.slice(0, index).join('\n').length + (index === 0 ? 0 : 1);
  const at = text.slice(0, offset).split('\n').length - 1;
  for (const index of suspects(lines, at)) {
    const line = lines[index] ?? '';
    const isCured = (changed: string): boolean => {
      const all = lines.with(index, changed);
      return firstFault(all.join('\n')) > all.slice(0, Math.max(index, at) + 1).join('\n').length;
    };
    const found = changes(line, columnsAbove(lines, index), closer).find((change) => isCured(change.line));
    if (found !== undefined) {
      return { message: found.message, fix: found.fix, offset: startOf(index) + found.column };
    }
  }
  return undefined;
}

/** Lines that may be the cause of a fault: its own, its neighbours, and the first with a quote that is not closed. */
function suspects(lines: readonly string[], at: number): ReadonlySet<number> {
  const before = lines.slice(0, at).findLastIndex(isFilled);
  const after = lines.findIndex((line, index) => index > at && isFilled(line));
  const open = lines.findIndex((line) => /: *(?:"[^"]*|'[^']*)$/.test(line));
  return new Set([at, before, after, open].filter((index) => isFilled(lines[index] ?? '')));
}

const isFilled = (line: string): boolean => /^\s*[^\s#]/.test(line);

/** Columns in which lines above have keys, the nearest line first. */
function columnsAbove(lines: readonly string[], index: number): number[] {
  const columns = lines
    .slice(Math.max(0, index - 30), index)
    .filter(isFilled)
    .reverse()
    .map((line) => (/^ *(?:- +)*/.exec(line) ?? [''])[0].length);
  return [...new Set(columns)];
}

/** Usual mistakes in a line, and the line without them. Most are no mistakes of this line: each is tried. */
function changes(line: string, columns: readonly number[], closer: string | undefined): Change[] {
  const [, indent = '', dashes = '', key = '', gap = '', value = '', comment = ''] =
    /^(\s*)((?:- +)*)((?:[\w-]+|"[^"]*"):)?( *)(.*?)( +#.*)?$/.exec(line) ?? [];
  const head = indent + dashes + key;
  const column = head.length + gap.length;
  const content = line.slice(indent.length);
  const isText = value !== '' && !value.startsWith('- ');
  const isOpen = closer !== undefined && /[[{]/.test(value) && (closer === ']' || value.includes(':'));
  return [
    ...(indent.includes('\t') ? [{ line: `${indent.replaceAll('\t', '  ')}${content}`, column: 0, ...words.tab }] : []),
    ...(key !== '' && gap === '' && isText
      ? [{ line: `${head} ${value}${comment}`, column: head.length, ...words.space(key) }]
      : []),
    ...(isOpen ? [closed(line, closer)] : []),
    ...(line.includes(environmentPlaceholder) ? [placeholders(line)] : []),
    ...items(line, value, column),
    ...columns
      .filter((wanted) => wanted !== indent.length + dashes.length)
      .map((wanted) => ({
        line: ' '.repeat(Math.max(0, wanted - dashes.length)) + content,
        column: indent.length,
        ...words.indent(Math.max(0, wanted - dashes.length)),
      })),
    ...(isText && key + dashes !== '' && needsQuotes.test(value)
      ? [{ line: `${head}${gap || ' '}${quoted(value)}${comment}`, column, ...words.quotes(value) }]
      : []),
    ...(closer !== undefined && !isOpen ? [closed(line, closer)] : []),
    ...unnamed(line),
  ];
}

const closed = (line: string, closer: string): Change => {
  const [filled = ''] = /^.*?(?=,?\s*(?:\s#.*)?$)/.exec(line) ?? [];
  return {
    line: filled + closer,
    column: filled.length,
    message: `a \`${closer}\` is missing`,
    fix: `write \`${closer}\` at the end of this line`,
  };
};

/** `{environment}` without quotes, where a brace begins a map. */
function placeholders(line: string): Change {
  const found = /(?<!['"\w./*-])[\w./*-]*\{environment\}(?:\{environment\}|[\w./*-])*/g;
  const [text = ''] = line.match(found) ?? [];
  return {
    line: line.replaceAll(found, (word) => quoted(word)),
    column: Math.max(0, line.search(found)),
    message: 'a brace begins a map where a value begins, and between brackets',
    fix: `put the text with ${environmentPlaceholder} in quotes: \`${quoted(text)}\``,
  };
}

/** Entries of a list or map on one line that need quotes. */
function items(line: string, value: string, column: number): Change[] {
  if (!/^[[{]/.test(value)) return [];
  return [...value.matchAll(/(?<=[[{,:] *)[*&!%@`|>][^,\]}]*/g)].map(({ 0: text, index }) => {
    const at = column + index;
    const word = text.trimEnd();
    return { line: line.slice(0, at) + quoted(word) + line.slice(at + word.length), column: at, ...words.quotes(word) };
  });
}

/** A key without its colon. */
function unnamed(line: string): Change[] {
  const [, head = '', rest = ''] = /^(\s*(?:- +)*[\w-]+) +([^:]+)$/.exec(line) ?? [];
  if (head === '') return [];
  const message = 'a key needs a colon behind it';
  return [{ line: `${head}: ${rest}`, column: head.length, message, fix: `write \`${head.trim()}:\`` }];
}

/** A text in single quotes, in which nothing but a quote has a meaning; its own, if it has any, are replaced. */
function quoted(text: string): string {
  const [, quote = ''] = /^(["'])/.exec(text) ?? [];
  const body = quote === '' || (text.slice(1).includes(quote) && !text.endsWith(quote)) ? text : text.slice(1);
  const inner = body !== text && body.endsWith(quote) ? body.slice(0, -1) : body;
  return `'${inner.replaceAll("'", "''")}'`;
}

const words = {
  tab: { message: 'tabs cannot indent', fix: 'indent with spaces' },
  space: (key: string) => ({ message: 'a key needs a space behind its colon', fix: `write a space behind \`${key}\`` }),
  indent: (count: number) => ({
    message: 'this is not indented like the other entries of its map or list',
    fix: count === 0 ? 'remove the spaces before it' : `write ${count} spaces before it`,
  }),
  quotes: (value: string) => ({ message: reason(value), fix: `put the text in quotes${shown(quoted(value))}` }),
};

/** What a text without quotes cannot begin with or contain. */
const needsQuotes = /^[*&!%@`|>[\]{},?"']|:(?: |$)/;

/** Long texts are not repeated, nor those that may hold a secret. */
const shown = (text: string): string =>
  text.length > 80 || /PRIVATE KEY|:\/\/[^/]*@|\{\{password/.test(text) ? '' : `: \`${text}\``;

function reason(value: string): string {
  const first = value.charAt(0);
  if (first === '"' || first === "'") {
    if (!value.slice(1).includes(first)) return 'the closing quote is missing';
    return value.endsWith(first) && first === '"'
      ? 'a backslash in double quotes has a meaning'
      : 'the quotes end within the text';
  }
  const meanings: Readonly<Record<string, string>> = {
    '*': 'an alias',
    '&': 'an anchor',
    '!': 'a tag',
    '[': 'a list',
    '{': 'a map',
    '|': 'a text in the lines below',
    '>': 'a text in the lines below',
    '?': 'a key',
  };
  const meaning = meanings[first];
  if (meaning !== undefined) return `\`${first}\` begins ${meaning}`;
  return /:(?: |$)/.test(value)
    ? 'a colon with a space behind it begins a map'
    : `a text cannot begin with \`${first}\``;
}
