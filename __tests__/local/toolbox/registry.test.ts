import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { isReachable } from '../../../local/toolbox/registry';
import { World } from './fixture';

let world: World;
beforeEach(() => (world = new World()));
afterEach(() => world.remove());

test('a registry that refuses the connection is unreachable', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  expect(await isReachable(`127.0.0.1:${port}`, world.context())).toBe(false);
});

test('the request to the registry uses the proxy of the user, whose refusal means unreachable', async () => {
  const asked: string[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  try {
    const context = world.context({ HTTPS_PROXY: `http://127.0.0.1:${port}` });
    expect(await isReachable('registry.example', context)).toBe(false);
    expect(asked).toEqual(['registry.example:443']);
  } finally {
    proxy.close();
  }
});
