import { parseHcl } from './hcl-parser';
import { parseJson } from './json-parser';
import type { Source } from './source';
import type { Item } from './syntax-tree';

/** Whether the first character that is no white space is `{`, which makes a text JSON. */
const isJson = (text: string): boolean => text.trimStart().startsWith('{') && !text.startsWith('\uFEFF');

/** A text with the line ends that positions are counted by. */
export const normalizeLines = (text: string): string =>
  text.includes('\r') && !isJson(text) ? text.replaceAll('\r\n', '\n') : text;

/**
 * Items of a policy text in HCL 1 or its JSON form.
 *
 * @throws PolicyError
 */
export const parseSyntax = (source: Source, refusesRepeatedAttributes: boolean): readonly Item[] =>
  isJson(source.text) ? parseJson(source) : parseHcl(source, refusesRepeatedAttributes);
