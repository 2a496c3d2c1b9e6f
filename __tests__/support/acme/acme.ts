import { createHash, createHmac, generateKeyPairSync, sign, type JsonWebKey } from 'node:crypto';

import { request, type Dispatcher } from 'undici';

import { eventually } from '../eventually';
import type { TextNameServer } from './dns-server';

/** What binds an account to somebody whom the server knows. */
export interface AccountBinding {
  readonly id: string;
  /** base64url */
  readonly key: string;
}

interface Answer {
  readonly url: string;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

const encode = (value: string | Buffer): string => Buffer.from(value).toString('base64url');

/** As much of an ACME client as gets one certificate by a challenge in DNS. @see https://www.rfc-editor.org/rfc/rfc8555 */
export class AcmeClient {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly jwk: JsonWebKey;
  private account: string | undefined;

  constructor(
    private readonly directory: Readonly<Record<'newAccount' | 'newNonce' | 'newOrder', string>>,
    private readonly dispatcher: Dispatcher,
  ) {
    const { crv, kty, x, y } = this.keys.publicKey.export({ format: 'jwk' });
    this.jwk = { crv, kty, x, y } as JsonWebKey;
  }

  public async register(binding: AccountBinding): Promise<void> {
    const { newAccount } = this.directory;
    const header = encode(JSON.stringify({ alg: 'HS256', kid: binding.id, url: newAccount }));
    const payload = encode(JSON.stringify(this.jwk));
    const mac = createHmac('sha256', Buffer.from(binding.key, 'base64url')).update(`${header}.${payload}`);
    const externalAccountBinding = { protected: header, payload, signature: encode(mac.digest()) };
    this.account = (await this.post(newAccount, { termsOfServiceAgreed: true, externalAccountBinding })).url;
  }

  /** @returns PEM of a certificate for the name, followed by its chain */
  public async certificate(name: string, csr: string, dns: TextNameServer): Promise<string> {
    const order = await this.post(this.directory.newOrder, { identifiers: [{ type: 'dns', value: name }] });
    for (const authorization of order.json.authorizations as string[]) {
      const { json } = await this.post(authorization);
      const challenges = json.challenges as { type: string; url: string; token: string }[];
      const challenge = challenges.find(({ type }) => type === 'dns-01');
      const thumbprint = createHash('sha256').update(JSON.stringify(this.jwk)).digest('base64url');
      dns.text = createHash('sha256').update(`${challenge?.token}.${thumbprint}`).digest('base64url');
      await this.post(challenge?.url ?? '', {});
      await this.until(authorization, 'valid');
    }
    const der = encode(Buffer.from(csr.replaceAll(/-----.*-----/g, ''), 'base64'));
    await this.until(order.url, 'ready');
    await this.post(order.json.finalize as string, { csr: der });
    const { json } = await this.until(order.url, 'valid');
    return (await this.post(json.certificate as string)).text;
  }

  private async until(url: string, wanted: string): Promise<Answer> {
    return await eventually(
      `${url} to become ${wanted}`,
      async () => {
        const answer = await this.post(url);
        if (answer.json.status === 'invalid') throw new Error(answer.text);
        return answer.json.status === wanted && answer;
      },
      { interval: 200 },
    );
  }

  /** @param body undefined to read */
  private async post(url: string, body?: object): Promise<Answer> {
    const { headers } = await request(this.directory.newNonce, { method: 'HEAD', dispatcher: this.dispatcher });
    const who = this.account === undefined ? { jwk: this.jwk } : { kid: this.account };
    const header = encode(JSON.stringify({ alg: 'ES256', nonce: headers['replay-nonce'], url, ...who }));
    const payload = body === undefined ? '' : encode(JSON.stringify(body));
    const key = { key: this.keys.privateKey, dsaEncoding: 'ieee-p1363' } as const;
    const signature = encode(sign('sha256', Buffer.from(`${header}.${payload}`), key));
    const answer = await request(url, {
      method: 'POST',
      dispatcher: this.dispatcher,
      headers: { 'content-type': 'application/jose+json' },
      body: JSON.stringify({ protected: header, payload, signature }),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 400) throw new Error(text);
    const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { url: (answer.headers.location as string | undefined) ?? url, text, json };
  }
}
