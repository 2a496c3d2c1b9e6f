import { segmentsMatch } from '../decide/match';
import type { Rule } from '../decide/rule';

/** Whole segment that matches every segment, also the empty one. */
export const anySegment = '+';

/**
 * What exact, prefix and segment rules have in common: a path is split at `/`, and each piece matches one segment. Of an open
 * pattern the last piece is the beginning of a segment, and anything can follow, also `/`.
 */
export interface Pattern {
  /** Literal segments, or {@link anySegment}. The last one of an open pattern is a literal, mostly empty. */
  readonly pieces: readonly string[];
  readonly open: boolean;
  /** In the syntax of policies. Equal patterns have equal texts. */
  readonly text: string;
}

export const pattern = (pieces: readonly string[], open: boolean): Pattern => ({
  pieces,
  open,
  text: `${pieces.join('/')}${open ? '*' : ''}`,
});

/** Reads the syntax of policies: a final `*` is any rest, a segment `+` is any segment. */
export const patternOf = (text: string): Pattern =>
  text.endsWith('*')
    ? { pieces: text.slice(0, -1).split('/'), open: true, text }
    : { pieces: text.split('/'), open: false, text };

export const patternOfRule = (rule: Pick<Rule, 'kind' | 'text'>): Pattern =>
  patternOf(rule.kind === 'prefix' ? `${rule.text}*` : rule.text);

/** Whether a pattern matches a path. */
export const patternMatches = ({ pieces, open }: Pattern, path: string): boolean => segmentsMatch(pieces, open, path);

/** Whether some path can match: a path is not empty and does not begin with `/`. */
export const isPossible = ({ pieces, open }: Pattern): boolean => pieces[0] !== '' || (open && pieces.length === 1);
