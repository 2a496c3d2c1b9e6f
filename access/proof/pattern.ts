import type { Rule } from '../decide/rule';

/** A set of paths, segment by segment. A final slash is an empty last segment. */
export interface Pattern {
  /** The first segments; undefined is any one segment. */
  readonly segments: readonly (string | undefined)[];
  /** Beginning of the rest of the path, without a slash. @default - the path ends after the segments */
  readonly rest?: string;
}

/** A pattern in the syntax of policies, for example `secret/data/+/app-*`. */
export function patternOf(path: string): Pattern {
  const texts = path.split('/');
  const last = texts.at(-1) ?? '';
  const isOpen = last.endsWith('*');
  if (isOpen) texts.pop();
  const segments = path.includes('+') ? texts.map((text) => (text === '+' ? undefined : text)) : texts;
  return isOpen ? { segments, rest: last.slice(0, -1) } : { segments };
}

/** The paths that a compiled rule matches. */
export function patternOfRule({ kind, text }: Pick<Rule, 'kind' | 'text'>): Pattern {
  if (kind === 'segments') return patternOf(text);
  const segments = text.split('/');
  return kind === 'exact' ? { segments } : { segments: segments.slice(0, -1), rest: segments.at(-1) ?? '' };
}

/** A path and everything below it. */
export const subtree = (path: string): readonly [Pattern, Pattern] => [patternOf(path), patternOf(`${path}/*`)];

/** The pattern in the syntax of policies. */
export const textOf = ({ segments, rest }: Pattern): string =>
  [...segments.map((segment) => segment ?? '+'), ...(rest === undefined ? [] : [`${rest}*`])].join('/');

export function matches({ segments, rest }: Pattern, path: readonly string[]): boolean {
  const count = segments.length;
  if (rest === undefined ? path.length !== count : path.length <= count || path[count]?.startsWith(rest) !== true) {
    return false;
  }
  return segments.every((segment, index) => segment === undefined || segment === path[index]);
}

/** Whether some path matches both patterns. */
export function overlaps(a: Pattern, b: Pattern): boolean {
  const common = Math.min(a.segments.length, b.segments.length);
  for (let index = 0; index < common; index += 1) {
    const [left, right] = [a.segments[index], b.segments[index]];
    if (left !== undefined && right !== undefined && left !== right) return false;
  }
  const [short, long] = a.segments.length <= b.segments.length ? [a, b] : [b, a];
  if (short.segments.length === long.segments.length) {
    if (short.rest === undefined || long.rest === undefined) return short.rest === long.rest;
    return short.rest.startsWith(long.rest) || long.rest.startsWith(short.rest);
  }
  if (short.rest === undefined) return false;
  const next = long.segments[common];
  return next === undefined || next.startsWith(short.rest);
}
