import { PlatformError } from '../model/errors';

/** Hosts that are this machine. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Refuses addresses that would send a token or a credential without TLS.
 *
 * @param allowHttp whether `http://` to this machine is accepted
 * @throws PlatformError `usage` with every address that is refused
 */
export function refuseInsecure(addresses: readonly string[], allowHttp: boolean): void {
  const problems = addresses.flatMap((address) => {
    const { protocol, hostname, username, password } = parse(address);
    const isSafe = protocol === 'https:' || (allowHttp && protocol === 'http:' && loopback.test(hostname));
    if (isSafe && username === '' && password === '') return [];
    const isLocal = protocol === 'http:' && loopback.test(hostname);
    return [
      {
        message: isSafe
          ? 'the address of the server contains a credential'
          : 'tokens and credentials are sent with TLS only',
        given: withoutCredential(address),
        allowed: 'https://host:port; http:// to this machine with VAULT_PLATFORM_ALLOW_HTTP=loopback',
        fix: isLocal
          ? 'use https://, or set VAULT_PLATFORM_ALLOW_HTTP=loopback'
          : 'write the address as https://host:port, in the inventory or in VAULT_ADDR or BAO_ADDR',
      },
    ];
  });
  if (problems.length > 0) throw new PlatformError('usage', problems);
}

const parse = (address: string): Pick<URL, 'hostname' | 'password' | 'protocol' | 'username'> =>
  URL.canParse(address) ? new URL(address) : { protocol: '', hostname: '', username: '', password: '' };

const withoutCredential = (address: string): string => address.replace(/\/\/[^/]*@/, '//…@');
