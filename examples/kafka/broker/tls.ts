import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import tls, { type PeerCertificate } from 'node:tls';

import type { Keystores } from './properties';

const certificatePattern = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\s*/;

/** The first certificate in a PEM file: in a keystore, that of the program. */
export function firstCertificate(file: string): X509Certificate {
  const [pem] = certificatePattern.exec(readFileSync(file, 'utf8')) ?? [];
  if (pem === undefined) throw new Error(`no certificate in ${file}`);
  return new X509Certificate(pem);
}

/** The certificate that a broker on 127.0.0.1 serves now. Connects with the certificate of a keystore. */
export async function servedCertificate(
  port: number,
  { keystoreFile, truststoreFile }: Keystores,
): Promise<PeerCertificate> {
  const own = readFileSync(keystoreFile);
  const ca = readFileSync(truststoreFile);
  // Like Java: a trusted certificate need not be a root.
  const trust = { ca, allowPartialTrustChain: true };
  const socket = tls.connect({ host: '127.0.0.1', port, cert: own, key: own, ...trust });
  try {
    await once(socket, 'secureConnect');
    return socket.getPeerCertificate();
  } finally {
    socket.destroy();
  }
}

/** The certificates that servers present, PEM, without duplicates. @param addresses - URLs @param ca - certificate of their authority, PEM */
export async function serverCertificates(addresses: readonly string[], ca: string): Promise<string[]> {
  const shown = await Promise.all(
    addresses.map(async (address) => {
      const { hostname, port } = new URL(address);
      const socket = tls.connect({ host: hostname, port: Number(port), ca });
      try {
        await once(socket, 'secureConnect');
        return new X509Certificate(socket.getPeerCertificate().raw).toString();
      } finally {
        socket.destroy();
      }
    }),
  );
  return [...new Set(shown)];
}
