import { Policy } from '../../../constructs/policy/policy';
import { Template } from '../../support/template/template';

describe('Policy', () => {
  it('contains grants that were added after its creation', () => {
    const template = Template.of((scope) => {
      const policy = new Policy(scope, 'app', { policyName: 'app-devel-ro' });
      policy.addStatement({ path: 'a', capabilities: ['read'] });
      policy.addStatement({ path: 'b/', capabilities: ['list'] });
    });
    expect(template.addresses).toEqual(['vault_policy.app']);
    expect(Object.keys(template.resource('vault_policy')).sort()).toEqual(['name', 'policy']);
    expect(template.policy('app-devel-ro').rules).toEqual({ a: ['read'], 'b/': ['list'] });
  });

  it('fails the synthesis if nothing was granted', () => {
    expect(() => Template.of((scope) => new Policy(scope, 'app', { policyName: 'empty' }))).toThrow(
      /policy empty grants nothing/,
    );
  });

  it('of another stack creates nothing, and roles can refer to it', () => {
    const template = Template.of((scope) => {
      expect(Policy.fromPolicyAttributes(scope, 'Audit', { policyName: 'audit' }).policyName).toBe('audit');
    });
    expect(template.addresses).toEqual([]);
  });
});
