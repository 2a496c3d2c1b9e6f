import { stateHome, type HomeOptions } from '../../local/home';

const home = (over: Partial<HomeOptions> = {}): string =>
  stateHome({ environment: {}, projectDirectory: '/src/clone', userHome: '/home/ann', isRoot: false, ...over });

describe('stateHome', () => {
  it('is in the user’s state folder, with the name of the clone', () => {
    expect(home()).toMatch(/^\/home\/ann\/\.local\/state\/vault-platform\/clone-[\da-f]{8}$/);
    expect(home({ environment: { XDG_STATE_HOME: '/state' } })).toMatch(/^\/state\/vault-platform\/clone-/);
  });

  it('is stable, and different for each clone', () => {
    expect(home()).toBe(home());
    expect(home({ projectDirectory: '/other/clone' })).not.toBe(home());
  });

  it('of root is a folder that the user of the database can enter', () => {
    expect(home({ isRoot: true, userHome: '/root', environment: { XDG_STATE_HOME: '/root/state' } })).toMatch(
      /^\/var\/lib\/vault-platform\/clone-/,
    );
  });

  it('is VAULT_PLATFORM_HOME if it is set, for every user', () => {
    for (const isRoot of [true, false]) {
      expect(home({ isRoot, environment: { VAULT_PLATFORM_HOME: '/mine' } })).toBe('/mine');
    }
    expect(home({ environment: { VAULT_PLATFORM_HOME: 'mine' } })).toBe(`${process.cwd()}/mine`);
    expect(home({ environment: { VAULT_PLATFORM_HOME: '' } })).toBe(home());
  });
});
