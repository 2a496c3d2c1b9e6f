import type { YAMLError } from 'yaml';

import { environmentPlaceholder } from '../names';

/** What to do about a fault in the YAML of a text. */
export function yamlAdvice({ code, message, pos: [offset] }: YAMLError, text: string): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(start).split('\n', 1)[0] ?? '';
  const rest = line.slice(offset - start);
  if (line.includes(environmentPlaceholder)) {
    return `put the text with ${environmentPlaceholder} in quotes: where a value begins, and between brackets, a brace begins a map`;
  }
  if (code === 'BLOCK_AS_IMPLICIT_KEY') {
    return /:(\s|$)/.test(rest)
      ? 'put the text in quotes: a colon with a space behind it begins a map'
      : 'indent the key in the next line like the key in this one';
  }
  if (code === 'BAD_ALIAS') return 'put the text in quotes: a `*` at its beginning makes it an alias';
  if (code === 'BAD_SCALAR_START') return `put the text in quotes: it cannot begin with \`${rest.charAt(0)}\``;
  const [, bracket] = /end with a ([\]}])/.exec(message) ?? [];
  if (bracket !== undefined) return `add the missing \`${bracket}\` before this line`;
  if (code === 'UNEXPECTED_TOKEN' && message.includes('block-seq-ind'))
    return 'write the list in the lines below its key';
  return fixes[code] ?? 'correct the YAML';
}

const fixes: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BAD_INDENT: 'indent the entries of one list or map alike',
  MISSING_CHAR: 'add what is missing, mostly a quote, a bracket or a colon',
  TAG_RESOLVE_FAILED: 'remove the tag, the word that begins with `!`',
  NON_STRING_KEY: 'write the key as a text',
  MULTIPLE_ANCHORS: 'keep one anchor, the word that begins with `&`',
  MULTILINE_IMPLICIT_KEY: 'write the key on one line, followed by a colon and a space',
};

/** Where a text has the marks that git leaves in a file with a conflict; undefined if it has none. */
export function conflictOffset(text: string): number | undefined {
  const offset = text.search(/^(?:<{7} |>{7} |={7}$)/m);
  return offset === -1 ? undefined : offset;
}
