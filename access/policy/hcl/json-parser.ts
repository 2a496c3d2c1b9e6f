import type { PolicyError } from '../policy';
import { deepest } from './hcl-parser';
import { JsonScanner } from './json-scanner';
import { unquote } from './literal-text';
import { withFaults } from './reader';
import type { Source } from './source';
import type { Item, Key, ListNode, Literal, ObjectNode, SyntaxNode } from './syntax-tree';
import { describeToken, isLiteral, type Token } from './token';

/**
 * Reads the JSON form of HCL 1. It accepts what the servers accept: the text may end early or go on after the object, and lists lose
 * booleans and inner brackets.
 */
class JsonParser {
  private readonly scanner: JsonScanner;
  private token: Token = { kind: 'end', text: '', offset: 0 };
  private depth = 0;

  public constructor(private readonly source: Source) {
    this.scanner = new JsonScanner(source.text);
  }

  public parse(): readonly Item[] {
    return withFaults(this.source, this.scanner, () => {
      this.scan();
      return this.object().items;
    });
  }

  private scan(): Token {
    this.token = this.scanner.scan();
    return this.token;
  }

  private error(message: string): PolicyError {
    return this.source.error(message, this.token.offset);
  }

  private object(): ObjectNode {
    const { offset } = this.token;
    this.depth += 1;
    if (this.depth > deepest) {
      throw this.error(`lists and objects are nested more than ${deepest} times`);
    }
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
    this.depth -= 1;
    return { kind: 'object', items, offset };
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

  private key({ text, offset }: Token): Key {
    const name = unquote(text, true);
    if (name === undefined && this.scanner.fault === undefined) {
      throw this.error(`${text} has an escape that is no character`);
    }
    return { text: name ?? text, spelling: text, offset };
  }

  private value(): SyntaxNode | undefined {
    const token = this.scan();
    if (token.kind === 'end') {
      return undefined;
    }
    if (token.kind === '{') {
      return this.object();
    }
    if (token.kind === '[') {
      return this.list();
    }
    const literal = literalOf(token);
    if (literal === undefined) {
      throw this.error(`expected a value, found ${describeToken(token)}`);
    }
    return literal;
  }

  private list(): ListNode {
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
        const literal = token.kind === 'null' ? undefined : literalOf(token);
        if (literal === undefined) {
          throw this.error(`expected a value in the list, found ${describeToken(token)}`);
        }
        elements.push(literal);
      }
    }
  }
}

/** The servers read null as the empty string. */
const literalOf = ({ kind, text, offset }: Token): Literal | undefined =>
  kind === 'null'
    ? { kind: 'string', text: '', json: true, offset }
    : isLiteral(kind)
      ? { kind, text, json: true, offset }
      : undefined;

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
