import type { PolicyError } from '../policy';
import { HclScanner } from './hcl-scanner';
import { Parser } from './parser';
import type { Source } from './source';
import type { Item, Key, ListNode, ObjectNode, SyntaxNode } from './syntax-tree';
import { describeToken, type Token } from './token';

/** Reads HCL 1. */
class HclParser extends Parser {
  private isBuffered = false;
  /** Element of a list that errors inside it are reported at. */
  private element: number | undefined;

  public constructor(
    source: Source,
    private readonly refusesRepeatedAttributes: boolean,
  ) {
    super(source, new HclScanner(source.text), false);
  }

  public parse(): readonly Item[] {
    return this.withFaults(() => this.items(false));
  }

  protected override scan(): Token {
    if (this.isBuffered) {
      this.isBuffered = false;
      return this.token;
    }
    return super.scan();
  }

  protected override error(message: string, offset?: number): PolicyError {
    return super.error(message, this.element ?? offset);
  }

  protected object(): ObjectNode {
    const { offset } = this.token;
    const items = this.nested(() => this.items(true));
    const token = this.scan();
    if (token.kind !== '}') {
      throw this.error(`expected } at the end of the block, found ${describeToken(token)}`);
    }
    return { kind: 'object', items, offset };
  }

  protected list(): ListNode {
    const { offset } = this.token;
    return { kind: 'list', elements: this.nested(() => this.elements()), offset };
  }

  private peek(): Token {
    const token = this.scan();
    this.isBuffered = true;
    return token;
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

  private elements(): readonly SyntaxNode[] {
    const elements: SyntaxNode[] = [];
    let needsComma = false;
    for (;;) {
      const token = this.scan();
      if (token.kind === ']') {
        return elements;
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
      return this.literal(token, ' in the list');
    }
    const outer = this.element;
    this.element ??= token.offset;
    const node = token.kind === '[' ? this.list() : this.object();
    this.element = outer;
    return node;
  }
}

/**
 * Items of a text in HCL 1, whose lines end with `\n`.
 *
 * @throws PolicyError
 */
export const parseHcl = (source: Source, refusesRepeatedAttributes: boolean): readonly Item[] =>
  new HclParser(source, refusesRepeatedAttributes).parse();
