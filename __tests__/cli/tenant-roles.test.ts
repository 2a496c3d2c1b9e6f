import { tenantRoles } from '../../cli/tenant-roles';
import type { DocumentGrant } from '../../model/inventory';
import { environment, tenant, tenantEnvironment } from '../support/model';

const [devel, ci] = [environment('devel'), environment('ci')];

const roles = (...grants: readonly DocumentGrant[]): ReturnType<typeof tenantRoles> =>
  tenantRoles({
    tenant: tenant(),
    settings: tenantEnvironment({
      environment: devel,
      policies: grants.length > 0 ? [{ name: 'devel-checkout-tests', reason: 'Tests', grants }] : [],
    }),
  });

describe('tenantRoles', () => {
  it('are one to read and one to write the key set, whose first version is there already', () => {
    expect(roles()).toEqual([
      { role: 'checkout-devel-ro-role', mount: 'v1/devel/kv', document: 'checkout/configs' },
      { role: 'checkout-devel-rw-role', mount: 'v1/devel/kv', document: 'checkout/configs', firstCas: 1 },
    ]);
  });

  it('and one of each further policy, with a document that its first grant allows', () => {
    const role = 'devel-checkout-tests-role';
    expect(roles({ environment: ci, path: 'tests/*', capabilities: ['create', 'read'] })[2]).toEqual({
      role,
      mount: 'v1/ci/kv',
      document: 'checkout/tests/example',
      firstCas: 0,
    });
    expect(roles({ environment: devel, path: '+/results/+', capabilities: ['read'] })[2]).toEqual({
      role,
      mount: 'v1/devel/kv',
      document: 'checkout/example/results/example',
    });
  });

  it('of several grants show each', () => {
    const grant = (path: string): DocumentGrant => ({ environment: devel, path, capabilities: ['read'] });
    expect(roles(grant('one'), grant('two')).map(({ document }) => document)).toEqual([
      'checkout/configs',
      'checkout/configs',
      'checkout/one',
      'checkout/two',
    ]);
  });
});
