import fc from 'fast-check';

import { constructId } from '../../constructs/construct-id';

describe('the id of a construct', () => {
  it('is the name itself, where that has small letters, digits and dashes', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z0-9-]+$/), (words) => constructId(words) === words));
  });

  const name = fc.string({ unit: fc.constantFrom('a', 'X', '5', 'f', '_', ' ', '-', '/', 'é', '😀'), maxLength: 6 });

  it('differs for names that differ', () => {
    fc.assert(fc.property(name, name, (a, b) => (a === b) === (constructId(a) === constructId(b))));
  });

  it('can stand in the address of a resource, whose parts `_` separates', () => {
    fc.assert(fc.property(name, (words) => /^[A-Za-z0-9-]*$/.test(constructId(words))));
  });
});
