// The certificate library registers its classes by decorators, and must find this loaded before itself.
import 'reflect-metadata';
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const { clientAuth, serverAuth } = x509.ExtendedKeyUsage;
const usages = { server: [serverAuth], client: [clientAuth], peer: [serverAuth, clientAuth] } as const;

export interface IssueOptions {
  readonly commonName: string;
  readonly usage: keyof typeof usages;
  /** Gets key and certificate, PEM, mode 0600; replaced at once. */
  readonly file: string;
}

/** A root authority as the PKI engine is one: its certificates name a list of revoked ones, which is served over HTTP. */
export class RevokingAuthority {
  public static async start(): Promise<RevokingAuthority> {
    const keys = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      name: 'CN=test authority',
      ...validity(),
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    const authority = new RevokingAuthority(keys, certificate);
    await authority.refreshList();
    authority.server.listen(0, '127.0.0.1');
    await once(authority.server, 'listening');
    return authority;
  }

  private readonly revoked: string[] = [];
  private readonly server: Server;
  private list = Buffer.alloc(0);
  private listNumber = 0;

  private constructor(
    private readonly keys: webcrypto.CryptoKeyPair,
    private readonly certificate: x509.X509Certificate,
  ) {
    this.server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/pkix-crl' }).end(this.list);
    });
  }

  /** PEM. */
  public get ca(): string {
    return `${this.certificate.toString('pem')}\n`;
  }

  /** Issues a certificate with a new key. @returns its serial number */
  public async issue({ commonName, usage, file }: IssueOptions): Promise<string> {
    const keys = await generateKeys();
    const { port } = this.server.address() as AddressInfo;
    const localhost: x509.JsonGeneralNames = [
      { type: 'ip', value: '127.0.0.1' },
      { type: 'dns', value: 'localhost' },
    ];
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: `01${randomBytes(15).toString('hex')}`,
      subject: `CN=${commonName}`,
      issuer: this.certificate.subject,
      ...validity(),
      publicKey: keys.publicKey,
      signingKey: this.keys.privateKey,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([...usages[usage]]),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(this.certificate.publicKey),
        // On clients as well: it is the key usage alone that must keep them from serving.
        new x509.SubjectAlternativeNameExtension(localhost),
        new x509.CRLDistributionPointsExtension([`http://127.0.0.1:${port}/crl`]),
      ],
    });
    const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
    writeFileSync(`${file}.new`, `${key}${certificate.toString('pem')}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return certificate.serialNumber;
  }

  /** It is in the list when that is refreshed. */
  public revoke(serialNumber: string): void {
    this.revoked.push(serialNumber);
  }

  public async refreshList(): Promise<void> {
    this.listNumber += 1;
    const list = await x509.X509CrlGenerator.create({
      issuer: this.certificate.subject,
      thisUpdate: new Date(Date.now() - 60_000),
      nextUpdate: new Date(Date.now() + 3_600_000),
      entries: this.revoked.map((serialNumber) => ({
        serialNumber,
        revocationDate: new Date(),
        reason: x509.X509CrlReason.keyCompromise,
      })),
      signingAlgorithm: algorithm,
      signingKey: this.keys.privateKey,
      extensions: [await x509.AuthorityKeyIdentifierExtension.create(this.certificate.publicKey)],
    });
    this.list = Buffer.from(list.rawData);
  }

  public async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

const validity = (): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(Date.now() - 60_000),
  notAfter: new Date(Date.now() + 3_600_000),
});

const generateKeys = async (): Promise<webcrypto.CryptoKeyPair> =>
  await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
