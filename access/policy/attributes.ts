import { literalText } from './hcl/literal-text';
import type { Source } from './hcl/source';
import type { Item, Literal, ObjectNode, SyntaxNode } from './hcl/syntax-tree';
import { parseFloating, parseInteger } from './number-text';
import type { ParameterRules, ParameterValue } from './policy';

/** Place of an item for messages. */
export const offsetOf = (item: Item): number => item.keys[0]?.offset ?? item.value.offset;

const none: readonly never[] = [];
const noLists: ParameterRules = new Map();

/**
 * Reads the attributes of one block. An attribute that occurs several times is read in the order of the servers, labelled blocks first; which
 * value counts is the business of each type: texts and numbers replace, lists and maps grow.
 */
export class Attributes {
  /** Items without their first key, by that key in lower case. */
  private readonly byName = new Map<string, Item[]>();
  private readonly offsets = new Map<string, number>();

  public constructor(
    private readonly source: Source,
    items: readonly Item[],
  ) {
    for (const item of items) {
      const [key, ...keys] = item.keys;
      const name = key?.text.toLowerCase() ?? '';
      const inner = { keys, value: item.value, assigned: item.assigned };
      const others = this.byName.get(name);
      if (others === undefined) {
        this.byName.set(name, [inner]);
        this.offsets.set(name, offsetOf(item));
      } else {
        others.push(inner);
      }
    }
  }

  /** The values of an attribute, without labelled blocks. */
  public values(name: string): readonly SyntaxNode[] {
    const items = this.byName.get(name);
    return items === undefined ? none : items.filter(({ keys }) => keys.length === 0).map(({ value }) => value);
  }

  /** Labelled blocks, for example of `factor "a" {}`, with their labels. */
  public blocks(name: string): readonly Item[] {
    return this.byName.get(name)?.filter(({ keys }) => keys.length > 0) ?? none;
  }

  /** Place of the first occurrence. */
  public offset(name: string): number | undefined {
    return this.offsets.get(name);
  }

  /** @throws PolicyError if a value is no string or integer */
  public text(name: string): string | undefined {
    this.refuseBlocks(name, 'a string');
    let result: string | undefined;
    for (const value of this.values(name)) {
      result = this.string(value, name);
    }
    return result;
  }

  /** @throws PolicyError if a value is no list of strings */
  public texts(name: string): readonly string[] {
    this.refuseBlocks(name, 'a list of strings');
    const values = this.values(name);
    const [first, ...others] = values;
    if (first === undefined) {
      return none;
    }
    const texts = this.textsOf(first, name);
    return others.length === 0 ? texts : [...texts, ...others.flatMap((value) => this.textsOf(value, name))];
  }

  /** @throws PolicyError if a value is no integer */
  public integer(name: string): number | undefined {
    this.refuseBlocks(name, 'an integer');
    let result: number | undefined;
    for (const value of this.values(name)) {
      const text = value.kind === 'number' || value.kind === 'string' ? literalText(value) : undefined;
      const integer = text === undefined ? undefined : parseInteger(text);
      if (integer === undefined) {
        throw this.source.error(`${name} must be an integer`, value.offset);
      }
      result = Number(integer);
    }
    return result;
  }

  /** @throws PolicyError if a value is no boolean */
  public boolean(name: string): boolean | undefined {
    this.refuseBlocks(name, 'true or false');
    let result: boolean | undefined;
    for (const value of this.values(name)) {
      if (value.kind !== 'bool') {
        throw this.source.error(`${name} must be true or false`, this.placeOf(value));
      }
      result = value.text === 'true';
    }
    return result;
  }

  /** @throws PolicyError if a value cannot be read */
  public value(name: string): ParameterValue | undefined {
    this.refuseBlocks(name, 'a value');
    const [first, ...others] = this.values(name);
    return first === undefined
      ? undefined
      : others.reduce<ParameterValue>(
          (previous, node) => this.nextValue(node, name, { first, previous }),
          this.anyValue(first, name, false),
        );
  }

  /** Lists by key. @throws PolicyError if a value is no object with lists */
  public lists(name: string): ParameterRules {
    if (!this.byName.has(name)) {
      return noLists;
    }
    const result = new Map<string, ParameterValue[]>();
    const blocks = this.blocks(name);
    if (blocks.length > 0) {
      this.addLists(blocks, name, result);
    }
    for (const value of this.values(name)) {
      if (value.kind !== 'object') {
        throw this.source.error(`${name} must be an object, for example { "key" = ["value"] }`, value.offset);
      }
      this.addLists(value.items, name, result);
    }
    return result;
  }

  private textsOf(value: SyntaxNode, name: string): readonly string[] {
    if (value.kind === 'object') {
      const item = value.items[0];
      if (item !== undefined) {
        throw this.source.error(`${name} must be a list of strings, not a block`, offsetOf(item));
      }
      return none;
    }
    if (value.kind !== 'list') {
      throw this.source.error(`${name} must be a list: write [${value.text}]`, value.offset);
    }
    return value.elements.map((element) => this.string(element, name));
  }

  private refuseBlocks(name: string, expected: string): void {
    const block = this.blocks(name)[0];
    if (block !== undefined) {
      throw this.source.error(`${name} must be ${expected}, not a block`, offsetOf(block));
    }
  }

  /** The servers place errors about an object at its first item. */
  private placeOf(node: SyntaxNode): number {
    const item = node.kind === 'object' ? node.items[0] : undefined;
    return item === undefined ? node.offset : offsetOf(item);
  }

  private string(node: SyntaxNode, name: string): string {
    if (node.kind === 'string' || node.kind === 'heredoc' || node.kind === 'number') {
      return this.literalText(node);
    }
    throw this.source.error(`${name} must be text in quotes`, this.placeOf(node));
  }

  private literalText(literal: Literal): string {
    const text = literalText(literal);
    if (text === undefined) {
      throw this.source.error(`${literal.text} has an escape that is no character`, literal.offset);
    }
    return text;
  }

  private addLists(items: readonly Item[], name: string, to: Map<string, ParameterValue[]>): void {
    for (const { keys, value } of items) {
      const key = keys[0];
      if (key === undefined || keys.length > 1) {
        throw this.source.error(`${name} must be an object with lists, not with blocks`, key?.offset ?? value.offset);
      }
      if (value.kind !== 'list' && value.kind !== 'object') {
        throw this.source.error(`${name}: ${key.spelling} must be a list: write [${value.text}]`, value.offset);
      }
      const list = to.get(key.text) ?? [];
      const elements = value.kind === 'list' ? value.elements : [value];
      list.push(...elements.map((element) => this.anyValue(element, name, true)));
      to.set(key.text, list);
    }
  }

  /** Value of a key that occurs again: it is read as the type of its first value, and lists grow. */
  private nextValue(
    node: SyntaxNode,
    name: string,
    { first, previous }: { readonly first: SyntaxNode; readonly previous: ParameterValue },
  ): ParameterValue {
    if (Array.isArray(previous) && (node.kind === 'list' || node.kind === 'object')) {
      const value = this.anyValue(node, name, false) as readonly ParameterValue[];
      return [...(previous as readonly ParameterValue[]), ...value];
    }
    const value = node.kind === 'list' || node.kind === 'object' ? undefined : this.asTypeOf(first, node);
    if (value === undefined) {
      throw this.source.error(`${name} has values of different types`, this.placeOf(node));
    }
    return value;
  }

  private asTypeOf(first: SyntaxNode, node: Literal): ParameterValue | undefined {
    switch (first.kind) {
      case 'string':
      case 'heredoc':
        return node.kind === 'bool' || node.kind === 'float' ? undefined : this.literalText(node);
      case 'bool':
        return node.kind === 'bool' ? node.text === 'true' : undefined;
      case 'float':
        return node.kind === 'float' || node.kind === 'number' ? parseFloating(node.text) : undefined;
      case 'number': {
        const integer =
          node.kind === 'number' || node.kind === 'string' ? parseInteger(this.literalText(node)) : undefined;
        return integer === undefined ? undefined : Number(integer);
      }
      case 'list':
      case 'object':
        return undefined;
    }
  }

  /** @param inList objects are themselves in lists, and lists of one object elsewhere, as in the servers */
  private anyValue(node: SyntaxNode, name: string, inList: boolean): ParameterValue {
    switch (node.kind) {
      case 'list':
        return node.elements.map((element) => this.anyValue(element, name, true));
      case 'object':
        return inList ? this.objectValue(node, name) : [this.objectValue(node, name)];
      case 'bool':
        return node.text === 'true';
      case 'number':
      case 'float': {
        const value = node.kind === 'float' ? parseFloating(node.text) : parseInteger(node.text);
        if (value === undefined) {
          throw this.source.error(`${name}: ${node.text} is no number of 64 bits`, node.offset);
        }
        return Number(value);
      }
      case 'string':
      case 'heredoc':
        return this.literalText(node);
    }
  }

  private objectValue(node: ObjectNode, name: string): ParameterValue {
    const result = new Map<string, { readonly first: SyntaxNode; readonly previous: ParameterValue }>();
    for (const { keys, value: member } of node.items) {
      const [key, ...labels] = keys;
      if (key === undefined) {
        throw this.source.error(`${name} has an object without a key`, member.offset);
      }
      const known = result.get(key.text);
      let value: ParameterValue;
      if (labels.length > 0) {
        const inner = labels.reduceRight<ParameterValue>(
          (nested, label) => [{ [label.text]: nested }],
          this.anyValue(member, name, false),
        ) as readonly ParameterValue[];
        value = Array.isArray(known?.previous) ? [...(known.previous as readonly ParameterValue[]), ...inner] : inner;
      } else {
        value = known === undefined ? this.anyValue(member, name, false) : this.nextValue(member, name, known);
      }
      result.set(key.text, { first: known?.first ?? member, previous: value });
    }
    return Object.fromEntries([...result].map(([key, { previous }]) => [key, previous]));
  }
}
