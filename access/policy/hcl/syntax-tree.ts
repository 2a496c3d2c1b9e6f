/** Kinds of literals. A heredoc is a string in several lines; a float is a number with a point or an exponent. */
export type LiteralKind = 'string' | 'heredoc' | 'number' | 'float' | 'bool';

/** A literal. `text` is its spelling in the source; {@link literalText} is what it means. */
export interface Literal {
  readonly kind: LiteralKind;
  readonly text: string;
  /** Whether a string has the escapes of JSON. */
  readonly json: boolean;
  readonly offset: number;
}

export interface ListNode {
  readonly kind: 'list';
  readonly elements: readonly SyntaxNode[];
  readonly offset: number;
}

export interface ObjectNode {
  readonly kind: 'object';
  /** Replaced once, when nested objects of JSON are flattened. */
  items: readonly Item[];
  readonly offset: number;
}

export type SyntaxNode = Literal | ListNode | ObjectNode;

export interface Key {
  /** What the key means, without quotes and escapes. */
  readonly text: string;
  /** Spelling in the source. */
  readonly spelling: string;
  readonly offset: number;
}

/** `key = value`, or a block: keys followed by an object. */
export interface Item {
  readonly keys: readonly Key[];
  readonly value: SyntaxNode;
  /** Whether the item has a `=`. */
  readonly assigned: boolean;
}
