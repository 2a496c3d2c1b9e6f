import type { Rule } from './rule';

/** What decides which of two matching rules wins, in the order in which it counts. */
export interface Rank {
  /** An exact rule wins over all others. */
  readonly isExact: boolean;
  /** Bytes before the first wildcard: the more, the better. */
  readonly firstWildcard: number;
  /** Whether the pattern ends in `*`: worse than one that does not. */
  readonly isOpen: boolean;
  /** Segments that are `+`: the fewer, the better. */
  readonly wildcards: number;
  /** Bytes of the pattern without a final `*`: the more, the better. */
  readonly length: number;
  /** The pattern without a final `*`: the larger, the better, by its bytes. */
  readonly text: string;
}

/** Rank of a rule. It does not depend on the path. */
export const rankOf = ({ kind, text: pattern }: Pick<Rule, 'kind' | 'text'>): Rank => {
  const isSegments = kind === 'segments';
  const isOpen = kind === 'prefix' || (isSegments && pattern.endsWith('*'));
  const text = isSegments && isOpen ? pattern.slice(0, -1) : pattern;
  const length = Buffer.byteLength(text);
  return {
    isExact: kind === 'exact',
    firstWildcard: isSegments ? Buffer.byteLength(text.slice(0, text.indexOf('+'))) : length,
    isOpen,
    wildcards: isSegments ? text.split('/').filter((segment) => segment === '+').length : 0,
    length,
    text,
  };
};

/** The first criterion by which one of two ranks wins, and how: positive if `a` does. Zero only for equal patterns. */
export const compareRanks = (a: Rank, b: Rank): { readonly by: keyof Rank; readonly difference: number } => {
  if (a.isExact !== b.isExact) return { by: 'isExact', difference: a.isExact ? 1 : -1 };
  if (a.firstWildcard !== b.firstWildcard) {
    return { by: 'firstWildcard', difference: a.firstWildcard - b.firstWildcard };
  }
  if (a.isOpen !== b.isOpen) return { by: 'isOpen', difference: a.isOpen ? -1 : 1 };
  if (a.wildcards !== b.wildcards) return { by: 'wildcards', difference: b.wildcards - a.wildcards };
  if (a.length !== b.length) return { by: 'length', difference: a.length - b.length };
  return { by: 'text', difference: Buffer.compare(Buffer.from(a.text), Buffer.from(b.text)) };
};

/** Whether one rule wins over another one that matches the same path. */
export const outranks = (a: Rule, b: Rule): boolean => compareRanks(rankOf(a), rankOf(b)).difference > 0;
