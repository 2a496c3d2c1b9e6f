import { Composer, isAlias, isCollection, isMap, isScalar, isSeq, Lexer, LineCounter, Parser, Schema } from 'yaml';
import type { Alias, Document, ScalarTag, Tags, YAMLError } from 'yaml';

import type { Fault } from '../language/rule';
import { shorten } from '../language/show';
import { nodeValues } from './node-values';
import { conflictOffset, yamlAdvice } from './yaml-advice';
import { repairYaml } from './yaml-repair';

/** Something wrong with the YAML itself, and where. */
export interface YamlFault extends Fault {
  /** Offset in the text, in UTF-16 units. */
  readonly offset: number;
}

/** A text that was understood: its tree, its value, and the node that each alias stands for; or the faults that kept it from being understood. */
export type ParsedYaml = { readonly lines: LineCounter } & (
  | { readonly root: unknown; readonly value: unknown; readonly aliases: ReadonlyMap<Alias, unknown> }
  | { readonly faults: readonly YamlFault[] }
);

/** The parser is recursive; nothing in an inventory is nested half as deep. */
const maxNesting = 50;
const maxFaults = 20;

const isInteger = (tag: Tags[number]): tag is ScalarTag =>
  typeof tag === 'object' && tag.collection === undefined && tag.tag === 'tag:yaml.org,2002:int';

/**
 * YAML 1.2 and nothing else, whatever a `%YAML` directive says: `no` and dates are texts, `<<` is a key like any other. Numbers are decimal:
 * one that begins with a zero is a text, since others read it as another number.
 */
export const yamlSchema = new Schema({
  schema: 'core',
  merge: false,
  resolveKnownTags: false,
  customTags: (tags) =>
    tags
      .filter((tag) => !isInteger(tag) || tag.format === undefined)
      .map((tag) => (isInteger(tag) ? { ...tag, test: /^[-+]?(?:0|[1-9][0-9]*)$/ } : tag)),
});
const options = {
  schema: yamlSchema,
  keepSourceTokens: false,
  prettyErrors: false,
  stringKeys: true,
  uniqueKeys: false,
} as const;

/** Parses one file, and knows where each value is. The time is linear in its length, whatever stands in it. */
export function parseYaml(text: string): ParsedYaml {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const refuse = (...faults: YamlFault[]): ParsedYaml => ({ lines, faults: faults.slice(0, maxFaults) });
  const documents = compose(text, lines);
  if (typeof documents === 'number') {
    return refuse({ offset: documents, message: 'the YAML is nested too deeply', fix: 'reduce the nesting' });
  }
  const [document, second] = documents;
  if (document === undefined || document.contents === null) {
    return refuse({ offset: 0, message: 'the file is empty', fix: 'fill it or remove it' });
  }
  if (second !== undefined) {
    const fix = 'write a file for each, and remove the line `---`';
    return refuse({ offset: second.range[0], message: 'the file has more than one YAML document', fix });
  }
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) {
    // What follows the first error is mostly its consequence.
    const conflictAt = conflictOffset(text);
    return refuse(conflictAt === undefined ? syntaxFault(error, text) : { offset: conflictAt, ...conflict });
  }
  const faults = keyFaults(document.contents);
  if (faults.length > 0) return refuse(...faults);
  const values = nodeValues(document.contents);
  return 'fault' in values ? refuse(values.fault) : { lines, root: document.contents, ...values };
}

/** The documents of a text; or where it is nested too deeply. */
function compose(text: string, lines: LineCounter): number | readonly (Document.Parsed | undefined)[] {
  const parser = new Parser(lines.addNewLine);
  const tokens = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > maxNesting) return parser.offset;
  }
  tokens.push(...parser.end());
  return [...new Composer(options).compose(tokens, true, text.length)];
}

/** Where the first error of a text is; infinity if it has none. */
function firstFault(text: string): number {
  const documents = compose(text, new LineCounter());
  if (typeof documents === 'number') return 0;
  const [document] = documents;
  const [error] = [...(document?.errors ?? []), ...(document?.warnings ?? [])];
  return error?.pos[0] ?? Infinity;
}

function syntaxFault(error: YAMLError, text: string): YamlFault {
  const [offset] = error.pos;
  const message = `not valid YAML: ${shorten(error.message)}`;
  const [, closer] = /end with a ([\]}])/.exec(error.message) ?? [];
  const repair = repairYaml(text, { offset, closer, firstFault });
  return repair === undefined
    ? { offset, message, fix: yamlAdvice(error) }
    : { ...repair, message: `not valid YAML: ${repair.message}` };
}

const conflict: Fault = {
  message: 'the file has the marks of a merge conflict',
  fix: 'keep one of the two versions, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`',
};

/** Keys that occur twice, and the one that JavaScript would take for something else. */
function keyFaults(root: unknown): YamlFault[] {
  const faults: YamlFault[] = [];
  const descend = (node: unknown): void => {
    if (isSeq(node)) node.items.forEach(descend);
    if (!isMap(node)) return;
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      descend(value);
      const offset = offsetOf(key);
      const name = isScalar(key) ? String(key.value) : undefined;
      if (name === undefined) {
        faults.push({ offset, message: 'this cannot be a key', fix: 'write the key as a text' });
      } else if (name === '__proto__') {
        faults.push({ offset, message: 'unknown key `__proto__`', fix: 'remove it' });
      } else if (seen.has(name)) {
        const message = `the key \`${shorten(name)}\` is there twice`;
        faults.push({ offset, message, fix: 'remove one of the two, or merge them' });
      } else seen.add(name);
    }
  };
  descend(root);
  return faults;
}

/** Where a node begins. */
export function offsetOf(node: unknown): number {
  return isScalar(node) || isCollection(node) || isAlias(node) ? (node.range?.[0] ?? 0) : 0;
}
