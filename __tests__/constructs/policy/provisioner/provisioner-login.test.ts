import { ProvisionerLogin } from '../../../../constructs/policy/provisioner/provisioner-login';
import type { Provisioner } from '../../../../model/cluster/provisioner';
import { Template } from '../../../support/template/template';

const common = { networks: ['10.20.0.0/24'], ttlSeconds: 600 };
const render = (props: Provisioner): Template => Template.of((scope) => new ProvisionerLogin(scope, 'login', props));
const token = { token_ttl: 600, token_max_ttl: 600, token_bound_cidrs: ['10.20.0.0/24'], token_type: 'service' };

it('by AppRole has SecretIDs for one login, for each kind of stack', () => {
  const roles = render({ login: 'approle', ...common }).resources('vault_approle_auth_backend_role');
  expect(Object.values(roles)).toHaveLength(3);
  for (const role of Object.values(roles)) {
    expect(role).toMatchObject({
      ...token,
      secret_id_num_uses: 1,
      secret_id_ttl: 600,
      secret_id_bound_cidrs: ['10.20.0.0/24'],
      token_policies: [`provisioner-${String(role.role_name)}`],
    });
  }
});

it('by JWT binds issuer, audience and claims, for each kind of stack', () => {
  const template = render({
    login: 'jwt',
    ...common,
    boundIssuer: 'https://ci.example.com',
    keys: { from: 'discovery', url: 'https://ci.example.com' },
    supportedAlgorithms: ['RS256'],
    audience: 'vault',
    claims: { platform: { job: 'a' }, engines: { job: 'b' }, teams: { job: 'c' } },
  });
  expect(template.resource('vault_generic_endpoint').data_json).toContain('"bound_issuer":"https://ci.example.com"');
  const roles = Object.values(template.resources('vault_jwt_auth_backend_role'));
  expect(roles.map(({ role_name: name, bound_claims: claims }) => [name, claims])).toEqual([
    ['platform', { job: 'a' }],
    ['engines', { job: 'b' }],
    ['teams', { job: 'c' }],
  ]);
  for (const role of roles) expect(role).toMatchObject({ ...token, bound_audiences: ['vault'] });
});
