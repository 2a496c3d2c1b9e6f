import type { Token, TokenKind } from './token';

/** What {@link Reader.next} returns at the end of the text. */
export const END = -1;

export const isDecimal = (code: number): boolean => code >= 0x30 && code <= 0x39;

export const isHexadecimal = (code: number): boolean =>
  isDecimal(code) || (code >= 0x61 && code <= 0x66) || (code >= 0x41 && code <= 0x46);

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;

const letter = /^\p{L}$/u;
const digit = /^\p{Nd}$/u;

export const isLetter = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x41 && code <= 0x5a) ||
  code === 0x5f ||
  (code >= 0x80 && letter.test(String.fromCodePoint(code)));

export const isDigit = (code: number): boolean =>
  isDecimal(code) || (code >= 0x80 && digit.test(String.fromCodePoint(code)));

/** Value of a digit of any base up to 16; 16 for other characters. */
const digitValue = (code: number): number => (isHexadecimal(code) ? parseInt(String.fromCharCode(code), 16) : 16);

/**
 * Reads characters and records faults. Reading continues after a fault, and the last fault counts, as in the servers. Each reading after
 * the end counts as one more column, because the servers' positions do.
 */
export abstract class Reader {
  /** Last fault that {@link fail} recorded. */
  public fault: { readonly message: string; readonly offset: number } | undefined;
  protected offset = 0;
  private width = 0;
  private readingsAfterEnd = 0;

  /** @param strict whether NUL and U+E123 are faults */
  public constructor(
    protected readonly text: string,
    private readonly strict: boolean,
  ) {}

  /** The next token, without white space and comments before it. */
  public abstract scan(): Token;

  /** Offset of the character that was read last. */
  protected get last(): number {
    return this.readingsAfterEnd > 0 ? this.text.length - 1 + this.readingsAfterEnd : this.offset - this.width;
  }

  /** Reads a character. A NUL reads as the end, as in the servers. */
  protected next(): number {
    const code = this.text.codePointAt(this.offset);
    if (code === undefined) {
      this.readingsAfterEnd += 1;
      this.width = 0;
      return END;
    }
    this.width = code > 0xffff ? 2 : 1;
    this.offset += this.width;
    if (code === 0) {
      if (this.strict) {
        this.fail('a NUL character is not allowed');
      }
      return END;
    }
    if (code === 0xe123 && this.strict) {
      this.fail('the character U+E123 is not allowed');
      return 0xfffd;
    }
    return code;
  }

  /** Reads a character that is no white space. */
  protected nextVisible(): number {
    let code = this.next();
    while (isSpace(code)) {
      code = this.next();
    }
    return code;
  }

  /** Reads the rest of a word whose first character was read. */
  protected word(isPart: (code: number) => boolean): string {
    const start = this.last;
    let code = this.next();
    while (isPart(code)) {
      code = this.next();
    }
    if (code !== END) {
      this.back();
    }
    return this.text.slice(start, this.offset);
  }

  /** Reads what follows a point that no digit precedes. */
  protected point(): TokenKind {
    if (!isDecimal(this.peek())) {
      return '.';
    }
    this.exponent(this.mantissa(this.peek()));
    return 'float';
  }

  /** Takes the last character back, which must not be the end. */
  protected back(): void {
    this.offset -= this.width;
  }

  protected peek(): number {
    const code = this.text.codePointAt(this.offset);
    return code === undefined || code === 0 ? END : code;
  }

  /** Records a fault at the last character. */
  protected fail(message: string): void {
    this.fault = { message, offset: this.last };
  }

  /** Reads decimal digits from `code` on. Returns the first character after them, which is read next. */
  protected mantissa(code: number): number {
    let current = code;
    const found = isDecimal(current);
    while (isDecimal(current)) {
      current = this.next();
    }
    if (found && current !== END) {
      this.back();
    }
    return current;
  }

  /** Reads an exponent whose `e` is `code`. */
  protected exponent(code: number): void {
    if (code === 0x65 || code === 0x45) {
      let current = this.next();
      if (current === 0x2d || current === 0x2b) {
        current = this.next();
      }
      this.mantissa(current);
    }
  }

  /** Reads the rest of a number whose integer part was read and which goes on with `code`. Returns whether it is a float. */
  protected fraction(code: number): boolean {
    if (code === 0x65 || code === 0x45) {
      this.exponent(code);
      return true;
    }
    if (code === 0x2e) {
      const after = this.mantissa(this.peek());
      if (after === 0x65 || after === 0x45) {
        this.exponent(this.next());
      }
      return true;
    }
    return false;
  }

  /** Reads what follows a backslash. */
  protected escape(): void {
    const code = this.next();
    switch (code) {
      case 0x61: // a
      case 0x62: // b
      case 0x66: // f
      case 0x6e: // n
      case 0x72: // r
      case 0x74: // t
      case 0x76: // v
      case 0x5c: // \
      case 0x22: // "
        return;
      case 0x78: // x
        this.digits(this.next(), 16, 2);
        return;
      case 0x75: // u
        this.digits(this.next(), 16, 4);
        return;
      case 0x55: // U
        this.digits(this.next(), 16, 8);
        return;
      default:
        if (code >= 0x30 && code <= 0x37) {
          this.digits(code, 8, 3);
        } else {
          this.fail('this escape does not exist');
        }
    }
  }

  private digits(first: number, base: number, count: number): void {
    let code = first;
    let missing = count;
    while (missing > 0 && digitValue(code) < base) {
      code = this.next();
      if (code === END) {
        break;
      }
      missing -= 1;
    }
    if (missing > 0) {
      this.fail('this escape has too few digits');
    }
    if (missing < count && code !== END) {
      this.back();
    }
  }
}
