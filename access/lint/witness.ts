import type { Rule } from '../decide/rule';

/** A segment that occurs in no pattern of the rules. */
const freshSegment = (rules: readonly Rule[]): string => {
  let segment = 'zz';
  while (rules.some(({ text }) => text.includes(segment))) {
    segment += 'z';
  }
  return segment;
};

/**
 * A path that a rule matches and that is as general as the rule: another rule that matches it matches all paths of the rule, or wins over
 * it only there by chance of the longest pattern, which the rest of the path rules out.
 */
export const generalPath = ({ kind, text }: Rule, rules: readonly Rule[]): string => {
  if (kind === 'exact') {
    return text;
  }
  const fresh = freshSegment(rules);
  const isOpen = kind === 'prefix' || text.endsWith('*');
  const literal = kind === 'prefix' || !isOpen ? text : text.slice(0, -1);
  const path =
    kind === 'prefix'
      ? literal
      : literal
          .split('/')
          .map((segment) => (segment === '+' ? fresh : segment))
          .join('/');
  const longest = Math.max(...rules.map((rule) => rule.text.split('/').length));
  return isOpen ? path + new Array<string>(longest + 1).fill(fresh).join('/') : path;
};
