import { matches } from '../../../access/decide/match';
import { outranks } from '../../../access/decide/outranks';
import { aclOf, policyText } from './stanzas';

/** Patterns that match m/a/b/c, best first. */
const ranking = [
  'm/a/b/c',
  'm/a/b/c*',
  // The first wildcard is as late as that of the next one, which ends in *.
  'm/a/b/+',
  'm/a/b/*',
  'm/a/b*',
  'm/a/+/c',
  'm/a/*',
  'm/a/+/c*',
  'm/a/+/*',
  'm/+/b/c',
  'm/+/b/+',
  // As many + and bytes as the one before, whose bytes are later in the order.
  'm/+/+/c',
  'm/+/+/+',
  'm/*',
  'm/+/b/c*',
  'm/+/b/*',
  'm/+/b*',
  'm/+/+/c*',
  'm/+/+/*',
  '+/a/b/c',
  '*',
];

describe('the rank of a pattern', () => {
  it('is decided as the servers do: by the first wildcard, a final *, the number of +, and then the length', () => {
    const rules = ranking.map((pattern) => aclOf('vault-2', [policyText(`${pattern} read`)]).rules[0]!);
    expect(rules.filter((rule) => !matches(rule, 'm/a/b/c'))).toEqual([]);
    const sorted = [...rules].reverse().sort((a, b) => (outranks(a, b) ? -1 : 1));
    expect(sorted.map(({ path }) => path)).toEqual(ranking);
    expect(rules.filter((rule) => outranks(rule, rule))).toEqual([]);
  });
});

describe('the conditions of a rule', () => {
  const rule = (attribute: string, capability = 'update') =>
    aclOf('openbao-2.7', [`path "m" {\n  capabilities = ["${capability}"]\n  ${attribute}\n}\n`]).rules[0];

  it('are absent unless something is demanded', () => {
    expect(rule('')).not.toHaveProperty('conditions');
    expect(rule('required_parameters = ["a"]', 'deny')).not.toHaveProperty('conditions');
    for (const attribute of [
      'required_parameters = ["a"]',
      'allowed_parameters = { "a" = [] }',
      'denied_parameters = { "a" = [] }',
      'min_wrapping_ttl = "5s"',
      'max_wrapping_ttl = "5s"',
      'pagination_limit = 5',
    ])
      expect(rule(attribute)).toHaveProperty('conditions');
  });
});
