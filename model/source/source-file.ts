import { isAlias, isMap, isScalar, isSeq, LineCounter } from 'yaml';

import { printable } from '../language/hidden';
import type { Fault } from '../language/rule';
import { offsetOf, parseYaml, type ParsedYaml } from './parse-yaml';
import { readPlainYaml } from './plain-yaml';
import { hiddenFaults, mayHaveTextFaults, textFaults } from './text-faults';

/** Way to a value: keys of maps and indices of lists. */
export type ValuePath = readonly (string | number)[];

/** Line and column, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A file of the inventory. Nothing of the parsed YAML is kept: it is parsed again when there is a problem to place. */
export class SourceFile {
  private parsed: ParsedYaml | undefined;
  /** Not a property: inventories that mean the same are equal, however they are written. */
  readonly #text: string;

  /** @param path relative to the inventory */
  constructor(
    private readonly path: string,
    text: string,
  ) {
    this.#text = text;
  }

  private get text(): string {
    return this.#text;
  }

  /** The path as messages show it. */
  get file(): string {
    return displayPath(this.path);
  }

  /** The value, or the faults that kept the file from being understood. */
  read(): { readonly value: unknown } | { readonly faults: readonly (Fault & Position)[] } {
    const hidden = hiddenFaults(this.text);
    if (hidden.length > 0) return { faults: placed(hidden, linesOf(this.text)) };
    const plain = readPlainYaml(this.text);
    const parsed = plain === undefined ? parseYaml(this.text) : { value: plain };
    if ('faults' in parsed) return { faults: placed(parsed.faults, parsed.lines) };
    const faults = mayHaveTextFaults(this.text) ? textFaults(parsed.value) : [];
    if (faults.length === 0) return { value: parsed.value };
    return { faults: faults.map(({ path, of, ...fault }) => ({ ...fault, ...this.position(path, of) })) };
  }

  /** Where a value stands, or the key it stands under. For a value that is not there: the map or list that lacks it. */
  position(path: ValuePath, of: 'key' | 'value' = 'value'): Position {
    this.parsed ??= parseYaml(this.text);
    if (!('root' in this.parsed)) return { line: 1, column: 1 };
    const { aliases, root } = this.parsed;
    let node: unknown = root;
    for (const [index, step] of path.entries()) {
      const next = enter(isAlias(node) ? aliases.get(node) : node, step);
      if (next === undefined) break;
      node = of === 'key' && index === path.length - 1 ? next.key : next.value;
    }
    return positionOf(this.parsed.lines, offsetOf(node));
  }

  /** The same as `file:line:column`, for messages about another place. */
  describe(path: ValuePath, of?: 'key' | 'value'): string {
    const { line, column } = this.position(path, of);
    return `${this.file}:${line}:${column}`;
  }
}

function positionOf(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

const placed = (
  faults: readonly (Fault & { readonly offset: number })[],
  lines: LineCounter,
): readonly (Fault & Position)[] => faults.map(({ offset, ...fault }) => ({ ...fault, ...positionOf(lines, offset) }));

function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
  return lines;
}

/** A path inside the inventory as messages show it. */
export const displayPath = (path: string): string => printable(path === '' ? 'inventory' : `inventory/${path}`);

function enter(node: unknown, step: string | number): { key: unknown; value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    return pair === undefined ? undefined : { key: pair.key, value: pair.value ?? pair.key };
  }
  if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
    return { key: node.items[step], value: node.items[step] };
  }
  return undefined;
}
