import { PolicyError, type Position } from '../policy';

/** A text whose offsets have lines and columns. Offsets at and after the end are columns after the last character. */
export class Source {
  private readonly hasPairs: boolean;
  private line = 1;
  private lineStart = 0;

  public constructor(public readonly text: string) {
    this.hasPairs = /[\uD800-\uDBFF]/.test(text);
  }

  /** Fast for offsets that ascend. */
  public position(offset: number): Position {
    if (offset < this.lineStart) {
      this.line = 1;
      this.lineStart = 0;
    }
    for (;;) {
      const end = this.text.indexOf('\n', this.lineStart);
      if (end === -1 || end >= offset) {
        break;
      }
      this.line += 1;
      this.lineStart = end + 1;
    }
    return { line: this.line, column: this.column(offset) };
  }

  public error(message: string, offset: number): PolicyError {
    return new PolicyError(message, this.position(offset));
  }

  private column(offset: number): number {
    const units = offset - this.lineStart + 1;
    if (!this.hasPairs) {
      return units;
    }
    const pairs = this.text.slice(this.lineStart, offset + 1).match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g);
    return units - (pairs?.length ?? 0);
  }
}
