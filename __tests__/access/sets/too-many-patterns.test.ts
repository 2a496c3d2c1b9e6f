import { TooManyClassesError } from '../../../access/sets/cut';
import { reach } from '../../../access/sets/reach';
import { acl } from '../hand-made';

describe('too many classes of paths', () => {
  it('fail instead of being computed for ever', () => {
    const places = Array.from({ length: 17 }, (_, place) => place);
    const patterns = places.map((place) => places.map((index) => (index === place ? 'a' : '+')).join('/'));
    const rules = acl(Object.fromEntries(patterns.map((pattern) => [pattern, 'read'])));
    const error: unknown = expect.objectContaining({
      policies: ['policy'],
      cause: expect.any(TooManyClassesError) as unknown,
    });
    expect(() => reach(rules, 'read')).toThrow(error as Error);
  });
});
