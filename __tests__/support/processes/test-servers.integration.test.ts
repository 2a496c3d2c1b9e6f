import { existsSync } from 'node:fs';

import { request } from 'undici';

import { isFree } from '../../../local/cluster/ports';
import { eventually } from '../eventually';
import { TestServers } from './test-servers';

/** Serves 200 at a port, after it has said something. */
const program = (port: number, then = ''): readonly string[] => [
  '-e',
  `console.log('hello'); require('http').createServer((_, response) => response.end()).listen(${port}, '127.0.0.1'); ${then}`,
];

describe('a server of a test', () => {
  it('runs until the end of the test, and its folder is removed', async () => {
    const { servers, port } = await TestServers.use('test', async (servers) => {
      const [port = 0] = await servers.ports(1);
      const server = await servers.start({ name: 'web', command: process.execPath, args: program(port) });
      await server.until('an answer', () =>
        request(`http://127.0.0.1:${port}`).then(
          async ({ body }) => (await body.dump(), true),
          () => false,
        ),
      );
      expect(server.log()).toBe('hello');
      return { servers, port };
    });
    expect(await isFree(port)).toBe(false);
    await servers.dispose();
    await eventually('the port to be free', () => isFree(port));
    expect(existsSync(servers.directory)).toBe(false);
  });

  it('is stopped after a failure, and the error contains its log', async () => {
    let directory = '';
    const failing = TestServers.use('test', async (servers) => {
      directory = servers.directory;
      const [port = 0] = await servers.ports(1);
      const args = program(port, 'setTimeout(() => process.exit(1), 200)');
      const server = await servers.start({ name: 'web', command: process.execPath, args });
      await server.until('what never comes', () => false);
    });
    await expect(failing).rejects.toThrow('web ended:\nhello');
    expect(existsSync(directory)).toBe(false);
  });

  it('stops on request, and can be started again', async () => {
    await TestServers.use('test', async (servers) => {
      const [port = 0] = await servers.ports(1);
      const start = { name: 'web', command: process.execPath, args: program(port) };
      const first = await servers.start(start);
      await first.until('the port', async () => !(await isFree(port)));
      await first.stop();
      expect(await isFree(port)).toBe(true);
      const second = await servers.start(start);
      await second.until('the port', async () => !(await isFree(port)));
      await servers.dispose();
      await eventually('the port to be free', () => isFree(port));
    });
  });
});
