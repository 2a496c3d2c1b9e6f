import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import tls, { type PeerCertificate } from 'node:tls';

import type { Keystores } from './properties';

const certificatePattern = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\s*/;

/** The first certificate in a PEM file: in a keystore, the program's own. */
export function firstCertificate(file: string): X509Certificate {
  const [pem] = certificatePattern.exec(readFileSync(file, 'utf8')) ?? [];
  if (pem === undefined) throw new Error(`no certificate in ${file}`);
  return new X509Certificate(pem);
}

/** The certificate that a broker on 127.0.0.1 serves now, seen with the certificate of a keystore. */
export async function servedCertificate(
  port: number,
  { keystoreFile, truststoreFile }: Keystores,
): Promise<PeerCertificate> {
  const own = readFileSync(keystoreFile);
  const socket = tls.connect({ host: '127.0.0.1', port, ca: readFileSync(truststoreFile), cert: own, key: own });
  try {
    await once(socket, 'secureConnect');
    return socket.getPeerCertificate();
  } finally {
    socket.destroy();
  }
}
