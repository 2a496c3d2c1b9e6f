import type { Stanza } from '../../../access/policy/policy';
import type { PathClass } from '../../../access/sets/path-class';
import { patternMatches, patternOf } from '../../../access/sets/pattern';
import { stanza } from '../hand-made';

/** Numbers from 0 (included) to 1 (excluded), the same ones for the same seed. */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export type Random = ReturnType<typeof randomOf>;

/** One of a list that is not empty. */
export const oneOf = <T>(random: Random, list: readonly T[]): T => {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new RangeError('The list is empty.');
  return found;
};

/** All paths up to a length over some characters. They are not empty and do not begin with `/`. */
export const allPaths = (characters: string, length: number): string[] => {
  const paths: string[] = [];
  let longest = [''];
  for (let count = 0; count < length; count += 1) {
    longest = longest
      .flatMap((path) => [...characters].map((one) => path + one))
      .filter((path) => !path.startsWith('/'));
    paths.push(...longest);
  }
  return paths;
};

/** A pattern over the characters `a`, `b`, `/`, `+` and `*`, as policies can have. */
export const randomPattern = (random: Random): string => {
  const pieces = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, index) =>
    oneOf(random, ['a', 'a', 'b', 'ab', 'aa', '+', '+', ...(index > 0 ? ['', ''] : [])]),
  );
  const path = pieces.join('/');
  return random() < 0.45 && !path.endsWith('+') ? `${path}*` : path;
};

/** Some stanzas that overlap a lot. */
export const randomStanzas = (random: Random, count: number): Stanza[] =>
  Array.from({ length: count }, () =>
    stanza(
      randomPattern(random),
      random() < 0.25
        ? ['deny']
        : [oneOf(random, ['read', 'list', 'update'] as const), oneOf(random, ['read', 'list', 'list'] as const)],
    ),
  );

/** The first list with some stanzas left out, replaced or added. */
export const mutated = (random: Random, stanzas: readonly Stanza[]): Stanza[] => [
  ...stanzas.filter(() => random() < 0.75),
  ...randomStanzas(random, Math.floor(random() * 3)),
];

type Set = Pick<PathClass, 'include' | 'within' | 'except'>;

/** Whether a path is in one of some sets. */
export const isInOne = (sets: readonly Set[], path: string): boolean =>
  sets.some(
    ({ include, within, except }) =>
      [include, ...within].every((text) => patternMatches(patternOf(text), path)) &&
      !except.some((text) => patternMatches(patternOf(text), path)),
  );

/** Which of some paths are in one of some sets. What a pattern matches is computed once. */
export const membersOf = (paths: readonly string[]): ((sets: readonly Set[]) => boolean[]) => {
  const known = new Map<string, boolean[]>();
  const matched = (text: string): boolean[] => {
    const found = known.get(text) ?? paths.map((path) => patternMatches(patternOf(text), path));
    known.set(text, found);
    return found;
  };
  return (sets) => {
    const columns = sets.map(({ include, within, except }) => ({
      all: [include, ...within].map(matched),
      none: except.map(matched),
    }));
    return paths.map((_, index) =>
      columns.some(({ all, none }) => all.every((one) => one[index]) && !none.some((one) => one[index])),
    );
  };
};
