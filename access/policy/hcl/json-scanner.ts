import { END, isDecimal, isDigit, isLetter, Reader } from './reader';
import type { Token, TokenKind } from './token';

const punctuation: Readonly<Record<number, TokenKind>> = {
  0x5b: '[',
  0x5d: ']',
  0x7b: '{',
  0x7d: '}',
  0x2c: ',',
  0x3a: ':',
};

/** Splits the JSON form of HCL 1 into tokens. Its strings have more escapes than JSON, but not `\/`. */
export class JsonScanner extends Reader {
  public constructor(text: string) {
    super(text, false);
  }

  public scan(): Token {
    const code = this.nextVisible();
    const offset = this.last;
    const kind = this.kind(code);
    return { kind, text: this.text.slice(offset, this.offset), offset };
  }

  private kind(code: number): TokenKind {
    if (code === END) {
      return 'end';
    }
    if (isLetter(code)) {
      return this.literalWord();
    }
    if (isDecimal(code)) {
      return this.number(code);
    }
    if (code === 0x22) {
      this.string();
      return 'string';
    }
    if (code === 0x2d && isDecimal(this.peek())) {
      return this.number(this.next());
    }
    if (code === 0x2e) {
      return this.point();
    }
    const kind = punctuation[code];
    if (kind === undefined) {
      this.fail('this character is not allowed in JSON');
    }
    return kind ?? 'illegal';
  }

  private literalWord(): TokenKind {
    const word = this.word((code) => isLetter(code) || isDigit(code) || code === 0x2d);
    if (word === 'true' || word === 'false') {
      return 'bool';
    }
    if (word !== 'null') {
      this.fail('a word in JSON is true, false or null');
      return 'illegal';
    }
    return 'null';
  }

  private number(first: number): TokenKind {
    const start = this.offset;
    this.mantissa(first);
    const code = this.next();
    if (this.fraction(code)) {
      return 'float';
    }
    if (code !== END) {
      this.back();
    }
    if (first === 0x30 && (this.offset !== start || code === END)) {
      this.fail('a number cannot start with 0');
    }
    return 'number';
  }

  private string(): void {
    for (;;) {
      const code = this.next();
      if (code === END || code === 0x0a) {
        this.fail('the string has no closing quote in its line');
        return;
      }
      if (code === 0x22) {
        return;
      }
      if (code === 0x5c) {
        this.escape();
      }
    }
  }
}
