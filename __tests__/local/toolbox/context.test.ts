import { cacheDirectoryOf } from '../../../local/toolbox/context';
import { requirePlatform } from '../../../local/toolbox/platform';

const cache = (environment: NodeJS.ProcessEnv, cacheDirectory?: string): string =>
  cacheDirectoryOf({
    environment,
    projectDirectory: '/project',
    ...(cacheDirectory === undefined ? {} : { cacheDirectory }),
  });

test.each([
  [{ HOME: '/home/ada' }, '/home/ada/.cache/vault-platform'],
  [{ HOME: '/home/ada', XDG_CACHE_HOME: '/cache' }, '/cache/vault-platform'],
  [{ HOME: '/home/ada', XDG_CACHE_HOME: '/cache', VAULT_PLATFORM_CACHE: '/mine' }, '/mine'],
  [{ HOME: '/home/ada', XDG_CACHE_HOME: '', VAULT_PLATFORM_CACHE: '' }, '/home/ada/.cache/vault-platform'],
])('the cache folder with %j is %s', (environment, expected) => {
  expect(cache(environment)).toBe(expected);
});

test('a cache folder of the caller takes precedence over variables', () => {
  expect(cache({ HOME: '/home/ada', VAULT_PLATFORM_CACHE: '/mine' }, '/given')).toBe('/given');
});

test('an unsupported platform is reported, with a fix', () => {
  expect(() => requirePlatform('OpenBao 2.7.2', 'VAULT_PLATFORM_OPENBAO', 'win32-x64')).toThrow(
    /OpenBao 2\.7\.2 cannot be installed on this platform[^]*win32-x64[^]*linux-x64[^]*VAULT_PLATFORM_OPENBAO/,
  );
});
