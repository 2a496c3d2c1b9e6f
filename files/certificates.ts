// The certificate library registers its classes by decorators, which requires this import first.
import 'reflect-metadata';
import { createPrivateKey, KeyObject, webcrypto, X509Certificate as NodeCertificate } from 'node:crypto';
import path from 'node:path';

import * as x509 from '@peculiar/x509';

import { makePrivateFolder, readIfThere, writePrivateFile } from './private-files';

x509.cryptoProvider.set(webcrypto);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const day = 24 * 60 * 60 * 1000;
const authorityLifetime = 3650 * day;
const leafLifetime = 365 * day;
/** A certificate is replaced if it expires within this time. */
const renewalMargin = 30 * day;

/** A certificate, stored in the folder as `<name>.crt` and `<name>.key`. */
export interface CertificateRequest {
  /** Name of the files. */
  readonly name: string;
  /** Common name: for a database client, the role it logs in as. */
  readonly commonName: string;
  /** Host names and addresses; for a server. @default - none */
  readonly hosts?: readonly string[];
  readonly usage: 'server' | 'client';
}

export const certificateFile = (folder: string, name: string): string => path.join(folder, `${name}.crt`);
export const keyFile = (folder: string, name: string): string => path.join(folder, `${name}.key`);

/**
 * Ensures that a folder contains an authority (`ca.crt`, kept until it nears its expiry) and the requested certificates.
 * A certificate is replaced if it is missing, unreadable, signed by another authority, near its expiry, or its names changed.
 * @returns names of the certificates that were created
 */
export async function prepareCertificates(folder: string, requests: readonly CertificateRequest[]): Promise<string[]> {
  makePrivateFolder(folder);
  const made: string[] = [];
  let authority = readPair(folder, 'ca');
  if (authority === undefined || isNearEnd(authority.certificate)) {
    await makeAuthority(folder);
    made.push('ca');
    authority = readPair(folder, 'ca');
  }
  if (authority === undefined) throw new Error('the authority that was just created cannot be read');
  for (const request of requests) {
    const pair = readPair(folder, request.name);
    if (pair !== undefined && isGood(pair.certificate, authority.certificate, request)) continue;
    await makeLeaf(folder, authority, request);
    made.push(request.name);
  }
  return made;
}

interface Pair {
  readonly certificate: NodeCertificate;
  readonly key: KeyObject;
}

/** Undefined for a pair that is missing or damaged, and must be replaced. */
function readPair(folder: string, name: string): Pair | undefined {
  const certificateText = readIfThere(certificateFile(folder, name));
  const keyText = readIfThere(keyFile(folder, name));
  if (certificateText === undefined || keyText === undefined) return undefined;
  try {
    const certificate = new NodeCertificate(certificateText);
    const key = createPrivateKey(keyText);
    return certificate.checkPrivateKey(key) ? { certificate, key } : undefined;
  } catch {
    return undefined;
  }
}

const isNearEnd = (certificate: NodeCertificate): boolean =>
  Date.parse(certificate.validTo) - Date.now() < renewalMargin;

function isGood(certificate: NodeCertificate, authority: NodeCertificate, request: CertificateRequest): boolean {
  return (
    !isNearEnd(certificate) &&
    certificate.verify(authority.publicKey) &&
    certificate.subject === `CN=${request.commonName}` &&
    hostsOf(certificate).join() === [...(request.hosts ?? [])].sort().join()
  );
}

/** Host names and addresses of a certificate, sorted. */
export function hostsOf(certificate: NodeCertificate): string[] {
  const names = certificate.subjectAltName?.split(', ') ?? [];
  return names.map((name) => name.replace(/^(DNS|IP Address):/, '').replace('0:0:0:0:0:0:0:1', '::1')).sort();
}

async function makeAuthority(folder: string): Promise<void> {
  const keys = await generateKeys();
  // Each authority has its own name, so that clients that trust several find the right one.
  const id = Buffer.from(webcrypto.getRandomValues(new Uint8Array(4))).toString('hex');
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=vault-platform local authority ${id}`,
    ...validity(authorityLifetime),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  writePair(folder, 'ca', certificate, keys.privateKey);
}

async function makeLeaf(folder: string, authority: Pair, request: CertificateRequest): Promise<void> {
  const keys = await generateKeys();
  const issuer = new x509.X509Certificate(authority.certificate.raw);
  const signingKey = await webcrypto.subtle.importKey(
    'pkcs8',
    authority.key.export({ type: 'pkcs8', format: 'der' }),
    algorithm,
    false,
    ['sign'],
  );
  const { clientAuth, serverAuth } = x509.ExtendedKeyUsage;
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${request.commonName}`,
    issuer: issuer.subject,
    ...validity(leafLifetime),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([request.usage === 'server' ? serverAuth : clientAuth]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...(request.hosts === undefined ? [] : [new x509.SubjectAlternativeNameExtension(request.hosts.map(hostName))]),
    ],
  });
  writePair(folder, request.name, certificate, keys.privateKey);
}

const hostName = (host: string): x509.JsonGeneralName => ({
  type: /^[\d.]+$|:/.test(host) ? 'ip' : 'dns',
  value: host,
});

/** Valid from an hour ago, so that a clock that is slightly behind accepts it. */
const validity = (lifetime: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(Date.now() - 60 * 60 * 1000),
  notAfter: new Date(Date.now() + lifetime),
});

const generateKeys = async (): Promise<webcrypto.CryptoKeyPair> =>
  await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** Writes the key first: a certificate without the matching key is replaced. */
function writePair(folder: string, name: string, certificate: x509.X509Certificate, key: webcrypto.CryptoKey): void {
  const keyObject = KeyObject.from(key);
  writePrivateFile(keyFile(folder, name), keyObject.export({ type: 'pkcs8', format: 'pem' }).toString());
  writePrivateFile(certificateFile(folder, name), `${certificate.toString('pem')}\n`, 0o644);
}
