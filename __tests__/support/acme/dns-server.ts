import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A name server on this machine that has one text for every name it is asked for. */
export class TextNameServer {
  public static async start(): Promise<TextNameServer> {
    const server = new TextNameServer();
    server.socket.bind(0, '127.0.0.1');
    await once(server.socket, 'listening');
    return server;
  }

  /** What it answers. */
  public text = '';
  private readonly socket = createSocket('udp4');

  private constructor() {
    this.socket.on('message', (question, { port, address }) => this.socket.send(this.answer(question), port, address));
  }

  /** `host:port` */
  public get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  public close(): void {
    this.socket.close();
  }

  /** @see https://www.rfc-editor.org/rfc/rfc1035#section-4 */
  private answer(question: Buffer): Buffer {
    const end = question.indexOf(0, 12) + 5;
    const header = Buffer.from(question.subarray(0, 12));
    // An answer, authoritative, to one question, with one record and nothing else.
    header.set([0x84, 0, 0, 1, 0, 1, 0, 0, 0, 0], 2);
    const text = Buffer.from(this.text);
    const record = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, text.length + 1, text.length]);
    return Buffer.concat([header, question.subarray(12, end), record, text]);
  }
}
