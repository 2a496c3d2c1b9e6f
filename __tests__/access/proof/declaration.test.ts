import { expiresSoon, isExpired } from '../../../access/proof/declaration';

const at = (time: string): number => Date.parse(time);
const declaration = { reason: 'Prices are shown', until: '2027-03-15' };

it('a declaration does not count from the beginning of its last day in UTC', () => {
  expect(isExpired(declaration, at('2027-03-14T23:59:59Z'))).toBe(false);
  expect(isExpired(declaration, at('2027-03-15T00:00:00Z'))).toBe(true);
  expect(isExpired(declaration, at('2027-03-16T00:00:00Z'))).toBe(true);
  expect(isExpired({ reason: 'x' }, at('9999-01-01'))).toBe(false);
});

it('a declaration expires soon in its last 14 days', () => {
  expect(expiresSoon(declaration, at('2027-02-28T23:59:59Z'))).toBe(false);
  expect(expiresSoon(declaration, at('2027-03-01T00:00:00Z'))).toBe(true);
  expect(expiresSoon(declaration, at('2027-03-14T23:59:59Z'))).toBe(true);
  expect(expiresSoon(declaration, at('2027-03-15T00:00:00Z'))).toBe(false);
  expect(expiresSoon({ reason: 'x' }, at('2027-03-01'))).toBe(false);
});
