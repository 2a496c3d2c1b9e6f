import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

import { PlatformError } from '../../model/errors';

/** Below the range for outgoing connections (32768 and up), so that a port is still free after a reboot. */
const allPorts = { first: 20_000, last: 31_999 };

/** `VAULT_PLATFORM_PORTS`, such as `20000-21999`: the ports to choose from, where several clusters start at the same time. */
function range(): { readonly first: number; readonly last: number } {
  const { VAULT_PLATFORM_PORTS: given } = process.env;
  if (!given) return allPorts;
  const [first, last] = (/^(\d{4,5})-(\d{4,5})$/.exec(given) ?? []).slice(1).map(Number);
  if (first !== undefined && last !== undefined && first + 100 <= last && last <= 65_535) return { first, last };
  throw new PlatformError('usage', [
    {
      message: 'VAULT_PLATFORM_PORTS is not a range of ports',
      given,
      allowed: 'two ports from 1000 to 65535, the second at least 100 above the first',
      fix: 'set it to something like 20000-21999, or leave it out',
    },
  ]);
}

/** Whether a port is free. */
export async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Ports that are free now, all different, none of them in `taken`. */
export async function freePorts(count: number, taken: readonly number[]): Promise<number[]> {
  const { first, last } = range();
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(first, last + 1);
    if (!taken.includes(port) && !ports.includes(port) && (await isFree(port))) ports.push(port);
  }
  return ports;
}
