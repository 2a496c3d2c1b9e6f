import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Something that takes connections as PostgreSQL does, and asks whoever connects for a password in plain text. */
export interface AskingDatabase {
  readonly port: number;
  /** What it was given, in order; an empty text where somebody had none. */
  readonly passwords: readonly string[];
  readonly dispose: () => Promise<void>;
}

/** @see https://www.postgresql.org/docs/current/protocol-message-formats.html */
const askForPassword = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);
const noTls = Buffer.from('N');
const tlsRequest = 80_877_103;

function refusal(): Buffer {
  const fields = 'SFATAL\0C28P01\0Mno\0\0';
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, Buffer.from(fields)]);
}

export async function startAskingDatabase(): Promise<AskingDatabase> {
  const passwords: string[] = [];
  const server = createServer((socket) => {
    let received = Buffer.alloc(0);
    let asked = false;
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      // Before a password is asked for, messages have no type in front of their length.
      for (let start = asked ? 1 : 0; received.length >= start + 4; start = asked ? 1 : 0) {
        const end = start + received.readInt32BE(start);
        if (received.length < end) return;
        const content = received.subarray(start + 4, end);
        received = received.subarray(end);
        if (asked) {
          passwords.push(content.toString().replace(/\0$/, ''));
          socket.end(refusal());
        } else if (content.readInt32BE(0) === tlsRequest) {
          socket.write(noTls);
        } else {
          asked = true;
          socket.write(askForPassword);
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    passwords,
    dispose: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
