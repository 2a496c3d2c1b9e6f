import { END, isDecimal, isDigit, isHexadecimal, isLetter, Reader } from './reader';
import type { Token, TokenKind } from './token';

const newline = 0x0a;
const quote = 0x22;
const backslash = 0x5c;
const dollar = 0x24;
const open = 0x7b;
const close = 0x7d;

const punctuation: Readonly<Record<number, TokenKind>> = {
  0x5b: '[',
  0x5d: ']',
  0x7b: '{',
  0x7d: '}',
  0x2c: ',',
  0x3d: '=',
  0x2b: '+',
};

/** Splits HCL 1 into tokens, without comments. */
export class HclScanner extends Reader {
  public constructor(text: string) {
    super(text, true);
  }

  public scan(): Token {
    for (;;) {
      const code = this.nextVisible();
      const offset = this.last;
      if (code === 0x23 || code === 0x2f) {
        this.comment(code);
        continue;
      }
      const kind = this.kind(code);
      return { kind, text: this.text.slice(offset, this.offset), offset };
    }
  }

  private kind(code: number): TokenKind {
    if (code === END) {
      return 'end';
    }
    if (isLetter(code)) {
      return this.identifier();
    }
    if (isDecimal(code)) {
      return this.number(code);
    }
    switch (code) {
      case quote:
        this.string();
        return 'string';
      case 0x3c: // <
        this.heredoc();
        return 'heredoc';
      case 0x2d: // -
        return isDecimal(this.peek()) ? this.number(this.next()) : '-';
      case 0x2e: // .
        return this.point();
      default: {
        const kind = punctuation[code];
        if (kind === undefined) {
          this.fail('this character is not allowed here');
        }
        return kind ?? 'illegal';
      }
    }
  }

  private identifier(): TokenKind {
    const word = this.word((code) => isLetter(code) || isDigit(code) || code === 0x2d || code === 0x2e);
    return word === 'true' || word === 'false' ? 'bool' : 'identifier';
  }

  private number(first: number): TokenKind {
    let code: number;
    let maybeOctal = true;
    if (first === 0x30) {
      code = this.next();
      if (code === 0x78 || code === 0x58) {
        return this.hexadecimal();
      }
      while (isDecimal(code)) {
        code = this.next();
        maybeOctal &&= code !== 0x38 && code !== 0x39;
      }
    } else {
      this.mantissa(first);
      code = this.next();
    }
    if (this.fraction(code)) {
      return 'float';
    }
    if (!maybeOctal) {
      this.fail('an octal number has only the digits 0 to 7');
    }
    if (code !== END) {
      this.back();
    }
    return 'number';
  }

  private hexadecimal(): TokenKind {
    let code = this.next();
    if (!isHexadecimal(code)) {
      this.fail('a hexadecimal number needs digits');
    }
    while (isHexadecimal(code)) {
      code = this.next();
    }
    if (code !== END) {
      this.back();
    }
    return 'number';
  }

  private comment(first: number): void {
    const block = first === 0x2f && this.peek() === 0x2a;
    if (block) {
      this.next();
      let previous = 0;
      let code = this.next();
      while (!(previous === 0x2a && code === 0x2f)) {
        if (code === END) {
          this.fail('the comment has no end: add */');
          return;
        }
        previous = code;
        code = this.next();
      }
      return;
    }
    if (first === 0x2f && this.peek() !== 0x2f) {
      this.fail('a comment starts with //, /* or #');
      return;
    }
    let code = this.next();
    while (code !== newline && code !== END) {
      code = this.next();
    }
    if (code !== END) {
      this.back();
    }
  }

  /** Reads a string whose quote was read. Between `${` and its `}` quotes and newlines are ordinary characters. */
  private string(): void {
    let depth = 0;
    for (;;) {
      const code = this.next();
      if (code === END || (code === newline && depth === 0)) {
        this.fail('the string has no closing quote in its line');
        return;
      }
      if (code === quote && depth === 0) {
        return;
      }
      if (depth === 0 && code === dollar && this.peek() === open) {
        depth = 1;
        this.next();
      } else if (depth > 0 && code === open) {
        depth += 1;
      } else if (depth > 0 && code === close) {
        depth -= 1;
      } else if (code === backslash) {
        this.escape();
      }
    }
  }

  private heredoc(): void {
    if (this.next() !== 0x3c) {
      this.fail('a heredoc starts with <<');
      return;
    }
    const start = this.offset;
    let code = this.next();
    if (code === 0x2d) {
      code = this.next();
    }
    while (isLetter(code) || isDigit(code)) {
      code = this.next();
    }
    if (code === END) {
      this.fail('the heredoc has no end');
      return;
    }
    if (code === 0x0d && this.peek() === newline) {
      code = this.next();
    }
    if (code !== newline) {
      this.fail('the anchor of a heredoc is a word at the end of a line');
      return;
    }
    const anchor = this.text.slice(start, this.offset - 1);
    if (anchor === '' || anchor === '-') {
      this.fail('a heredoc needs an anchor, for example <<EOT');
      return;
    }
    const isLast = lastLine(anchor);
    let lineStart = this.offset;
    for (;;) {
      code = this.next();
      if (code === END) {
        this.fail('the heredoc has no end: write its anchor alone in a line');
        return;
      }
      if (code === newline) {
        if (isLast(this.text.slice(lineStart, this.offset - 1))) {
          return;
        }
        lineStart = this.offset;
      }
    }
  }
}

const trailingReturns = (line: string): number => {
  let count = 0;
  while (line.endsWith('\r', line.length - count)) {
    count += 1;
  }
  return count;
};

/**
 * Whether a line ends the heredoc: the anchor after white space, in a line with at least as many bytes as the anchor with its `-`. So the
 * anchor of `<<-EOT` must be indented, as in the servers.
 */
const lastLine = (anchor: string): ((line: string) => boolean) => {
  const minimum = Buffer.byteLength(anchor);
  const returns = trailingReturns(anchor);
  const word = anchor.slice(anchor.startsWith('-') ? 1 : 0, anchor.length - returns);
  return (line) => {
    const found = trailingReturns(line);
    const end = line.length - found;
    return (
      found >= returns &&
      line.slice(0, end).endsWith(word) &&
      /^[\t\n\v\f\r ]*$/.test(line.slice(0, end - word.length)) &&
      Buffer.byteLength(line) >= minimum
    );
  };
};
