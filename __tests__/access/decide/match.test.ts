import { matches } from '../../../access/decide/match';
import { aclOf, decisionOf, policyText } from './stanzas';

describe('a pattern', () => {
  it.each<[pattern: string, paths: readonly string[], others: readonly string[]]>([
    ['m/x', ['m/x'], ['m/', 'm/xy', 'm/x/', 'x']],
    ['m/x*', ['m/x', 'm/xy', 'm/x/y'], ['m/', 'k/m/x']],
    ['m/+', ['m/', 'm/x'], ['m', 'm/x/', 'm/x/y', 'k/x']],
    ['+', ['m', ''], ['m/', 'm/x']],
    ['+/x', ['m/x', '/x'], ['x', 'm/xy', 'm/y', 'm/x/y']],
    ['m/+/a/+', ['m/x/a/y', 'm//a/'], ['m/x/ab/y', 'm/x/b/y', 'm/x/a', 'm/x/a/y/z', 'ma/x/a/y']],
    ['m/+/a*', ['m/x/a', 'm/x/ab', 'm/x/a/b'], ['m/x', 'm/x/', 'm/x/b', 'm/x/y/a']],
    ['m/+/*', ['m/x/', 'm/x/y', 'm/x/y/z'], ['m/x', 'm']],
    ['m/+/*b', ['m/x/*b'], ['m/x/ab', 'm/x/*']],
  ])('%s matches %j, and not %j', (pattern, paths, others) => {
    const acl = aclOf('openbao-2.7', [policyText(`${pattern} read`)]);
    const [rule] = acl.rules;
    const matched = [...paths, ...others].filter((path) => rule !== undefined && matches(rule, path));
    expect(matched).toEqual(paths);
    // A request of a path with a leading slash is one without it.
    const requested = [...paths, ...others].filter((path) => !path.startsWith('/'));
    expect(requested.filter((path) => decisionOf(acl, { operation: 'read', path }).allowed)).toEqual(
      requested.filter((path) => paths.includes(path)),
    );
  });
});
