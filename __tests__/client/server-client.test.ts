import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ServerClient } from '../../client/server-client';
import { ServerRefusal } from '../../client/server-refusal';

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
    new ServerClient({ addresses, ca: '', token: 'canary-token', patienceMilliseconds });

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
