import { Acl } from '../../../access/decide/acl';
import { sudoPaths } from '../../../access/decide/sudo-paths';
import { servers, type Server } from '../../../access/servers';
import { diffPrincipal } from '../../../access/sets/diff';
import { reach } from '../../../access/sets/reach';
import { acl, policyOf } from '../hand-made';
import { isInOne } from './random-policies';

const patterns = [
  '*',
  's*',
  'sy*',
  'sys*',
  'sys/*',
  'a*',
  'auth*',
  'auth/*',
  'auth/token/*',
  '+/*',
  '+/+/*',
  'sys/+',
  'b*',
];

/** A path of each pattern that needs sudo, and one beside it. */
const pathsOf = (server: Server): readonly string[] =>
  sudoPaths[server].flatMap((text) => {
    const path = text.replaceAll('+', 'x').replace(/\*$/, 'x');
    return [path, `${path}/beside`];
  });

describe.each(Object.keys(servers) as Server[])('paths of %s that need sudo', (server) => {
  it.each(patterns)('are in no set without it, and all others are: %s', (pattern) => {
    const one = acl({ [pattern]: 'read,list' }, server);
    for (const operation of ['read', 'list'] as const) {
      const sets = reach(one, operation);
      const paths = pathsOf(server).map((path) => (operation === 'list' ? `${path}/` : path));
      expect(paths.filter((path) => isInOne(sets, path))).toEqual(
        paths.filter((path) => one.allows({ operation, path })),
      );
    }
  });

  it('are gained with sudo, also if another rule decides about them', () => {
    const before = Acl.compile([policyOf('p', { 'sys/*': 'read', '+/raw/*': 'list' })], { server });
    const after = Acl.compile([policyOf('p', { 'sys/*': 'read,sudo', '+/raw/*': 'list' })], { server });
    const [read, ...others] = diffPrincipal(before, after, 'x').operations;
    expect(others).toEqual([]);
    expect(pathsOf(server).filter((path) => isInOne(read?.gained ?? [], path))).toEqual(
      pathsOf(server).filter(
        (path) => after.allows({ operation: 'read', path }) && !before.allows({ operation: 'read', path }),
      ),
    );
  });
});
