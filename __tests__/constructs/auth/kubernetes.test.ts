import { KubernetesAuth, type KubernetesAuthProps } from '../../../constructs/auth/kubernetes-auth';
import { KubernetesRole, type KubernetesRoleProps } from '../../../constructs/auth/kubernetes-role';
import { appRole, certificatePem, kubernetesMethod } from '../../support/inventory/model';
import { Template } from '../../support/template/template';

const auth = (over: Partial<KubernetesAuthProps>): Template =>
  Template.of((scope) => new KubernetesAuth(scope, 'apps', { ...kubernetesMethod(), ...over }));

describe('KubernetesAuth', () => {
  it("minimal: uses the client's own JWT for TokenReview", () => {
    const template = auth({});
    expect(template.resource('vault_auth_backend')).toMatchObject({
      type: 'kubernetes',
      path: 'apps-devel',
      description: 'The method apps-devel',
      lifecycle: { prevent_destroy: true },
    });
    expect(template.resource('vault_kubernetes_auth_backend_config')).toEqual({
      backend: '${vault_auth_backend.apps.path}',
      kubernetes_host: 'https://kubernetes.example.com:6443',
      kubernetes_ca_cert: certificatePem,
      disable_iss_validation: true,
      disable_local_ca_jwt: true,
    });
  });

  it('maximal: issuer and tuning', () => {
    const template = auth({ issuer: 'https://issuer.example.com', tuning: { maxLeaseTtlSeconds: 3600 } });
    expect(template.resource('vault_auth_backend')).toMatchObject({ tune: [{ max_lease_ttl: '1h' }] });
    expect(template.resource('vault_kubernetes_auth_backend_config')).toMatchObject({
      issuer: 'https://issuer.example.com',
      disable_iss_validation: false,
    });
  });

  it('uses CA and ServiceAccount of its pod for the cluster that it runs in', () => {
    const template = Template.of((scope) => {
      const { host } = kubernetesMethod();
      const props = { mountPath: 'apps', description: 'Apps', host, tokenReview: 'server' as const };
      new KubernetesAuth(scope, 'apps', props);
    });
    const config = template.resource('vault_kubernetes_auth_backend_config');
    expect(config).toMatchObject({ disable_local_ca_jwt: false });
    expect(config).not.toHaveProperty('kubernetes_ca_cert');
  });

  it('with a reviewer has no settings in Terraform, which would remove the token that an operator set', () => {
    expect(auth({ tokenReview: 'reviewer' }).addresses).toEqual(['vault_auth_backend.apps']);
  });

  it.each(['client', 'reviewer'] as const)('fails without a CA if the review is by the %s', (tokenReview) => {
    const build = () =>
      Template.of((scope) => {
        const { host } = kubernetesMethod();
        new KubernetesAuth(scope, 'apps', { mountPath: 'apps', description: 'Apps', host, tokenReview });
      });
    expect(build).toThrow(/no CA certificate of the API server/);
  });
});

describe('KubernetesRole', () => {
  const build = (over: Partial<KubernetesRoleProps>): { template: Template; role: KubernetesRole } => {
    let role: KubernetesRole | undefined;
    const template = Template.of((scope) => {
      role = new KubernetesRole(scope, 'role', {
        ...appRole(),
        auth: KubernetesAuth.fromKubernetesAuthAttributes(scope, 'Auth', { mountPath: 'apps' }),
        roleName: 'app-role',
        policies: [{ policyName: 'app' }],
        audience: 'vault',
        serviceAccounts: ['worker'],
        namespaces: ['payments'],
        aliasNameSource: 'serviceaccount_uid',
        ...over,
      });
    });
    return { template, role: role! };
  };
  const type = 'vault_kubernetes_auth_backend_role';

  it('minimal: one ServiceAccount in one namespace, with an audience', () => {
    expect(build({}).template.resource(type)).toEqual({
      backend: 'apps',
      role_name: 'app-role',
      bound_service_account_names: ['worker'],
      bound_service_account_namespaces: ['payments'],
      audience: 'vault',
      alias_name_source: 'serviceaccount_uid',
      token_policies: ['app'],
      token_type: 'service',
      token_ttl: 1200,
      token_max_ttl: 3600,
    });
  });

  it('maximal: some ServiceAccounts of several namespaces, batch tokens, bound CIDRs', () => {
    const { template } = build({
      serviceAccounts: ['worker-*'],
      namespaces: ['payments', 'shop'],
      tokenType: 'batch',
      tokenBoundCidrs: ['10.0.0.0/8'],
    });
    expect(template.resource(type)).toMatchObject({
      bound_service_account_names: ['worker-*'],
      bound_service_account_namespaces: ['payments', 'shop'],
      token_type: 'batch',
      token_bound_cidrs: ['10.0.0.0/8'],
    });
  });

  it('has an alias only if namespace and ServiceAccount are exact', () => {
    const byName = { aliasNameSource: 'serviceaccount_name', namespaces: ['a', 'b'] } as const;
    expect(build(byName).role.aliasNames).toEqual(['a/worker', 'b/worker']);
    expect(build({ ...byName, serviceAccounts: ['w-*'] }).role.aliasNames).toEqual([]);
    expect(build({}).role.aliasNames).toEqual([]);
  });

  it.each([
    ['two wildcards', { serviceAccounts: ['*'], namespaces: ['*'] }, /everyone who can create a namespace/],
    ['two partial ones', { serviceAccounts: ['x', 'w-*'], namespaces: ['team-*'] }, /wildcards in both lists/],
    ['any account', { serviceAccounts: ['*'] }, /every ServiceAccount of the namespaces/],
    ['the default account', { serviceAccounts: ['default'], namespaces: ['team-*'] }, /has a ServiceAccount `default`/],
    ['no account', { serviceAccounts: [] }, /no one can log in/],
    ['no namespace', { namespaces: [] }, /no one can log in/],
    ['no audience', { audience: '' }, /every token of the cluster is accepted/],
  ])('fails if there is %s', (_, over, message) => {
    expect(() => build(over)).toThrow(message);
  });
});
