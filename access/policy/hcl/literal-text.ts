import type { Literal } from './syntax-tree';

const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

const digitsOf: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Index after the `}` of the `${` at `start`, or -1. */
const afterInterpolation = (text: string, start: number): number => {
  let depth = 1;
  for (let index = start + 2; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\uFFFD') {
      return -1;
    }
    if (character === '{') {
      depth += 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth === 0) {
        return index + 1;
      }
    }
  }
  return -1;
};

/** Collects characters and single bytes: escapes with two digits and octal ones are bytes, which may form a character together. */
class Characters {
  private text = '';
  private bytes: number[] = [];

  public add(text: string): void {
    this.flush();
    this.text += text;
  }

  public addByte(byte: number): void {
    this.bytes.push(byte);
  }

  public toString(): string {
    this.flush();
    return this.text;
  }

  private flush(): void {
    if (this.bytes.length > 0) {
      this.text += Buffer.from(this.bytes).toString('utf8');
      this.bytes = [];
    }
  }
}

/** Adds the character that an escape means. Returns the index after it, or -1 if there is no such character. */
const addEscape = (body: string, backslash: number, json: boolean, to: Characters): number => {
  const word = body[backslash + 1] ?? '';
  const plain = simple[word];
  if (plain !== undefined) {
    to.add(plain);
    return backslash + 2;
  }
  const count = digitsOf[word];
  if (count === undefined) {
    const byte = parseInt(body.slice(backslash + 1, backslash + 4), 8);
    to.addByte(byte);
    return byte > 255 ? -1 : backslash + 4;
  }
  const end = backslash + 2 + count;
  const value = parseInt(body.slice(backslash + 2, end), 16);
  if (word === 'x') {
    to.addByte(value);
    return end;
  }
  const isSurrogate = value >= 0xd800 && value <= 0xdfff;
  if (value > 0x10ffff || (isSurrogate && json)) {
    return -1;
  }
  to.add(isSurrogate ? '\uFFFD' : String.fromCodePoint(value));
  return end;
};

/** Text of a quoted string that a scanner accepted. Undefined if an escape is no character, on which the servers fail. */
export const unquote = (spelling: string, json: boolean): string | undefined => {
  const body = spelling.slice(1, -1);
  if (!body.includes('\\') && (json || !body.includes('$'))) {
    return body;
  }
  const result = new Characters();
  let index = 0;
  while (index < body.length) {
    if (!json && body.startsWith('${', index)) {
      const end = afterInterpolation(body, index);
      if (end === -1) {
        return undefined;
      }
      result.add(body.slice(index, end));
      index = end;
    } else if (body[index] === '\\') {
      index = addEscape(body, index, json, result);
      if (index === -1) {
        return undefined;
      }
    } else {
      let end = index + 1;
      while (end < body.length && body[end] !== '\\' && body[end] !== '$') {
        end += 1;
      }
      result.add(body.slice(index, end));
      index = end;
    }
  }
  return result.toString();
};

const withoutFinalBlanks = (text: string): string => {
  let end = text.length;
  while (text[end - 1] === ' ' || text[end - 1] === '\t') {
    end -= 1;
  }
  return text.slice(0, end);
};

/**
 * Text of a heredoc. The servers assume that the last line is the anchor alone and cut off as many characters, so white space around the
 * anchor stays or cuts more off. With `<<-` the indentation of the anchor is removed from all lines, if all have it.
 */
const heredocText = (spelling: string): string => {
  const first = spelling.indexOf('\n');
  const plain = spelling.slice(first + 1, spelling.length - first + 1);
  if (spelling[2] !== '-') {
    return plain;
  }
  const lines = spelling.slice(first + 1, spelling.length - first + 2).split('\n');
  const indentation = lines.at(-1) ?? '';
  if (!lines.every((line) => line.startsWith(indentation))) {
    return withoutFinalBlanks(plain);
  }
  return [...lines.slice(0, -1).map((line) => line.slice(indentation.length)), ''].join('\n');
};

/** Text of a string or heredoc; of other literals their spelling. Undefined if an escape is no character. */
export const literalText = ({ kind, text, json }: Literal): string | undefined => {
  if (kind === 'string') {
    return text === '' ? '' : unquote(text, json);
  }
  return kind === 'heredoc' ? heredocText(text) : text;
};
