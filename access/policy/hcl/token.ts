import type { LiteralKind } from './syntax-tree';

export type TokenKind =
  LiteralKind | 'identifier' | 'null' | 'illegal' | 'end' | '[' | ']' | '{' | '}' | ',' | ':' | '.' | '=' | '+' | '-';

export interface Token {
  readonly kind: TokenKind;
  /** Spelling in the source. */
  readonly text: string;
  readonly offset: number;
}

const literals: ReadonlySet<TokenKind> = new Set<LiteralKind>(['string', 'heredoc', 'number', 'float', 'bool']);

export const isLiteral = (kind: TokenKind): kind is LiteralKind => literals.has(kind);

/** What a token is called in messages. */
export const describeToken = ({ kind, text }: Token): string =>
  kind === 'end' ? 'the end of the text' : kind === 'heredoc' ? 'a heredoc' : text;
