import { reach } from '../../../access/sets/reach';
import { acl } from '../hand-made';

describe('too many classes of paths', () => {
  it('fail instead of being computed for ever', () => {
    const places = Array.from({ length: 17 }, (_, place) => place);
    const patterns = places.map((place) => places.map((index) => (index === place ? 'a' : '+')).join('/'));
    const rules = acl(Object.fromEntries(patterns.map((pattern) => [pattern, 'read'])));
    const error: unknown = expect.objectContaining({
      name: 'TooManyPatternsError',
      message:
        'The patterns of policy cut the paths into too many classes. Use fewer patterns with "+" in different segments.',
      policies: ['policy'],
      cause: expect.objectContaining({
        name: 'TooManyClassesError',
        message:
          'The patterns cut the paths into more than 100000 classes. Use fewer patterns with "+" in different segments.',
      }) as unknown,
    });
    expect(() => reach(rules, 'read')).toThrow(error as Error);
  });
});
