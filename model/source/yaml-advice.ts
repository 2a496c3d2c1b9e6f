import type { YAMLError } from 'yaml';

/** What to do about a fault in YAML that no usual change cures. */
export const yamlAdvice = ({ code, message }: YAMLError): string =>
  message.includes('block-seq-ind') ? 'write the list in the lines below its key' : (fixes[code] ?? 'correct the YAML');

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
