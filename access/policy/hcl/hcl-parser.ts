import type { PolicyError } from '../policy';
import { HclScanner } from './hcl-scanner';
import { unquote } from './literal-text';
import { withFaults } from './reader';
import type { Source } from './source';
import type { Item, Key, ListNode, Literal, ObjectNode, SyntaxNode } from './syntax-tree';
import { describeToken, isLiteral, type Token } from './token';

/** Deepest nesting of lists and objects: real policies have 4 levels, and recursion must end. */
export const deepest = 500;

/** Reads HCL 1. Stops at the first error. */
class HclParser {
  private readonly scanner: HclScanner;
  private token: Token = { kind: 'end', text: '', offset: 0 };
  private isBuffered = false;
  private depth = 0;
  /** Element of a list that errors inside it are reported at. */
  private element: number | undefined;

  public constructor(
    private readonly source: Source,
    private readonly refusesRepeatedAttributes: boolean,
  ) {
    this.scanner = new HclScanner(source.text);
  }

  public parse(): readonly Item[] {
    return withFaults(this.source, this.scanner, () => this.items(false));
  }

  private scan(): Token {
    if (this.isBuffered) {
      this.isBuffered = false;
    } else {
      this.token = this.scanner.scan();
    }
    return this.token;
  }

  private peek(): Token {
    const token = this.scan();
    this.isBuffered = true;
    return token;
  }

  private error(message: string, offset = this.token.offset): PolicyError {
    return this.source.error(message, this.element ?? offset);
  }

  /** The items of a block up to its `}`, which is read next, or of the whole text. */
  private items(isBlock: boolean): readonly Item[] {
    const items: Item[] = [];
    const seen = new Set<string>();
    while (!(isBlock && this.peek().kind === '}')) {
      const item = this.item();
      if (item === undefined) {
        break;
      }
      const key = item.keys[0];
      if (this.refusesRepeatedAttributes && item.assigned && key !== undefined) {
        if (seen.has(key.spelling)) {
          throw this.error(`the attribute ${key.spelling} occurs twice: this server allows each once`, key.offset);
        }
        seen.add(key.spelling);
      }
      items.push(item);
      if (this.peek().kind === ',') {
        this.scan();
      }
    }
    return items;
  }

  /** Undefined at the end of the text, also if it ends after a `=`, as in the servers. */
  private item(): Item | undefined {
    const keys: Key[] = [];
    let token = this.scan();
    while (token.kind === 'identifier' || token.kind === 'string') {
      keys.push(this.key(token));
      token = this.scan();
    }
    if (token.kind === 'end' && keys.length === 0) {
      return undefined;
    }
    if (token.kind === '{') {
      if (keys.length === 0) {
        throw this.error('a block needs a name before {');
      }
      const value = this.object();
      this.peek();
      return { keys, value, assigned: false };
    }
    if (token.kind !== '=') {
      const place = keys.length === 0 ? '' : ` after ${keys.map(({ spelling }) => spelling).join(' ')}`;
      throw this.error(`expected ${keys.length === 0 ? 'a name' : '= or {'}${place}, found ${describeToken(token)}`);
    }
    if (keys.length !== 1) {
      throw this.error(keys.length === 0 ? 'expected a name before =' : 'expected { after two names, found =');
    }
    const value = this.value();
    if (value !== undefined) {
      this.peek();
    }
    return value && { keys, value, assigned: true };
  }

  private key({ kind, text, offset }: Token): Key {
    const name = kind === 'string' ? unquote(text, false) : text;
    if (name === undefined && this.scanner.fault === undefined) {
      throw this.error(`${text} has an escape that is no character`, offset);
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

  private object(): ObjectNode {
    const { offset } = this.token;
    this.enter();
    const items = this.items(true);
    const token = this.scan();
    if (token.kind !== '}') {
      throw this.error(`expected } at the end of the block, found ${describeToken(token)}`);
    }
    this.depth -= 1;
    return { kind: 'object', items, offset };
  }

  private list(): ListNode {
    const { offset } = this.token;
    this.enter();
    const elements: SyntaxNode[] = [];
    let needsComma = false;
    for (;;) {
      const token = this.scan();
      if (token.kind === ']') {
        this.depth -= 1;
        return { kind: 'list', elements, offset };
      }
      if (token.kind === ',') {
        this.peek();
        needsComma = false;
        continue;
      }
      if (needsComma) {
        throw this.error(`expected , or ] in the list, found ${describeToken(token)}`);
      }
      elements.push(this.listElement(token));
      // The servers accept a list without a comma after it.
      needsComma = token.kind !== '[';
    }
  }

  private listElement(token: Token): SyntaxNode {
    if (token.kind !== '[' && token.kind !== '{') {
      const literal = literalOf(token);
      if (literal === undefined) {
        throw this.error(`expected a value in the list, found ${describeToken(token)}`);
      }
      return literal;
    }
    const outer = this.element;
    this.element ??= token.offset;
    const node = token.kind === '[' ? this.list() : this.object();
    this.element = outer;
    return node;
  }

  private enter(): void {
    this.depth += 1;
    if (this.depth > deepest) {
      throw this.error(`lists and objects are nested more than ${deepest} times`);
    }
  }
}

const literalOf = ({ kind, text, offset }: Token): Literal | undefined =>
  isLiteral(kind) ? { kind, text, json: false, offset } : undefined;

/**
 * Items of a text in HCL 1, whose lines end with `\n`.
 *
 * @throws PolicyError
 */
export const parseHcl = (source: Source, refusesRepeatedAttributes: boolean): readonly Item[] =>
  new HclParser(source, refusesRepeatedAttributes).parse();
