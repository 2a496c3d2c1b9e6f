import { servers, type Server } from '../../../access/servers';
import { reach } from '../../../access/sets/reach';
import { acl } from '../hand-made';
import { isInOne } from './random-policies';

const patterns = ['a/*', 'a/b*', 'a/+', '+/b', '+/+/*', 'a/b'];
const paths = ['a/', 'b/', 'a/b/', 'a/c/', 'a/bc/', 'c/b/', 'a/b/c/'];
const rules = patterns.flatMap((path) => ['list', 'read', 'deny'].map((capability) => [path, capability] as const));

describe('sets of a LIST', () => {
  it.each(Object.keys(servers) as Server[])('are the paths that %s allows, for all pairs of stanzas', (server) => {
    const wrong = rules.flatMap((one, index) =>
      rules.slice(index + 1).flatMap((other) => {
        const both = acl(Object.fromEntries([['+/*', 'list'], one, other]), server);
        const sets = reach(both, 'list');
        return paths
          .filter((path) => isInOne(sets, path) !== both.allows({ operation: 'list', path }))
          .map((path) => [one, other, path]);
      }),
    );
    expect(wrong).toEqual([]);
  });
});
