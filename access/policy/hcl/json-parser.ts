import { JsonScanner } from './json-scanner';
import { Parser } from './parser';
import type { Source } from './source';
import type { Item, Key, ListNode, ObjectNode, SyntaxNode } from './syntax-tree';
import { describeToken } from './token';

/**
 * Reads the JSON form of HCL 1. It accepts what the servers accept: the text may end early or go on after the object, and lists lose
 * booleans and inner brackets.
 */
class JsonParser extends Parser {
  public constructor(source: Source) {
    super(source, new JsonScanner(source.text), true);
  }

  public parse(): readonly Item[] {
    return this.withFaults(() => {
      this.scan();
      return this.object().items;
    });
  }

  protected object(): ObjectNode {
    const { offset } = this.token;
    return { kind: 'object', items: this.nested(() => this.items()), offset };
  }

  protected list(): ListNode {
    const { offset } = this.token;
    const elements: SyntaxNode[] = [];
    for (;;) {
      const token = this.scan();
      if (token.kind === ']') {
        return { kind: 'list', elements, offset };
      }
      if (token.kind === '{') {
        elements.push(this.object());
      } else if (token.kind !== ',' && token.kind !== '[' && token.kind !== 'bool') {
        elements.push(this.literal(token, ' in the list'));
      }
    }
  }

  private items(): readonly Item[] {
    const items: Item[] = [];
    try {
      do {
        const item = this.item();
        if (item === undefined) {
          break;
        }
        items.push(item);
      } while (this.scan().kind === ',');
    } catch (error) {
      // The servers end an object at any }, also where a key or a value is missing.
      if (this.token.kind !== '}') {
        throw error;
      }
    }
    return items;
  }

  /** Undefined at the end of the text. */
  private item(): Item | undefined {
    const keys: Key[] = [];
    let token = this.scan();
    while (token.kind === 'string') {
      keys.push(this.key(token));
      token = this.scan();
    }
    if (token.kind === 'end') {
      return undefined;
    }
    if (token.kind !== ':' || keys.length === 0) {
      throw this.error(`expected ${keys.length === 0 ? 'a string' : ':'}, found ${describeToken(token)}`);
    }
    const value = this.value();
    return value && { keys, value, assigned: true };
  }
}

/**
 * Turns objects that contain nothing but objects into blocks, as the servers do: `{"path": {"a": {…}, "b": {…}}}` becomes two items with
 * the keys `path a` and `path b`, and a list of objects becomes an item for each.
 */
const flatten = (items: readonly Item[]): readonly Item[] => {
  const result: Item[] = [];
  const add = (item: Item): void => {
    const { keys, value } = item;
    if (
      value.kind === 'object' &&
      value.items.length > 0 &&
      value.items.every((inner) => inner.value.kind === 'object')
    ) {
      for (const inner of value.items) {
        add({ keys: [...keys, ...inner.keys], value: inner.value, assigned: true });
      }
    } else if (
      value.kind === 'list' &&
      value.elements.length > 0 &&
      value.elements.every(({ kind }) => kind === 'object')
    ) {
      for (const element of value.elements) {
        add({ keys, value: element, assigned: true });
      }
    } else {
      result.push(item);
    }
  };
  items.forEach(add);
  for (const { value } of result) {
    flattenInside(value);
  }
  return result;
};

const flattenInside = (node: SyntaxNode): void => {
  if (node.kind === 'object') {
    node.items = flatten(node.items);
  } else if (node.kind === 'list') {
    node.elements.forEach(flattenInside);
  }
};

/**
 * Items of a text in the JSON form of HCL 1, with nested objects flattened.
 *
 * @throws PolicyError
 */
export const parseJson = (source: Source): readonly Item[] => flatten(new JsonParser(source).parse());
