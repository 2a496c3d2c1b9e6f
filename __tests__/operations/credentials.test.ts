import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import { ServerClient } from '../../client/server-client';
import type { AuthMethod } from '../../model/cluster/auth-method';
import { PlatformError } from '../../model/errors';
import type { Inventory } from '../../model/inventory';
import { readInventory } from '../../model/read';
import { credentials, setCredential, type Credential } from '../../operations/credentials';
import { cluster, jwtMethod, kubernetesMethod, ldapMethod, oidcMethod } from '../support/inventory/model';

describe('the credentials of an inventory', () => {
  const of = (...authMethods: readonly AuthMethod[]): Credential[] =>
    credentials({ clusters: [cluster({ authMethods })], environments: [], tenants: [] } satisfies Inventory);

  it('are those of its engines and auth methods', () => {
    const all = credentials(readInventory('examples/virtual-machines/inventory'));
    expect(all.map(({ name, path, secrets, rotatePath }) => [name, path, secrets, rotatePath])).toEqual([
      ['two-zones/auth/corporate', 'auth/corporate/config', ['bindpass'], undefined],
      ['two-zones/auth/cloud', 'auth/cloud/config/client', ['access_key', 'secret_key'], undefined],
      [
        'office/database/warehouse',
        'v1/office/database/config/warehouse',
        ['password'],
        'v1/office/database/rotate-root/warehouse',
      ],
      ['office/aws', 'v1/office/aws/config/root', ['access_key', 'secret_key'], 'v1/office/aws/config/rotate-root'],
    ]);
  });

  it('are empty if none is needed', () => {
    expect(of(jwtMethod(), ldapMethod(), kubernetesMethod({ tokenReview: 'client' }))).toEqual([]);
    expect(credentials(readInventory('inventory'))).toEqual([]);
  });

  it('the token of a reviewer is written with all settings that the server would otherwise drop', () => {
    const [credential] = of(kubernetesMethod({ tokenReview: 'reviewer', caCertificate: 'PEM', issuer: 'https://i' }));
    expect(credential).toMatchObject({ name: 'nonprod/auth/apps-devel', secrets: ['token_reviewer_jwt'] });
    expect(credential?.settings).toEqual({
      kubernetes_host: kubernetesMethod().host,
      kubernetes_ca_cert: 'PEM',
      disable_local_ca_jwt: true,
      disable_iss_validation: false,
      issuer: 'https://i',
    });
  });

  it('the secret of an OIDC client is written with all settings', () => {
    const [credential] = of(oidcMethod());
    expect(credential).toMatchObject({ name: 'nonprod/auth/people', secrets: ['oidc_client_secret'] });
    expect(credential?.settings).toEqual({
      oidc_discovery_url: 'https://login.example.com',
      oidc_client_id: 'vault',
      jwt_supported_algs: ['RS256'],
    });
  });
});

describe('setting a credential', () => {
  const credential: Credential = {
    name: 'devel/database/warehouse',
    cluster: 'nonprod',
    description: 'password of vault at warehouse',
    path: 'database/config/warehouse',
    secrets: ['password'],
    settings: { verify_connection: true },
    rotatePath: 'database/rotate-root/warehouse',
  };
  const secret = { password: 'canary' };
  let server: Server;
  let client: ServerClient;
  let requests: unknown[];
  /** Errors by path; the server does what is not in it. */
  let refusals: Readonly<Record<string, string>>;

  beforeEach(async () => {
    requests = [];
    refusals = {};
    server = createServer((request, response) => {
      const path = request.url?.replace('/v1/', '') ?? '';
      void json(request).then((body) => {
        requests.push([request.method, path, body]);
        const refusal = refusals[path];
        response.writeHead(refusal === undefined ? 204 : 400);
        response.end(refusal === undefined ? undefined : JSON.stringify({ errors: [refusal] }));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    client = new ServerClient({ addresses: [`http://127.0.0.1:${port}`], allowHttp: true, token: 'token' });
  });
  afterEach(async () => {
    await client.close();
    server.close();
    await once(server, 'close');
  });

  const failure = async (): Promise<PlatformError> => {
    const error: unknown = await setCredential(client, credential, secret).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(PlatformError);
    expect(String(error)).not.toContain('canary');
    return error as PlatformError;
  };

  it('rotates it at once', async () => {
    await expect(setCredential(client, credential, secret)).resolves.toBe(true);
    expect(requests).toEqual([
      ['POST', 'database/config/warehouse', { verify_connection: true, password: 'canary' }],
      ['POST', 'database/rotate-root/warehouse', {}],
    ]);
  });

  it('does not rotate it with rotate: false', async () => {
    await expect(setCredential(client, credential, secret, { rotate: false })).resolves.toBe(false);
    expect(requests).toHaveLength(1);
  });

  it('does not rotate it if the server cannot', async () => {
    const { rotatePath, ...fixed } = credential;
    expect(rotatePath).toBeDefined();
    await expect(setCredential(client, fixed, secret)).resolves.toBe(false);
    expect(requests).toHaveLength(1);
  });

  it('fails if the server refuses it, with the message of the server but without the credential', async () => {
    refusals = { 'database/config/warehouse': 'cannot parse vault:canary@db' };
    const { problems } = await failure();
    expect(problems).toMatchObject([{ message: 'the server refused: cannot parse vault:…@db' }]);
    expect(requests).toHaveLength(1);
  });

  it('reports that the credential is in use if the server fails to rotate it', async () => {
    refusals = { 'database/rotate-root/warehouse': 'permission denied for canary' };
    const { problems } = await failure();
    expect(problems).toMatchObject([
      {
        message: expect.stringMatching(/set and in use, but .*: permission denied for …$/) as string,
        fix: expect.stringContaining('--no-rotate') as string,
      },
    ]);
  });
});
