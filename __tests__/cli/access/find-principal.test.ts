import { findPrincipal } from '../../../cli/access/find-principal';
import { exampleComparison } from '../../support/access/example-comparison';

const { before } = exampleComparison(2, 2, ['devel', 'prod']);
const models = before === undefined ? [] : [before];
const found = (words: string, path: string): string => findPrincipal(models, words, path).principal.name;

describe('the principal that words mean', () => {
  it.each([
    ['payments/checkout rw', 'v1/prod/kv/data/checkout/x', 'checkout-prod-rw-role'],
    ['payments/checkout rw devel', 'v1/prod/kv/data/checkout/x', 'checkout-devel-rw-role'],
    ['checkout-prod-rw-role', 'sys/x', 'checkout-prod-rw-role'],
    ['approle:approle/role/checkout-prod-rw-role', 'sys/x', 'checkout-prod-rw-role'],
  ])('%s for %s is %s', (words, path, role) => {
    expect(found(words, path)).toBe(role);
  });

  it('is refused if several match, with their names', () => {
    expect(() => found('payments/checkout rw', 'sys/x')).toThrow(
      /several principals match[^]*checkout-devel-rw-role, .*checkout-prod-rw-role/,
    );
  });

  it('is refused if none matches, with those of the tenant', () => {
    expect(() => found('payments/checkout admin', 'sys/x')).toThrow(/no principal matches[^]*checkout-devel-rw-role/);
  });
});
