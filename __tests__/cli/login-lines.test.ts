import { loginLines } from '../../cli/login-lines';
import { appRole, customPolicy, environment, tenant, tenantEnvironment } from '../support/inventory/model';

const lines = (over: Parameters<typeof tenantEnvironment>[0] = {}): string[] =>
  loginLines({ tenant: tenant(), settings: tenantEnvironment(over) }, 'bao');

const keySetLines = ['ro', 'rw'].map(
  (access) => `platform_login checkout-devel-${access}-role && bao kv get -mount=v1/devel/kv checkout/configs`,
);

describe('login lines of a replica', () => {
  it('log in and read the key set', () => {
    expect(lines()).toEqual(keySetLines);
  });

  it('name an AppRole mount of the environment, and log in only if the role has no document', () => {
    const settings = { environment: environment('devel', { appRoleMount: 'own' }), keySet: 'none' } as const;
    expect(lines({ ...settings, policies: [customPolicy()] })).toEqual([
      'platform_login checkout.tests.devel-role own',
    ]);
  });

  it('have a comment above each document that exists only on the real server', () => {
    const comment = '# keySet: existing, so checkout/configs does not exist on this replica:';
    const others = customPolicy({
      grants: [{ type: 'documents', environment: environment(), path: 'tests/one', operations: ['create'] }],
    });
    expect(lines({ keySet: 'existing', policies: [others] })).toEqual([
      ...keySetLines.flatMap((line) => [comment, line]),
      'platform_login checkout.tests.devel-role && bao kv put -cas=0 -mount=v1/devel/kv checkout/tests/one hello=world',
    ]);
  });

  it.each([
    ['SecretIDs', { secretIdBoundCidrs: ['10.0.0.0/8'] }],
    ['tokens', { tokenBoundCidrs: ['10.0.0.0/8'] }],
    ['both, with the network once', { tokenBoundCidrs: ['10.0.0.0/8'], secretIdBoundCidrs: ['10.0.0.0/8'] }],
  ])('have a comment above them if loopback is not in the networks of %s', (_, networks) => {
    expect(lines({ appRole: appRole(networks) })).toEqual([
      '# refused on this replica: only from 10.0.0.0/8 (appRole of checkout)',
      ...keySetLines,
    ]);
  });

  it('have no comment if loopback is in one of the networks', () => {
    const networks = ['fd00::/8', '10.0.0.0/8', '127.0.0.0/8'];
    expect(lines({ appRole: appRole({ tokenBoundCidrs: networks }) })).toEqual(keySetLines);
  });
});
