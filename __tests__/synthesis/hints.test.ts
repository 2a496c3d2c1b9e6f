import { hintsOf } from '../../synthesis/hints';
import { richInventory } from '../model/rich-inventory';
import { load } from '../model/small-inventory';

describe('hints', () => {
  it('name logins that a quota does not limit, at the quota', () => {
    const text = richInventory['tenants/streaming/bus.yaml'] ?? '';
    const line = text.slice(0, text.indexOf('loginsPerSecond')).split('\n').length;
    expect(hintsOf(load({}, richInventory))).toEqual([
      {
        file: 'inventory/tenants/streaming/bus.yaml',
        line,
        column: expect.any(Number) as number,
        message:
          'loginsPerSecond does not limit logins of the type ldap, jwt, oidc, which servers cannot count by role',
        fix: 'rely on requestsPerSecond for these, or use logins of the type approle, kubernetes or aws',
      },
    ]);
  });

  it('are none for an inventory that says nothing of the kind', () => {
    expect(hintsOf(load())).toEqual([]);
  });
});
