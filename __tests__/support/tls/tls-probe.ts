import { once } from 'node:events';
import net from 'node:net';
import tls, { type PeerCertificate, type SecureVersion } from 'node:tls';

/** What came of a handshake: the version agreed upon and whose certificate was shown, or why it failed. */
export type Handshake =
  { readonly version: string | null; readonly certificate: PeerCertificate } | { readonly failure: string };

/** Shakes hands in one version of TLS, trusting one authority. */
export async function shakeHands(
  port: number,
  version: SecureVersion,
  ca: string,
  options: { readonly host?: string; readonly postgresql?: boolean } = {},
): Promise<Handshake> {
  const socket = net.connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    // PostgreSQL begins in plain text and is asked for TLS first.
    if (options.postgresql === true) {
      socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
      await once(socket, 'data');
    }
    const secure = tls.connect({
      socket,
      ca,
      servername: options.host ?? 'localhost',
      minVersion: version,
      maxVersion: version,
      // Otherwise the client itself would refuse the old versions.
      ciphers: 'DEFAULT:@SECLEVEL=0',
    });
    await once(secure, 'secureConnect');
    return { version: secure.getProtocol(), certificate: secure.getPeerCertificate() };
  } catch (error) {
    return { failure: (error as NodeJS.ErrnoException).code ?? String(error) };
  } finally {
    socket.destroy();
  }
}
