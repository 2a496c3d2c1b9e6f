import { TerraformStack } from 'cdktf';

import type { Environment } from '../../model/environment/environment';
import { planStacks } from '../../stacks/create-stacks';
import { exampleInventories } from '../support/inventory/examples';
import {
  appRole,
  authority,
  certificatePem,
  databaseConnection,
  environment,
  inventoryOf,
  tenant,
  tenantEnvironment,
} from '../support/inventory/model';
import { Template, testApp } from '../support/template/template';

const devel = environment('devel');
const integ = environment('integ', {
  state: { backend: 's3', bucket: 'state', region: 'eu-central-1', kmsKeyId: 'alias/state' },
});
const ci = environment('ci');

const authService = tenant({
  name: 'auth-service',
  team: 'identity',
  environments: [
    tenantEnvironment({ environment: devel }),
    tenantEnvironment({
      environment: integ,
      keySet: 'existing',
      appRole: appRole({ tokenType: 'batch' }),
      policies: [
        {
          name: 'integ-auth-service-read-write',
          inventoryName: 'read-write',
          reason: 'Tests clean up after themselves',
          logins: [{ type: 'approle' }],
          grants: [
            {
              type: 'documents',
              environment: ci,
              path: 'vault-integ-test/*',
              operations: ['create', 'read', 'update', 'delete'],
            },
          ],
        },
      ],
    }),
    tenantEnvironment({ environment: ci }),
  ],
});
const inventory = inventoryOf(tenant({ name: 'ledger' }), tenant(), authService);

const stacks = new Map(planStacks(inventory).map((plan) => [plan.name, plan]));
const create = (name: string): TerraformStack => stacks.get(name)!.create(testApp());
const template = (name: string): Template => Template.fromStack(create(name));

describe('the stacks of an inventory', () => {
  it('are small, and their names give the order of application', () => {
    expect([...stacks.keys()]).toEqual([
      'nonprod-platform',
      'devel-engines',
      'integ-engines',
      'ci-engines',
      'devel-payments',
      'devel-identity',
      'integ-identity',
      'ci-identity',
    ]);
  });

  it.each([...stacks.keys()])('%s is what cdktf itself would write', (name) => {
    const stack = create(name);
    const written = JSON.stringify(TerraformStack.prototype.toTerraform.call(stack));
    expect(sorted(stack.toTerraform())).toEqual(sorted(JSON.parse(written)));
  });

  it.each([...stacks.keys()])('%s holds the address of its cluster, no token and no path of a machine', (name) => {
    const text = JSON.stringify(create(name).toTerraform());
    expect(text).not.toContain(process.cwd());
    expect(template(name).json).toMatchObject({
      provider: { vault: [{ address: 'https://vault.example.com:8200', token_name: `terraform-${name}` }] },
      terraform: {
        required_providers: { vault: { source: 'hashicorp/vault', version: '>= 4.4, != 5.2.0, != 5.10.0, < 6' } },
      },
    });
  });
});

describe('the stacks of every example', () => {
  const all = exampleInventories().flatMap(({ name, inventory: shown }) =>
    planStacks(shown).map((plan) => [`${plan.name} of ${name}`, plan] as const),
  );

  it('exist', () => {
    expect(all.length).toBeGreaterThan(30);
  });

  it.each(all)('%s is what cdktf itself would write', (_, plan) => {
    const stack = plan.create(testApp());
    const written = JSON.stringify(TerraformStack.prototype.toTerraform.call(stack));
    expect(sorted(stack.toTerraform())).toEqual(sorted(JSON.parse(written)));
  });

  it.each(all)('%s contains no secret before the test', (_, plan) => {
    const text = JSON.stringify(plan.create(testApp()).toTerraform());
    for (const argument of ['password', 'bindpass', 'secret_key', 'access_key', 'token_reviewer_jwt', 'private_key']) {
      expect(text).not.toContain(`"${argument}":`);
    }
  });
});

describe('state', () => {
  it('of a local backend is relative, and outside the folders that a synthesis removes', () => {
    expect(template('devel-payments').json).toMatchObject({
      terraform: { backend: { local: { path: '../../../devel-payments.tfstate' } } },
    });
  });

  it('in S3 is encrypted and locked', () => {
    expect(template('integ-identity').json).toMatchObject({
      terraform: {
        backend: {
          s3: {
            bucket: 'state',
            key: 'integ-identity.tfstate',
            region: 'eu-central-1',
            encrypt: true,
            kms_key_id: 'alias/state',
            use_lockfile: true,
          },
        },
      },
    });
  });
});

describe('a team’s stack', () => {
  it('gives each tenant its key set, and for each policy the AppRole that logs in with it', () => {
    expect(template('devel-payments').addresses).toEqual([
      'vault_approle_auth_backend_role.checkout_ro_role',
      'vault_approle_auth_backend_role.checkout_rw_role',
      'vault_approle_auth_backend_role.ledger_ro_role',
      'vault_approle_auth_backend_role.ledger_rw_role',
      'vault_generic_endpoint.checkout_key-set',
      'vault_generic_endpoint.ledger_key-set',
      'vault_policy.checkout_ro',
      'vault_policy.checkout_rw',
      'vault_policy.ledger_ro',
      'vault_policy.ledger_rw',
    ]);
  });

  it('names policies, roles and documents as the applications expect them', () => {
    const devel = template('devel-payments');
    expect(devel.resources('vault_policy').checkout_ro).toMatchObject({ name: 'checkout-devel-ro' });
    expect(devel.resources('vault_policy').checkout_rw).toMatchObject({ name: 'checkout-devel-rw' });
    const document = 'v1/devel/kv/data/checkout/configs';
    expect(devel.policy('checkout-devel-ro').rules).toEqual({ [document]: ['read'] });
    expect(devel.policy('checkout-devel-rw').rules).toEqual({ [document]: ['read', 'update'] });
    expect(devel.policy('checkout-devel-ro').allows(document, 'read')).toBe(true);
    expect(devel.policy('checkout-devel-ro').denies(document, 'update')).toBe(true);
    expect(devel.policy('checkout-devel-rw').allows(document, 'update')).toBe(true);
    expect(devel.policy('checkout-devel-rw').denies('v1/devel/kv/data/ledger/configs', 'read')).toBe(true);
    expect(devel.resources('vault_approle_auth_backend_role').checkout_rw_role).toMatchObject({
      role_name: 'checkout-devel-rw-role',
      token_policies: ['checkout-devel-rw'],
    });
    expect(devel.resources('vault_generic_endpoint')['checkout_key-set']).toMatchObject({
      path: 'v1/devel/kv/data/checkout/configs',
      data_json: '{"data":{"key_sets":[],"active_kid":-1},"options":{"cas":0}}',
    });
  });

  it('does not change a document that exists', () => {
    expect(template('integ-identity').resources('vault_generic_endpoint')).toEqual({});
  });

  it('grants a further policy on another environment’s engine, with its reason', () => {
    const integ = template('integ-identity');
    const name = 'integ-auth-service-read-write';
    expect(integ.resources('vault_policy')[`auth-service_policy-${name}`]).toMatchObject({ name });
    const policy = integ.policy(name);
    const pattern = 'v1/ci/kv/data/auth-service/vault-integ-test/*';
    expect(policy.rules).toEqual({ [pattern]: ['create', 'read', 'update', 'delete'] });
    expect(policy.reason(pattern)).toBe('Tests clean up after themselves');
    expect(policy.allows('v1/ci/kv/data/auth-service/vault-integ-test/a/b', 'delete')).toBe(true);
    expect(policy.denies('v1/integ/kv/data/auth-service/vault-integ-test/a', 'read')).toBe(true);
    expect(
      integ.resources('vault_approle_auth_backend_role')['auth-service_policy-integ-auth-service-read-write_role'],
    ).toMatchObject({ role_name: 'integ-auth-service-read-write-role', token_type: 'batch' });
  });
});

describe('an environment’s stack', () => {
  const engines = (over: Partial<Environment>): Template => {
    const [home] = planStacks(
      inventoryOf(tenant({ environments: [tenantEnvironment({ environment: environment('lab', over) })] })),
    )
      .filter(({ name }) => name === 'lab-engines')
      .map((plan) => plan.create(testApp()));
    return Template.fromStack(home!);
  };

  it('outputs the certificate request for an offline root until it is signed', () => {
    const offline = authority('services', { signedBy: { kind: 'offline' } });
    const issuer = offline.defaultIssuer;
    expect(Object.keys(engines({ authorities: [offline] }).json.output as object)).toEqual([
      `request-services-${issuer}`,
    ]);
    const signed = { ...offline, issuers: [{ name: issuer, signedCertificate: certificatePem }] };
    expect(engines({ authorities: [signed] }).json.output).toBeUndefined();
  });

  it('has the engines of its file, each with prevent_destroy', () => {
    const all = engines({
      engines: {
        keyValue: { maxVersions: 3, casRequired: true, tuning: {} },
        keyValue1: { tuning: {} },
        transit: { tuning: {} },
        ssh: { tuning: {} },
        database: { connections: [databaseConnection()], tuning: {} },
      },
      authorities: [authority('services', { mountPath: 'v1/lab/pki/services' })],
    });
    const mounts = Object.values(all.resources('vault_mount'));
    expect(mounts.map(({ path }) => path).sort()).toEqual([
      'v1/lab/database',
      'v1/lab/kv',
      'v1/lab/kv1',
      'v1/lab/pki/services',
      'v1/lab/ssh',
      'v1/lab/transit',
    ]);
    for (const { lifecycle } of mounts) expect(lifecycle).toMatchObject({ prevent_destroy: true });
    expect(all.resource('vault_kv_secret_backend_v2')).toMatchObject({ max_versions: 3, cas_required: true });
  });

  it('limits its documents as a whole', () => {
    expect(engines({ quotas: { requestsPerSecond: 50 } }).resource('vault_quota_rate_limit')).toMatchObject({
      name: 'environment.lab',
      path: '${vault_mount.kv.path}/',
      rate: 50,
    });
  });
});

describe('the platform’s stack', () => {
  it('has the auth methods and the policies of administrators and Terraform, with prevent_destroy', () => {
    const platform = template('nonprod-platform');
    expect(platform.addresses).toEqual([
      'vault_auth_backend.approle',
      'vault_policy.admin',
      'vault_policy.provisioner-engines',
      'vault_policy.provisioner-platform',
      'vault_policy.provisioner-teams',
    ]);
    for (const policy of Object.values(platform.resources('vault_policy'))) {
      expect(policy.lifecycle).toEqual({ prevent_destroy: true });
    }
  });
});

/** The same value with the keys of every object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}
