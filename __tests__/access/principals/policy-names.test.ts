import { globMatches, policyNames, tokenRolePolicies } from '../../../access/principals/policy-names';

const unlimited = {
  name: 'role',
  allowedPolicies: [],
  allowedPoliciesGlob: [],
  disallowedPolicies: [],
  disallowedPoliciesGlob: [],
  noDefaultPolicy: false,
};
const existing = ['app-ro', 'app-rw', 'default', 'ops'];

describe('names of the policies of a token', () => {
  it('are sorted, in lower case, each once', () => {
    expect(policyNames(['b', ' A ', 'b', ''])).toEqual(['a', 'b']);
  });

  it('are only `root` if that is one of them', () => {
    expect(policyNames(['a', 'Root'])).toEqual(['root']);
  });
});

describe('policies of the tokens of a token role', () => {
  it('are the allowed ones and `default`', () => {
    expect(tokenRolePolicies({ ...unlimited, allowedPolicies: ['app-ro'] }, existing)).toEqual(['app-ro', 'default']);
  });

  it('are without `default` if the role says so, or forbids it', () => {
    const role = { ...unlimited, allowedPolicies: ['app-ro'] };
    expect(tokenRolePolicies({ ...role, noDefaultPolicy: true }, existing)).toEqual(['app-ro']);
    expect(tokenRolePolicies({ ...role, disallowedPolicies: ['default'] }, existing)).toEqual(['app-ro']);
    expect(tokenRolePolicies({ ...role, disallowedPoliciesGlob: ['def*'] }, existing)).toEqual(['app-ro']);
  });

  it('are those that exist and match a glob', () => {
    const role = { ...unlimited, allowedPoliciesGlob: ['app-*'], disallowedPolicies: ['app-rw'] };
    expect(tokenRolePolicies(role, existing)).toEqual(['app-ro', 'default']);
  });

  it('are all others if the role only forbids some', () => {
    expect(tokenRolePolicies({ ...unlimited, disallowedPolicies: ['ops'] }, existing)).toEqual([
      'app-ro',
      'app-rw',
      'default',
    ]);
  });

  it('are those of their creator if the role limits nothing', () => {
    expect(tokenRolePolicies(unlimited, existing)).toBeUndefined();
  });
});

describe('a glob of policies', () => {
  it.each([
    ['app-*', 'app-ro', true],
    ['*-ro', 'app-ro', true],
    ['*pp*', 'app-ro', true],
    ['*', 'app-ro', true],
    ['app-ro', 'app-ro', true],
    ['a*o', 'app-ro', false],
    ['app-', 'app-ro', false],
  ])('%s and %s: %s', (glob, name, matches) => {
    expect(globMatches(glob, name)).toBe(matches);
  });
});
