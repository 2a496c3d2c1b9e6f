import { filled } from './filler';
import { anySegment, type Pattern } from './pattern';

/** The paths that exactly these patterns match, of the patterns that {@link cut} is given. Not empty. */
export interface Cut {
  /** Indexes of the patterns, ascending. */
  readonly matched: readonly number[];
  /** A path of the class: the one that is easiest to read, of those found. */
  readonly path: string;
}

export interface CutOptions {
  /** Whether only paths that end in `/` count, as for a LIST. */
  readonly listing: boolean;
  /** Only classes that match one of these patterns are returned. */
  readonly isRelevant: (index: number) => boolean;
}

/** The patterns of two sides cut the paths into more classes than can be computed. */
export class TooManyClassesError extends Error {
  constructor(limit: number) {
    super(
      `The patterns cut the paths into more than ${limit} classes. Use fewer patterns with "+" in different segments.`,
    );
    this.name = 'TooManyClassesError';
  }
}

/** Some first segments of a path, and what they leave of the patterns. */
interface State {
  readonly path: string;
  /** Patterns that match so far and have further pieces. */
  readonly live: readonly number[];
  /** Open patterns of which everything matches already. */
  readonly matched: readonly number[];
}

const limit = 100_000;

const isEasier = (a: string, b: string): boolean => {
  const difference = emptySegments(a) - emptySegments(b);
  return difference < 0 || (difference === 0 && a.length < b.length);
};

const emptySegments = (path: string): number => {
  let count = path.endsWith('/') ? 1 : 0;
  for (let place = path.indexOf('//'); place !== -1; place = path.indexOf('//', place + 1)) count += 1;
  return count;
};

const ascending = (numbers: number[]): number[] => numbers.sort((a, b) => a - b);

/**
 * The classes into which patterns cut all paths: finitely many, so that what is computed for one path of each is true for all. Patterns
 * are compared segment by segment; of the segments at one place only those are tried that differ in which patterns go on.
 *
 * @throws TooManyClassesError
 */
export const cut = (patterns: readonly Pattern[], { listing, isRelevant }: CutOptions): Cut[] => {
  const classes = new Map<string, Cut>();
  const found = (matched: readonly number[], path: string): void => {
    if (!matched.some(isRelevant)) return;
    const key = matched.join();
    const known = classes.get(key);
    if (known === undefined || isEasier(path, known.path)) classes.set(key, { matched, path });
  };

  let states: State[] = [{ path: '', live: patterns.map((_, index) => index), matched: [] }];
  let count = 0;
  for (let depth = 0; states.length > 0; depth += 1) {
    const next = new Map<string, State>();
    for (const state of states) {
      const choices = choicesOf(patterns, state.live, depth);
      const options = { isFirst: depth === 0, listing, isOpen: state.matched.length > 0 };
      for (const segment of choices.segments(options)) {
        count += 1;
        if (count > limit) throw new TooManyClassesError(limit);
        const { live, ended, opened } = choices.after(segment);
        const matched = opened.length === 0 ? state.matched : ascending([...state.matched, ...opened]);
        const path = depth === 0 ? segment : `${state.path}/${segment}`;
        if (!listing || (segment === '' && depth > 0)) found(ascending([...matched, ...ended]), path);
        if (live.length === 0) found(matched, listing ? `${path}/` : `${path}/x`);
        else if (live.some(isRelevant) || matched.some(isRelevant)) {
          const key = `${live.join()}|${matched.join()}`;
          const known = next.get(key);
          if (known === undefined || isEasier(path, known.path)) next.set(key, { path, live, matched });
        }
      }
    }
    states = [...next.values()];
  }
  return [...classes.values()];
};

interface Choices {
  /** One segment for each way to go on, if some pattern does. @param options isOpen: whether a pattern matches all segments already */
  segments(options: {
    readonly isFirst: boolean;
    readonly listing: boolean;
    readonly isOpen: boolean;
  }): Iterable<string>;
  /** What a segment leaves: patterns with further pieces, patterns that end with it, open patterns that match from here on. */
  after(segment: string): { live: number[]; ended: number[]; opened: number[] };
}

const append = (map: Map<string, number[]>, key: string, value: number): void => {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
};

const choicesOf = (patterns: readonly Pattern[], live: readonly number[], depth: number): Choices => {
  const literals = new Map<string, number[]>();
  const beginnings = new Map<string, number[]>();
  const any: number[] = [];
  const isLast = (index: number): boolean => patterns[index]?.pieces.length === depth + 1;
  for (const index of live) {
    const piece = patterns[index]?.pieces[depth] ?? '';
    if (isLast(index) && patterns[index]?.open) append(beginnings, piece, index);
    else if (piece === anySegment) any.push(index);
    else append(literals, piece, index);
  }
  const lengths = [...new Set([...beginnings.keys()].map((text) => text.length))];
  const longest = (segment: string): number =>
    Math.max(0, ...lengths.filter((length) => beginnings.has(segment.slice(0, length)) && segment.length >= length));

  const segments: Choices['segments'] = function* ({ isFirst, listing, isOpen }) {
    for (const literal of literals.keys()) if (literal !== '' || !isFirst) yield literal;
    if (!isOpen && beginnings.size + any.length === 0) return;
    if (listing && !isFirst && !literals.has('')) yield '';
    // Also the segment that nothing begins.
    for (const beginning of new Set([...beginnings.keys(), '']))
      yield filled(
        beginning,
        (segment) => segment !== '' && !literals.has(segment) && longest(segment) === beginning.length,
      );
  };

  return {
    segments,
    after: (segment) => {
      const goesOn = ascending([...(literals.get(segment) ?? []), ...any]);
      return {
        live: goesOn.filter((index) => !isLast(index)),
        ended: goesOn.filter(isLast),
        opened: lengths.flatMap((length) =>
          segment.length >= length ? (beginnings.get(segment.slice(0, length)) ?? []) : [],
        ),
      };
    },
  };
};
