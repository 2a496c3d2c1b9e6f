import { isSameOwner, ownerName } from '../../../access/proof/owner';
import { owner } from './small-model';

const one = owner('shop');

it.each([
  [one, true],
  [{ ...one }, true],
  [{ ...one, tenant: 'ledger' }, false],
  [{ ...one, environment: 'prod' }, false],
  [{ ...one, team: 'other' }, false],
])('%j is the tenant shop of its team in devel: %s', (other, expected) => {
  expect(isSameOwner(one, other)).toBe(expected);
});

it('a tenant is named with its team and environment', () => {
  expect(ownerName(one)).toBe('team-shop/shop in devel');
});
