import { isAlias, isMap, isScalar, isSeq, type Scalar, type YAMLMap } from 'yaml';

import type { Fault } from '../language/rule';
import { parseYaml, type ParsedYaml } from '../source/parse-yaml';
import type { Position } from '../source/source-file';

/** A change of a text: everything else in it stays as it is. */
export interface TextEdit extends Position {
  /** Offset in the text, in UTF-16 units. */
  readonly start: number;
  /** What is replaced; empty for an insertion. */
  readonly before: string;
  readonly after: string;
}

/** A text after edits, which are in any order; of several at one place, the first is first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let end = 0;
  for (const { start, before, after } of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(end, start) + after;
    end = start + before.length;
  }
  return result + text.slice(end);
}

/** The key that keeps the name on the server. */
const serverKey = 'nameOnServer';

/** Collects edits of one file of the inventory, which is valid YAML. */
export class YamlEditor {
  private readonly edits = new Map<number, TextEdit>();
  private readonly found: (Fault & Position)[] = [];
  private readonly parsed: Extract<ParsedYaml, { readonly root: unknown }>;
  private readonly lineOf: (offset: number) => Position;

  constructor(private readonly text: string) {
    const parsed = parseYaml(text);
    if (!('root' in parsed)) throw new Error('a file of a valid inventory cannot be parsed');
    this.parsed = parsed;
    this.lineOf = (offset) => {
      const { line, col } = parsed.lines.linePos(offset);
      return { line, column: col };
    };
  }

  /** What keeps texts from being edited. */
  public get faults(): readonly (Fault & Position)[] {
    return this.found;
  }

  /** In the order of the text. */
  public get changes(): readonly TextEdit[] {
    return [...this.edits.values()].sort((a, b) => a.start - b.start);
  }

  /** Replaces texts at the end of a way, as in `references.ts`. An alias is followed to its anchor. @param rename undefined keeps a text */
  public replace(way: string, rename: (text: string) => string | undefined): void {
    for (const scalar of this.scalars(this.parsed.root, way.split('.'))) {
      const value = String(scalar.value);
      const next = rename(value);
      if (next !== undefined) this.replaceScalar(scalar, value, next);
    }
  }

  /** Position of a key of a map at the top of the file, if it has the key. */
  public positionOfKey(section: string, name: string): Position | undefined {
    const pair = this.entry(this.parsed.root, section);
    const map = this.resolve(pair?.value);
    const key = isMap(map) ? this.entry(map, name)?.key : undefined;
    return isScalar(key) ? this.lineOf(key.range?.[0] ?? 0) : undefined;
  }

  /**
   * Keeps the name on the server: of the whole file, or of an entry of one of its maps. Adds the key in front of the others, or removes the
   * one that was added there if the name is now the same; a key elsewhere stays as it is.
   */
  public keepServerName(from: string, to: string, ...path: readonly string[]): void {
    let node = this.resolve(this.parsed.root);
    for (const step of path) node = this.resolve(this.entry(node, step)?.value);
    const first = isMap(node) ? node.items[0]?.key : undefined;
    const start = isScalar(first) ? first.range?.[0] : undefined;
    if (!isMap(node) || start === undefined) return;
    const given = this.entry(node, serverKey)?.value;
    if (given === undefined) this.add({ start, before: '', after: this.serverLine(node, start, from) });
    else if (isScalar(given) && given.value === to) {
      const line = this.serverLine(node, start, to);
      if (this.text.startsWith(line, start)) this.add({ start, before: line, after: '' });
    }
  }

  /** The edited text. */
  public result(): string {
    return applyEdits(this.text, this.changes);
  }

  private serverLine(map: YAMLMap, start: number, name: string): string {
    // Without quotes, YAML takes these words for other values.
    const value = ['true', 'false', 'null'].includes(name) ? `'${name}'` : name;
    if (map.flow === true) return `${serverKey}: ${value}, `;
    const indent = ' '.repeat(this.lineOf(start).column - 1);
    return `${serverKey}: ${value}${this.text.includes('\r\n') ? '\r\n' : '\n'}${indent}`;
  }

  private replaceScalar(scalar: Scalar, value: string, next: string): void {
    const [start = 0, end = 0] = scalar.range ?? [];
    const before = this.text.slice(start, end);
    const quote = ["'", '"', ''].find((mark) => before === `${mark}${value}${mark}`);
    if (quote !== undefined) this.add({ start, before, after: `${quote}${next}${quote}` });
    else {
      const fix = 'write it on one line, without escapes';
      this.found.push({ ...this.lineOf(start), message: 'this name is written in a way that cannot be edited', fix });
    }
  }

  private add(edit: Omit<TextEdit, keyof Position>): void {
    this.edits.set(edit.start, { ...edit, ...this.lineOf(edit.start) });
  }

  private *scalars(given: unknown, [step, ...rest]: readonly string[]): Generator<Scalar> {
    const node = this.resolve(given);
    if (step === undefined) {
      if (isScalar(node)) yield node;
    } else if (isSeq(node)) {
      if (step === '*') for (const item of node.items) yield* this.scalars(item, rest);
    } else if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (step === '~') yield* this.scalars(key, rest);
        else if (step === '*' || (isScalar(key) && key.value === step)) yield* this.scalars(value, rest);
      }
    }
  }

  private entry(given: unknown, name: string): { readonly key: unknown; readonly value: unknown } | undefined {
    const node = this.resolve(given);
    return isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === name) : undefined;
  }

  private resolve(node: unknown): unknown {
    return isAlias(node) ? this.parsed.aliases.get(node) : node;
  }
}
