import { Policy } from '../../../constructs/policy/policy';
import { Template } from '../../support/template';

describe('Policy', () => {
  it('holds what was granted to it after it was made', () => {
    const template = Template.of((scope) => {
      const policy = new Policy(scope, 'app', { policyName: 'app-devel-ro' });
      policy.addStatement({ path: 'a', capabilities: ['read'] });
      policy.addStatement({ path: 'b/', capabilities: ['list'] });
    });
    expect(template.resources('vault_policy')).toEqual({
      app: {
        name: 'app-devel-ro',
        policy: 'path "a" {\n  capabilities = ["read"]\n}\n\npath "b/" {\n  capabilities = ["list"]\n}\n',
      },
    });
  });

  it('fails the synthesis if nothing was granted', () => {
    expect(() => Template.of((scope) => new Policy(scope, 'app', { policyName: 'empty' }))).toThrow(
      /policy empty grants nothing/,
    );
  });

  it('of another stack is a name that roles can give, and makes nothing', () => {
    const template = Template.of((scope) => {
      expect(Policy.fromPolicyAttributes(scope, 'Audit', { policyName: 'audit' }).policyName).toBe('audit');
    });
    expect(template.addresses).toEqual([]);
  });
});
