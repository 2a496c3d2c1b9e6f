import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';

import { Agent, request } from 'undici';

import { startTokenIssuer, type TokenIssuer } from './token-issuer';

let issuer: TokenIssuer;
let dispatcher: Agent;
beforeAll(async () => {
  issuer = await startTokenIssuer();
  dispatcher = new Agent({ connect: { ca: issuer.ca } });
});
afterAll(async () => {
  await dispatcher.close();
  await issuer.stop();
});

const get = async (url: string): Promise<unknown> => (await request(url, { dispatcher })).body.json();

/** As somebody who knows nothing but the issuer's address. */
async function isGood(token: string): Promise<boolean> {
  const { issuer: name, jwks_uri: url } = (await get(`${issuer.address}/.well-known/openid-configuration`)) as {
    issuer: string;
    jwks_uri: string;
  };
  expect(name).toBe(issuer.address);
  const { keys } = (await get(url)) as { keys: (JsonWebKey & { kid: string })[] };
  const [header = '', claims = '', signature = ''] = token.split('.');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
  const key = createPublicKey({ key: keys.find((candidate) => candidate.kid === kid) ?? {}, format: 'jwk' });
  return verify('sha256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'));
}

test('signs tokens that verify with the discovered key', async () => {
  expect(await isGood(issuer.token({ sub: 'repo:acme/checkout', aud: 'vault' }))).toBe(true);
});

test('a token of somebody else is not, although it names the same key', async () => {
  expect(await isGood(await issuer.forgedToken({ sub: 'repo:acme/checkout', aud: 'vault' }))).toBe(false);
});

test('claims replace its own, and undefined ones go', () => {
  const [, claims = ''] = issuer.token({ iss: 'https://else', exp: 1, nbf: undefined }).split('.');
  const parsed = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
  expect(parsed).toMatchObject({ iss: 'https://else', exp: 1 });
  expect(parsed).not.toHaveProperty('nbf');
});
