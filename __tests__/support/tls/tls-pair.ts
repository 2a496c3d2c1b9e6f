import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import tls, { type TLSSocket } from 'node:tls';

interface Pair {
  readonly certificate: string;
  readonly private_key: string;
  readonly issuing_ca: string;
}

/** What each end of a connection has to say of the other's certificate: `OK`, or OpenSSL's name of the fault. */
export interface Verdicts {
  readonly client: string;
  readonly server: string;
}

/** Lets two programs on this machine talk, each of which asks for the other's certificate and trusts one root. */
export async function mutualTls(serves: Pair, asks: Pair, root: string): Promise<Verdicts> {
  // Each would otherwise hang up at the first fault, and nobody would learn what the other one thinks.
  const options = ({
    certificate,
    private_key: key,
    issuing_ca,
  }: Pair): tls.SecureContextOptions & { rejectUnauthorized: false } => ({
    cert: `${certificate}\n${issuing_ca}`,
    key,
    ca: root,
    rejectUnauthorized: false,
  });
  const server = tls.createServer({ ...options(serves), requestCert: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'secureConnection') as Promise<[TLSSocket]>;
  // Names are checked elsewhere; here it is about what a certificate is for.
  const client = tls.connect({ port, host: '127.0.0.1', ...options(asks), checkServerIdentity: () => undefined });
  try {
    await once(client, 'secureConnect');
    const [socket] = await accepted;
    return { client: verdict(client), server: verdict(socket) };
  } finally {
    client.destroy();
    server.close();
  }
}

const verdict = ({ authorized, authorizationError }: TLSSocket): string =>
  // It is a code, whatever its type says.
  authorized ? 'OK' : String(authorizationError);
