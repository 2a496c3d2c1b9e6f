import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ServerClient } from '../../client/server-client';
import { ServerRefusal } from '../../client/server-refusal';
import { PlatformError } from '../../model/errors';

/** What a server answers to one request after the other; the last for ever. */
type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const answer =
  (status: number, body: object): Answer =>
  (_, response) =>
    response.writeHead(status).end(JSON.stringify(body));
const notActive = answer(500, { errors: ['local node not active but active cluster node not found'] });

describe('ServerClient', () => {
  const closers: (() => void)[] = [];

  afterEach(() => closers.splice(0).forEach((close) => close()));

  async function serve(...answers: Answer[]): Promise<{ address: string; requests: string[] }> {
    const requests: string[] = [];
    const server = createServer((request, response) => {
      const next = answers.length > 1 ? answers.shift() : answers[0];
      requests.push(`${request.method} ${request.url}`);
      next?.(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
  }

  const client = (addresses: readonly string[], patienceMilliseconds = 5000): ServerClient =>
    new ServerClient({ addresses, ca: '', allowHttp: true, token: 'canary-token', patienceMilliseconds });

  it('waits for an active node during a failover', async () => {
    const { address, requests } = await serve(notActive, notActive, answer(200, { data: { value: 1 } }));
    expect((await client([address]).write('kv/a', {})).data).toEqual({ value: 1 });
    expect(requests).toEqual(['POST /v1/kv/a', 'POST /v1/kv/a', 'POST /v1/kv/a']);
  });

  it('does not treat a redirect to a dead node as success', async () => {
    const { address, requests } = await serve(answer(307, {}), answer(200, {}));
    await client([address]).write('kv/a', {});
    expect(requests).toHaveLength(2);
  });

  it.each([301, 302, 307, 308])('sends its token to no address that a server names, with status %i', async (status) => {
    const { address: other, requests } = await serve(answer(200, {}));
    const redirect: Answer = (_, response) =>
      response.writeHead(status, { location: `${other}/v1/kv/a` }).end(JSON.stringify({}));
    const { address } = await serve(redirect);
    await expect(client([address], 0).read('kv/a')).rejects.toThrow(ServerRefusal);
    expect(requests).toEqual([]);
  });

  it.each([
    ['http://vault.example.com:8200', false],
    ['http://vault.example.com:8200', true],
    ['http://127.0.0.1:8200', false],
    ['http://localhost.example.com', true],
    ['http://127.0.0.1.example.com', true],
    ['vault.example.com:8200', true],
    ['ftp://127.0.0.1', true],
    ['unix:///run/vault.sock', true],
    ['', true],
  ])('refuses the address %s before it sends anything', (address, allowHttp) => {
    const make = () => new ServerClient({ addresses: ['https://one.example.com', address], allowHttp });
    expect(make).toThrow(PlatformError);
    expect(make).toThrow(/tokens and credentials are sent with TLS only/);
    expect(() => new ServerClient({ addresses: ['https://one'] }).with({ addresses: [address], allowHttp })).toThrow(
      PlatformError,
    );
  });

  it.each(['http://127.0.0.1:8200', 'http://localhost:8200', 'http://[::1]:8200'])(
    'accepts %s on request',
    (address) => {
      expect(() => new ServerClient({ addresses: [address], allowHttp: true })).not.toThrow();
    },
  );

  it('has responses wrapped on request', async () => {
    const echo: Answer = ({ headers }, response) =>
      response.writeHead(200).end(JSON.stringify({ asked: headers['x-vault-wrap-ttl'] ?? null }));
    const { address } = await serve(echo);
    expect(await client([address]).with({ wrapTtlSeconds: 60 }).read('kv/a')).toEqual({ asked: '60' });
    expect(await client([address]).read('kv/a')).toEqual({ asked: null });
  });

  it('shows no credential of an address', () => {
    const make = () => new ServerClient({ addresses: ['https://user:canary@vault.example.com'] });
    expect(make).toThrow(/contains a credential\n {2}given: +https:\/\/…@vault\.example\.com/);
  });

  it('uses the next node if one does not listen', async () => {
    const { address } = await serve(answer(200, { data: { value: 1 } }));
    expect((await client(['http://127.0.0.1:1', address]).read('kv/a')).data).toEqual({ value: 1 });
  });

  it('uses the next node if one is sealed, and fails at once if all are', async () => {
    const sealed = answer(503, { errors: ['Vault is sealed'] });
    const [one, other] = [await serve(sealed), await serve(answer(200, { data: { value: 1 } }))];
    expect((await client([one.address, other.address]).read('kv/a')).data).toEqual({ value: 1 });
    const second = await serve(sealed);
    await expect(client([one.address, second.address]).read('kv/a')).rejects.toThrow('Vault is sealed');
    expect(second.requests).toHaveLength(1);
  });

  it('fails after the deadline with the message of the server', async () => {
    const { address } = await serve(notActive);
    await expect(client([address], 0).read('kv/a')).rejects.toThrow('active cluster node not found');
  });

  it('never repeats a write that may have been carried out', async () => {
    const { address, requests } = await serve((request) => request.socket.destroy());
    await expect(client([address]).write('kv/a', {})).rejects.toMatchObject({ code: 'server' });
    expect(requests).toHaveLength(1);
  });

  it('repeats a read whose connection broke', async () => {
    const { address } = await serve((request) => request.socket.destroy(), answer(200, { data: { keys: ['a'] } }));
    expect(await client([address]).list('kv')).toEqual(['a']);
  });

  it('does not repeat refused requests, and does not show the token', async () => {
    const { address, requests } = await serve(answer(403, { errors: ['permission denied'] }));
    const refusal: unknown = await client([address])
      .read('kv/a')
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ServerRefusal);
    expect(refusal).toMatchObject({ status: 403, reasons: ['permission denied'] });
    expect(String(refusal)).not.toContain('canary-token');
    expect(requests).toHaveLength(1);
  });

  it('distinguishes a missing path from a refusal', async () => {
    const { address } = await serve(answer(404, { errors: [] }));
    expect(await client([address]).find('kv/a')).toBeUndefined();
    expect(await client([address]).list('kv')).toEqual([]);
    await expect(client([address]).read('kv/a')).rejects.toBeInstanceOf(ServerRefusal);
  });

  it.each([
    [200, 'active'],
    [429, 'standby'],
    [501, 'uninitialised'],
    [503, 'sealed'],
  ])('reads health %i as %s', async (status, state) => {
    const { address } = await serve(answer(status, { version: '2.7.2' }));
    expect(await client([address]).health()).toEqual({ state, version: '2.7.2' });
  });

  it('reports a node that does not answer as down', async () => {
    expect(await client(['http://127.0.0.1:1']).health()).toEqual({ state: 'down' });
  });
});
