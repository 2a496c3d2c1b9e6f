import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import fc from 'fast-check';

import { constructId } from '../../constructs/construct-id';

describe('the id of a construct', () => {
  it('is the name itself, where that has small letters, digits and dashes', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z0-9-]+$/), (words) => words in {} || constructId(words) === words));
  });

  it.each(Object.getOwnPropertyNames(Object.prototype))('of %s can be that of a child', (words) => {
    const stack = new TerraformStack(new App({ outdir: mkdtempSync(path.join(tmpdir(), 'construct-id-')) }), 'stack');
    const id = constructId(words);
    expect(stack.node.tryFindChild(id)).toBeUndefined();
    expect(new Construct(stack, id).node.path).toBe(`stack/${id}`);
    expect(id).toMatch(/^[A-Za-z0-9-]*$/);
  });

  const name = fc.string({ unit: fc.constantFrom('a', 'X', '5', 'f', '_', ' ', '-', '/', 'é', '😀'), maxLength: 6 });

  it('differs for names that differ', () => {
    fc.assert(fc.property(name, name, (a, b) => (a === b) === (constructId(a) === constructId(b))));
  });

  it('can stand in the address of a resource, whose parts `_` separates', () => {
    fc.assert(fc.property(name, (words) => /^[A-Za-z0-9-]*$/.test(constructId(words))));
  });
});
