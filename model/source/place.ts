import type { Position, SourceFile, ValuePath } from './source-file';

/** Place of a value in a file of the inventory; its line is looked up when it is needed. */
export class Place {
  constructor(
    private readonly source: SourceFile,
    private readonly path: ValuePath,
  ) {}

  /** File, line and column, as problems have them. */
  get position(): Position & { readonly file: string } {
    return { file: this.source.file, ...this.source.position(this.path) };
  }

  /** Place of a value inside of this one. */
  at(...path: ValuePath): Place {
    return new Place(this.source, [...this.path, ...path]);
  }
}
