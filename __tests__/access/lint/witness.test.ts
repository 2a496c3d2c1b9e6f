import { matches } from '../../../access/decide/match';
import type { Rule } from '../../../access/decide/rule';
import { generalPath } from '../../../access/lint/witness';
import { aclOf, policyText } from '../decide/stanzas';

const rulesOf = (...patterns: readonly string[]): readonly Rule[] =>
  aclOf('vault-2', [policyText(patterns.map((pattern) => `${pattern} read`).join(';'))]).rules;

describe('the general path of a rule', () => {
  it.each<[pattern: string, path: string]>([
    ['a/b', 'a/b'],
    ['a/+', 'a/c'],
    ['+/b/+', 'c/b/c'],
    ['a/b*', 'a/bc/c/c'],
    ['a/+/b*', 'a/c/bc/c/c/c'],
    ['*', 'c/c/c'],
    ['a/b**', 'a/b*c/c/c'],
  ])('%s is %s, with a character that no pattern has', (pattern, path) => {
    const rules = rulesOf(pattern, 'xyz*', 'ab/y');
    const [rule] = rules;
    const general = rule === undefined ? '' : generalPath(rule, rules);
    expect(general).toBe(path);
    expect(rules.filter((one) => matches(one, general))).toEqual([rule]);
  });

  it('is longer than every pattern, so that no longer pattern matches it by chance', () => {
    const rules = rulesOf('a/*', 'a/+/+/+/b', '+/+/+/+/+/+');
    expect(generalPath(rules[0]!, rules).split('/').length).toBeGreaterThan(6);
    expect(rules.slice(1).filter((rule) => matches(rule, generalPath(rules[0]!, rules)))).toEqual([]);
  });
});
