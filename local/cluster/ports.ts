import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below what systems hand out for outgoing connections (32768 and up), so that a port is still free after a reboot. */
const firstPort = 20_000;
const lastPort = 32_000;

/** Whether this machine lets us listen there now. */
export async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Ports that are free now, all different, none of them in `taken`. */
export async function freePorts(count: number, taken: readonly number[]): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(firstPort, lastPort);
    if (!taken.includes(port) && !ports.includes(port) && (await isFree(port))) ports.push(port);
  }
  return ports;
}
