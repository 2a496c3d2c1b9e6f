import { generateKeyPairSync, sign } from 'node:crypto';

/** A CI system, which signs a token for each of its jobs; its key is known to nobody else. */
export class CiSystem {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  /** PEM; by it tokens are verified. */
  public get publicKey(): string {
    return this.keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  /** A token (ES256) that is good for five minutes unless its claims say otherwise. */
  public token(claims: Readonly<Record<string, unknown>>): string {
    const now = Math.floor(Date.now() / 1000);
    const parts = [
      { alg: 'ES256', typ: 'JWT' },
      { iat: now, exp: now + 300, ...claims },
    ];
    const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const signature = sign('sha256', Buffer.from(text), { key: this.keys.privateKey, dsaEncoding: 'ieee-p1363' });
    return `${text}.${signature.toString('base64url')}`;
  }
}
