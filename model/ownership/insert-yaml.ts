import {
  Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

import type { TextEdit } from '../rename/edit-yaml';
import { parseYaml, type ParsedYaml } from '../source/parse-yaml';
import { inline } from './describe-asked';

/** What is added to a map: lists get further entries, maps further keys. */
export interface Additions {
  readonly [key: string]: Additions | readonly object[];
}

type Parsed = Extract<ParsedYaml, { readonly root: unknown }>;

class YamlInserter {
  private readonly edits: TextEdit[] = [];

  constructor(
    private readonly text: string,
    private readonly parsed: Parsed,
  ) {}

  /** The edits that add to the map of the file; undefined where an alias is in the way. */
  public add(additions: Additions): readonly TextEdit[] | undefined {
    return this.addToMap(this.parsed.root, additions) ? this.edits : undefined;
  }

  private addToMap(node: unknown, additions: Additions): boolean {
    if (!isMap(node)) return false;
    const fresh: [string, Additions | readonly object[]][] = [];
    for (const [key, added] of Object.entries(additions)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
      const isEmpty = isCollection(pair?.value) && pair.value.items.length === 0;
      if (pair === undefined) fresh.push([key, added]);
      else if (isEmpty && node.flow !== true) this.replaceEmpty(pair.value as YAMLMap | YAMLSeq, node, added);
      else if (!(isList(added) ? this.addToList(pair.value, added) : this.addToMap(pair.value, added))) return false;
    }
    if (fresh.length > 0) this.append(node, Object.fromEntries(fresh));
    return true;
  }

  private addToList(node: unknown, added: readonly object[]): boolean {
    if (!isSeq(node)) return false;
    this.append(node, added);
    return true;
  }

  /** Replaces `{}` or `[]` behind a key by a block below it. */
  private replaceEmpty(node: YAMLMap | YAMLSeq, parent: YAMLMap, added: Additions | readonly object[]): void {
    const [from = 0, end = 0] = node.range ?? [];
    let start = from;
    while (this.text[start - 1] === ' ') start -= 1;
    this.edit(start, this.text.slice(start, end), `\n${this.block(added, this.indentOf(parent) + 2)}`);
  }

  /** Adds behind the last entry. */
  private append(node: YAMLMap | YAMLSeq, added: object): void {
    const last = node.items.at(-1);
    if (node.flow === true) {
      const text = inline(added).slice(1, -1);
      if (last === undefined) this.edit((node.range?.[0] ?? 0) + 1, '', text);
      else this.edit(endOf(last), '', `, ${text}`);
      return;
    }
    const isRoot = node === this.parsed.root;
    const block = `${isRoot ? '\n' : ''}${this.block(added, this.indentOf(node))}`;
    const end = endOf(last);
    // A text in several lines ends with the end of its last line.
    if (this.text[end - 1] === '\n') this.edit(end, '', `${block}\n`);
    else {
      const lineEnd = /\r?\n|$/.exec(this.text.slice(end));
      this.edit(end + (lineEnd?.index ?? 0), '', `\n${block}`);
    }
  }

  private indentOf(node: YAMLMap | YAMLSeq): number {
    const [first] = node.items;
    const start = isPair(first) && isScalar(first.key) ? first.key.range?.[0] : node.range?.[0];
    return this.parsed.lines.linePos(start ?? 0).col - 1;
  }

  private block(value: object, indent: number): string {
    const document = new Document(value);
    visit(document, {
      Seq: (_, node) => {
        const texts = node.items.map((item) => (isScalar(item) ? String(item.value) : undefined));
        const length = texts.reduce((sum, text = ' '.repeat(maxFlow)) => sum + text.length + 2, 0);
        if (length < maxFlow && !texts.some((text) => text?.includes('\n'))) node.flow = true;
      },
    });
    const text = document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: false }).trimEnd();
    return text.replaceAll(/^(?=.)/gm, ' '.repeat(indent));
  }

  private edit(start: number, before: string, after: string): void {
    const { line, col } = this.parsed.lines.linePos(start);
    const text = this.text.includes('\r\n') ? after.replaceAll('\n', '\r\n') : after;
    this.edits.push({ start, before, after: text, line, column: col });
  }
}

/**
 * The edits that add to the map of a file of the inventory, in the style of what is there; everything else in the text stays as it is.
 *
 * @returns undefined if the file is no map, or an alias is in the way
 */
export function additionEdits(text: string, additions: Additions): readonly TextEdit[] | undefined {
  const parsed = parseYaml(text);
  return 'root' in parsed ? new YamlInserter(text, parsed).add(additions) : undefined;
}

const maxFlow = 60;

const isList = (added: Additions | readonly object[]): added is readonly object[] => Array.isArray(added);

/** Offset behind the last thing in a node. */
function endOf(node: unknown): number {
  if (isPair(node)) return isNothing(node.value) ? endOf(node.key) : endOf(node.value);
  if (isCollection(node) && node.flow !== true && node.items.length > 0) return endOf(node.items.at(-1));
  return isScalar(node) || isAlias(node) || isCollection(node) ? (node.range?.[1] ?? 0) : 0;
}

const isNothing = (node: unknown): boolean => node === null || node === undefined;
