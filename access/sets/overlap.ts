import type { Rule } from '../decide/rule';
import { filled } from './filler';
import { intersect } from './intersect';
import { patternOfRule } from './pattern';

/** What {@link overlap} needs of a rule. */
export type RulePattern = Pick<Rule, 'kind' | 'text'>;

/** A path that both patterns match. @returns undefined if there is none */
export const overlap = (a: RulePattern, b: RulePattern): string | undefined => {
  const both = intersect(patternOfRule(a), patternOfRule(b));
  if (both === undefined) return undefined;
  const path = both.segments
    .map((segment) =>
      segment.kind === 'literal' ? segment.text : filled(segment.kind === 'begins' ? segment.text : ''),
    )
    .join('/');
  return path.startsWith('/') || path === '' ? undefined : path;
};
