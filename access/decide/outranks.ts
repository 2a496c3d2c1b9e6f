import { segmentsOf } from './match';
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
  /** Pattern without a final `*`, in UTF-8: the longer, the better; then the larger. */
  readonly bytes: Buffer;
}

/** Rank of a rule. It does not depend on the path. */
export const rankOf = ({ kind, text }: Pick<Rule, 'kind' | 'text'>): Rank => {
  const isOpen = kind === 'prefix' || (kind === 'segments' && text.endsWith('*'));
  const bytes = Buffer.from(kind === 'segments' && isOpen ? text.slice(0, -1) : text);
  return {
    isExact: kind === 'exact',
    firstWildcard: kind === 'segments' ? Buffer.byteLength(text.slice(0, text.indexOf('+'))) : bytes.length,
    isOpen,
    wildcards: kind === 'segments' ? segmentsOf(text).filter((segment) => segment === '+').length : 0,
    bytes,
  };
};

/** The first criterion by which one of two ranks wins, and how: positive if `a` does. Zero only for equal patterns. */
export const compareRanks = (a: Rank, b: Rank): { readonly by: keyof Rank; readonly difference: number } => {
  const differences = {
    isExact: Number(a.isExact) - Number(b.isExact),
    firstWildcard: a.firstWildcard - b.firstWildcard,
    isOpen: Number(b.isOpen) - Number(a.isOpen),
    wildcards: b.wildcards - a.wildcards,
    bytes: a.bytes.length - b.bytes.length || Buffer.compare(a.bytes, b.bytes),
  };
  for (const by of ['isExact', 'firstWildcard', 'isOpen', 'wildcards'] as const) {
    if (differences[by] !== 0) return { by, difference: differences[by] };
  }
  return { by: 'bytes', difference: differences.bytes };
};

/** Whether one rule wins over another one that matches the same path. */
export const outranks = (a: Rule, b: Rule): boolean => compareRanks(rankOf(a), rankOf(b)).difference > 0;
