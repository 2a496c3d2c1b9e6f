import { generateKeyPair, type KeyObject, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { certificateFile, keyFile, prepareCertificates } from '../../../files/certificates';

export type Claims = Readonly<Record<string, unknown>>;

/** Somebody who signs tokens, such as a CI system: its keys are found by OpenID's discovery, over HTTPS on 127.0.0.1. */
export interface TokenIssuer {
  /** Its URL, which is also the claim `iss` of its tokens. */
  readonly address: string;
  /** Of the authority that signed its certificate, PEM. */
  readonly ca: string;
  /** URL of its keys alone. */
  readonly jwksUrl: string;
  /** Its public key, PEM. */
  readonly publicKey: string;
  /** A token that is good for five minutes; claims given replace its own, those that are undefined go. */
  token(claims: Claims): string;
  /** The same token, signed by somebody else with a key that goes by the same name. */
  forgedToken(claims: Claims): Promise<string>;
  stop(): Promise<void>;
}

const keyId = 'test-1';
const discoveryPath = '/.well-known/openid-configuration';
const jwksPath = '/keys';

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const { privateKey, publicKey } = await newKeys();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vault-platform-issuer-'));
  await prepareCertificates(folder, [
    { name: 'issuer', commonName: 'localhost', hosts: ['localhost', '127.0.0.1'], usage: 'server' },
  ]);
  const [ca, cert, key] = [
    certificateFile(folder, 'ca'),
    certificateFile(folder, 'issuer'),
    keyFile(folder, 'issuer'),
  ].map((file) => readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true });

  const documents: Record<string, unknown> = {};
  const server = createServer({ cert, key, minVersion: 'TLSv1.2' }, ({ url = '' }, response) => {
    const document = documents[url];
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const jwksUrl = `${address}${jwksPath}`;
  documents[jwksPath] = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: keyId, use: 'sig', alg: 'RS256' }] };
  documents[discoveryPath] = {
    issuer: address,
    jwks_uri: jwksUrl,
    authorization_endpoint: `${address}/authorize`,
    token_endpoint: `${address}/token`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
  return {
    address,
    ca: ca ?? '',
    jwksUrl,
    publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    token: (claims) => signed(privateKey, { iss: address, ...claims }),
    forgedToken: async (claims) => signed((await newKeys()).privateKey, { iss: address, ...claims }),
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const newKeys = (): Promise<{ privateKey: KeyObject; publicKey: KeyObject }> =>
  promisify(generateKeyPair)('rsa', { modulusLength: 2048 });

function signed(key: KeyObject, claims: Claims): string {
  const now = Math.floor(Date.now() / 1000);
  const all = { iat: now, nbf: now - 5, exp: now + 300, jti: randomUUID(), ...claims };
  const parts = [{ alg: 'RS256', kid: keyId, typ: 'JWT' }, all].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const text = parts.join('.');
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}
