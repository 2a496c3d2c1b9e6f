import { matches, overlaps, type Pattern } from './pattern';

/**
 * Paths that stand for all paths of a set: for each path of the set, one of them matches the same patterns, and with a slash added or
 * removed also the same. What depends only on the patterns that match is known for the whole set when it is known for these paths.
 *
 * @param within the set
 * @param cutters patterns that distinguish paths; others than these are not considered
 */
export function* representatives(within: Pattern, cutters: readonly Pattern[]): Generator<string> {
  const near = cutters.filter(
    (pattern) =>
      overlaps(pattern, within) || overlaps(withSlash(pattern), within) || overlaps(pattern, withSlash(within)),
  );
  const walk = new Walk(within, freshText([within, ...near]));
  yield* walk.from([], near);
}

/** A LIST of `p/` is also decided by rules for `p`, and one of `p` asks for `p/`. */
const withSlash = (pattern: Pattern): Pattern =>
  pattern.rest === undefined ? { segments: [...pattern.segments, ''] } : pattern;

class Walk {
  constructor(
    private readonly within: Pattern,
    /** A text that no pattern contains. */
    private readonly fresh: string,
  ) {}

  /** @param active cutters that the next segments decide */
  public *from(path: readonly string[], active: readonly Pattern[]): Generator<string> {
    if (path.length > 0 && matches(this.within, path)) {
      yield path.join('/');
      if (active.length === 0) return;
    }
    // A path with an empty segment inside is refused by servers.
    if (path.length > 0 && path.at(-1) === '') return;
    for (const segment of this.choices(path, active)) {
      const next = [...path, segment];
      yield* this.from(
        next,
        active.filter((pattern) => decides(pattern, path.length, segment)),
      );
    }
  }

  private choices({ length: index }: readonly string[], active: readonly Pattern[]): Iterable<string> {
    const { segments, rest } = this.within;
    const only = segments[index];
    if (only !== undefined) return [only];
    if (index >= segments.length && rest === undefined) return [];
    const texts = new Set<string>();
    for (const pattern of [this.within, ...active]) {
      const text = pattern.segments[index];
      if (text !== undefined) texts.add(text);
      else if (index === pattern.segments.length && pattern.rest !== undefined) texts.add(pattern.rest + this.fresh);
    }
    texts.add(this.fresh);
    if (index > 0) texts.add('');
    return index === segments.length ? [...texts].filter((text) => text.startsWith(rest ?? '')) : texts;
  }
}

/** Whether a pattern that is not decided before a segment is not decided after it either. */
function decides({ segments }: Pattern, index: number, segment: string): boolean {
  if (index >= segments.length) return false;
  const text = segments[index];
  return text === undefined || text === segment;
}

/** Readable texts to try before others. */
const words = ['x', 'other', 'any', 'some', 'thing', 'y', 'z'];

/** A text that is different from all segments, and of which no part of a pattern is a beginning or an end. */
function freshText(patterns: readonly Pattern[]): string {
  const texts = new Set<string>();
  for (const { segments, rest } of patterns) {
    for (const text of [...segments, rest]) if (text !== undefined && text !== '') texts.add(text);
  }
  const all = [...texts];
  const found = words.find((word) => !all.some((text) => text.includes(word) || word.startsWith(text)));
  if (found !== undefined) return found;
  const used = new Set(all.join(''));
  let code = 0xe0;
  while (used.has(String.fromCharCode(code))) code += 1;
  return String.fromCharCode(code);
}
