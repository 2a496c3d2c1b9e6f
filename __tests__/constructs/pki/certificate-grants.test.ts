import type { Construct } from 'constructs';

import { CertificateAuthority, type ICertificateAuthority } from '../../../constructs/pki/certificate-authority';
import { Policy } from '../../../constructs/policy/policy';
import { Template } from '../../support/template';

describe('grants on an authority', () => {
  const policyOf = (grant: (scope: Construct, policy: Policy) => void): string =>
    Template.of((scope) => grant(scope, new Policy(scope, 'p', { policyName: 'app' }))).resource('vault_policy')
      .policy as string;
  const kafka = (scope: Construct): ICertificateAuthority =>
    CertificateAuthority.fromCertificateAuthorityAttributes(scope, 'Authority', { mountPath: 'v1/devel/pki/kafka' });

  it('are for one role each, and keep a request from giving its own dates', () => {
    const text = policyOf((scope, policy) => {
      const authority = kafka(scope);
      authority.grant(policy, 'app-client', ['issue'], 'Talks to Kafka');
      authority.grantSign(policy, { roleName: 'app-client' });
    });
    expect(text).toBe(`# Talks to Kafka
path "v1/devel/pki/kafka/issue/app-client" {
  capabilities = ["update"]
  denied_parameters = {
    "not_after" = []
    "not_before" = []
  }
}

path "v1/devel/pki/kafka/sign/app-client" {
  capabilities = ["update"]
  denied_parameters = {
    "not_after" = []
    "not_before" = []
  }
}
`);
  });

  it('to revoke are not by role: with two roles it is one rule', () => {
    const text = policyOf((scope, policy) => {
      const authority = kafka(scope);
      authority.grant(policy, 'app-client', ['issue', 'revoke']);
      authority.grant(policy, 'app-server', ['issue', 'revoke']);
      authority.grantRevoke(policy);
    });
    expect(text.match(/path ".*"/g)).toEqual([
      'path "v1/devel/pki/kafka/issue/app-client"',
      'path "v1/devel/pki/kafka/revoke-with-key"',
      'path "v1/devel/pki/kafka/issue/app-server"',
    ]);
  });

  it.each(['*', '+', 'app-*', 'a/b', ''])('are for no pattern or other path: %p', (role) => {
    expect(() => policyOf((scope, policy) => kafka(scope).grantIssue(policy, role))).toThrow(
      /cannot be the name of a role/,
    );
  });

  it('throw when they are given twice', () => {
    const twice = (scope: Construct, policy: Policy): void => {
      const authority = kafka(scope);
      authority.grantIssue(policy, { roleName: 'app-client' });
      authority.grantIssue(policy, { roleName: 'app-client' });
    };
    expect(() => policyOf(twice)).toThrow(/two rules for one path/);
  });
});
