import { segmentsOf } from '../decide/match';
import type { Rule } from '../decide/rule';
import { filled } from '../sets/filler';

/**
 * A path that a rule matches and that is as general as the rule: another rule that matches it matches all paths of the rule, or wins over
 * it only there by chance of the longest pattern, which the rest of the path rules out.
 */
export const generalPath = ({ kind, text }: Rule, rules: readonly Rule[]): string => {
  // A character of which no pattern has even one: what begins with it matches only wildcards.
  const fresh = filled('', (segment) => !rules.some((rule) => rule.text.includes(segment)));
  const isOpen = kind === 'prefix' || text.endsWith('*');
  const segments = kind === 'prefix' ? text.split('/') : segmentsOf(text);
  const path = segments.map((segment) => (segment === '+' ? fresh : segment)).join('/');
  const longest = Math.max(...rules.map((rule) => rule.text.split('/').length));
  return isOpen ? path + new Array<string>(longest + 1).fill(fresh).join('/') : path;
};
