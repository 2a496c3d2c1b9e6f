import { tenantAccess } from '../../cli/tenant-access';
import type { Grant } from '../../model/tenant/grant';
import type { DocumentGrant } from '../../model/tenant/grants/documents';
import { customPolicy, environment, tenant, tenantEnvironment } from '../support/inventory/model';

const [devel, ci] = [environment('devel'), environment('ci')];
const approle = [{ type: 'approle' as const }];

const access = (...grants: readonly Grant[]): ReturnType<typeof tenantAccess> =>
  tenantAccess({
    tenant: tenant(),
    settings: tenantEnvironment({
      environment: devel,
      policies: grants.length > 0 ? [customPolicy({ grants })] : [],
    }),
  });

describe('the access of a tenant', () => {
  it('is to read and write the key set, whose first version already exists', () => {
    const keySet = { type: 'document', mount: 'v1/devel/kv', document: 'checkout/configs', reads: true };
    expect(access()).toEqual([
      { role: 'checkout-devel-ro-role', logins: approle, uses: [keySet] },
      { role: 'checkout-devel-rw-role', logins: approle, uses: [{ ...keySet, firstCas: 1 }] },
    ]);
  });

  it('has no role for a key set if the tenant has none', () => {
    expect(tenantAccess({ tenant: tenant(), settings: tenantEnvironment({ keySet: 'none' }) })).toEqual([]);
  });

  it('has each further policy, with an example of a document that its grant allows', () => {
    const documents = (over: Partial<DocumentGrant>): DocumentGrant => ({
      type: 'documents',
      environment: devel,
      path: 'one',
      operations: ['read'],
      ...over,
    });
    expect(
      access(
        documents({ environment: ci, path: 'tests/*', operations: ['create', 'read'] }),
        documents({ path: '+/results/+' }),
      )[2],
    ).toEqual({
      role: 'checkout.tests.devel-role',
      logins: approle,
      uses: [
        { type: 'document', mount: 'v1/ci/kv', document: 'checkout/tests/example', reads: true, firstCas: 0 },
        { type: 'document', mount: 'v1/devel/kv', document: 'checkout/example/results/example', reads: true },
      ],
    });
  });
});
