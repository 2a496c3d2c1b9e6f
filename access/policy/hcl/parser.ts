import type { PolicyError } from '../policy';
import { unquote } from './literal-text';
import type { Reader } from './reader';
import type { Source } from './source';
import type { Item, Key, ListNode, Literal, ObjectNode, SyntaxNode } from './syntax-tree';
import { describeToken, isLiteral, type Token } from './token';

/** Deepest nesting of lists and objects: real policies have 4 levels, and recursion must end. */
const deepest = 500;

/** What the parsers of HCL 1 and of its JSON form have in common. Stops at the first error. */
export abstract class Parser {
  protected token: Token = { kind: 'end', text: '', offset: 0 };
  private depth = 0;

  protected constructor(
    private readonly source: Source,
    private readonly scanner: Reader,
    private readonly json: boolean,
  ) {}

  /** Of an object whose `{` was read. */
  protected abstract object(): ObjectNode;

  /** Of a list whose `[` was read. */
  protected abstract list(): ListNode;

  /** A fault of the scanner counts more than the error that the parser makes of it. @throws PolicyError */
  protected withFaults(parse: () => readonly Item[]): readonly Item[] {
    let items: readonly Item[] = [];
    try {
      items = parse();
    } catch (error) {
      if (this.scanner.fault === undefined) {
        throw error;
      }
    }
    if (this.scanner.fault !== undefined) {
      throw this.source.error(this.scanner.fault.message, this.scanner.fault.offset);
    }
    return items;
  }

  protected scan(): Token {
    this.token = this.scanner.scan();
    return this.token;
  }

  protected error(message: string, offset = this.token.offset): PolicyError {
    return this.source.error(message, offset);
  }

  protected key({ kind, text, offset }: Token): Key {
    const name = kind === 'string' ? unquote(text, this.json) : text;
    if (name === undefined && this.scanner.fault === undefined) {
      throw this.error(`${text} has an escape that is no character`, offset);
    }
    return { text: name ?? text, spelling: text, offset };
  }

  /** Undefined at the end of the text. */
  protected value(): SyntaxNode | undefined {
    const token = this.scan();
    if (token.kind === 'end') {
      return undefined;
    }
    if (token.kind === '{') {
      return this.object();
    }
    return token.kind === '[' ? this.list() : this.literal(token);
  }

  /** @param place added to the message of the error */
  protected literal(token: Token, place = ''): Literal {
    const { kind, text, offset } = token;
    // The servers read null as the empty string, but not in a list.
    if (kind === 'null' && place === '') {
      return { kind: 'string', text: '', json: this.json, offset };
    }
    if (!isLiteral(kind)) {
      throw this.error(`expected a value${place}, found ${describeToken(token)}`);
    }
    return { kind, text, json: this.json, offset };
  }

  /** Reads what is nested one level deeper. */
  protected nested<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > deepest) {
      throw this.error(`lists and objects are nested more than ${deepest} times`);
    }
    const result = read();
    this.depth -= 1;
    return result;
  }
}
