import type { Construct } from 'constructs';

import { CertificateAuthority, type ICertificateAuthority } from '../../../constructs/pki/certificate-authority';
import { Policy } from '../../../constructs/policy/policy';
import type { PolicyAccess } from '../../support/policy/policy-access';
import { Template } from '../../support/template/template';

describe('grants on an authority', () => {
  const policyOf = (grant: (scope: Construct, policy: Policy) => void): PolicyAccess =>
    Template.of((scope) => grant(scope, new Policy(scope, 'p', { policyName: 'app' }))).policy('app');
  const kafka = (scope: Construct): ICertificateAuthority =>
    CertificateAuthority.fromCertificateAuthorityAttributes(scope, 'Authority', { mountPath: 'v1/devel/pki/kafka' });

  it('grant one role each, and deny the parameters for own dates', () => {
    const access = policyOf((scope, policy) => {
      const authority = kafka(scope);
      authority.grant(policy, 'app-client', ['issue'], 'Talks to Kafka');
      authority.grantSign(policy, { roleName: 'app-client' });
    });
    const [issue, sign] = ['issue', 'sign'].map((verb) => `v1/devel/pki/kafka/${verb}/app-client`) as [string, string];
    expect(access.rules).toEqual({ [issue]: ['update'], [sign]: ['update'] });
    expect(access.reason(issue)).toBe('Talks to Kafka');
    for (const path of [issue, sign]) {
      expect(access.allows(path, 'update', 'common_name', 'ttl')).toBe(true);
      expect(access.denies(path, 'update', 'common_name', 'not_after')).toBe(true);
      expect(access.denies(path, 'update', 'not_before')).toBe(true);
      expect(access.denies(path.replace('client', 'server'), 'update')).toBe(true);
    }
  });

  it('to revoke are one rule for several roles', () => {
    const { rules } = policyOf((scope, policy) => {
      const authority = kafka(scope);
      authority.grant(policy, 'app-client', ['issue', 'revoke']);
      authority.grant(policy, 'app-server', ['issue', 'revoke']);
      authority.grantRevoke(policy);
    });
    expect(Object.keys(rules)).toEqual([
      'v1/devel/pki/kafka/issue/app-client',
      'v1/devel/pki/kafka/revoke-with-key',
      'v1/devel/pki/kafka/issue/app-server',
    ]);
  });

  it.each(['*', '+', 'app-*', 'a/b', ''])('are for no pattern or other path: %p', (role) => {
    expect(() => policyOf((scope, policy) => kafka(scope).grantIssue(policy, role))).toThrow(
      /not a valid name of a role/,
    );
  });

  it('throw on duplicates', () => {
    const twice = (scope: Construct, policy: Policy): void => {
      const authority = kafka(scope);
      authority.grantIssue(policy, { roleName: 'app-client' });
      authority.grantIssue(policy, { roleName: 'app-client' });
    };
    expect(() => policyOf(twice)).toThrow(/two rules for one path/);
  });
});
