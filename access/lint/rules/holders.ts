import type { Policy } from '../../policy/policy';
import { printPolicy } from '../../policy/print-policy';
import type { LintRule } from '../lint-rule';

/** Policies that every server has. */
const builtIn = new Set(['default', 'root']);

export const unknownPolicy: LintRule = {
  id: 'unknown-policy',
  severity: 'error',
  title: 'a login with a policy that does not exist',
  check: ({ model }) =>
    model.principals.flatMap(({ id, policies }) =>
      policies
        .filter((name) => !builtIn.has(name) && !model.policies.has(name))
        .map((name) => ({
          principal: id,
          message: `${id} has the policy ${name}, which does not exist and which the server skips: create it, or remove it from the login`,
        })),
    ),
};

export const unusedPolicy: LintRule = {
  id: 'unused-policy',
  severity: 'warning',
  title: 'a policy that no login has',
  check: ({ model }) => {
    const used = new Set(model.principals.flatMap(({ policies }) => policies));
    return [...model.policies.keys()]
      .filter((name) => !builtIn.has(name) && !used.has(name))
      .map((policy) => ({ policy, message: `no login has the policy ${policy}: delete it, or give it to one` }));
  },
};

/** Text that is equal for policies that allow the same in the same words, in any order of stanzas. */
const content = (policy: Policy): string =>
  policy.stanzas
    .map((stanza) => printPolicy({ ...policy, stanzas: [stanza] }))
    .sort()
    .join('');

export const duplicatePolicy: LintRule = {
  id: 'duplicate-policy',
  severity: 'note',
  title: 'two policies with the same stanzas',
  check: ({ policies }) => {
    const first = new Map<string, string>();
    return policies.flatMap((policy) => {
      if (policy.stanzas.length === 0) {
        return [];
      }
      const text = content(policy);
      const other = first.get(text);
      if (other === undefined) {
        first.set(text, policy.name);
        return [];
      }
      return [{ policy: policy.name, message: `${policy.name} has the same stanzas as ${other}: use one policy` }];
    });
  },
};
