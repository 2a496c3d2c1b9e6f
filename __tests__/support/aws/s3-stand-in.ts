import { Agent, request } from 'undici';

import { TestServers } from '../processes/test-servers';
import { awsStandInProgram } from './aws-stand-in';

/** S3-compatible storage with one bucket, over TLS, as moto plays it. */
export interface S3StandIn {
  readonly url: string;
  /** PEM of the authority of its certificate. */
  readonly ca: string;
  readonly bucket: string;
  /** Names of objects. */
  list(): Promise<string[]>;
  read(name: string): Promise<Buffer>;
  dispose(): Promise<void>;
}

/** @param address of this machine, at which it listens */
export async function startS3StandIn(address: string): Promise<S3StandIn> {
  return await TestServers.use('s3', async (servers) => {
    const { ca, certificateFile, keyFile } = await servers.certificate(address);
    const [port = 0] = await servers.ports(1);
    const moto = await servers.start({
      name: 'moto',
      command: awsStandInProgram ?? '',
      args: ['-H', address, '-p', String(port), '-c', certificateFile, '-k', keyFile],
      environment: { PATH: process.env.PATH ?? '' },
    });
    const url = `https://${address}:${port}`;
    const bucket = 'backups';
    const dispatcher = new Agent({ connect: { ca } });
    const scope = '20260101/us-east-1/s3/aws4_request';
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/${scope}, SignedHeaders=host, Signature=0`;
    const ask = async (name: string, method: 'GET' | 'PUT' = 'GET'): Promise<Buffer> => {
      const { statusCode, body } = await request(`${url}/${bucket}/${name}`, {
        method,
        dispatcher,
        headers: { authorization },
      });
      const content = Buffer.from(await body.arrayBuffer());
      if (statusCode !== 200) throw new Error(`${statusCode}: ${content.toString()}`);
      return content;
    };
    const isUp = (): Promise<boolean> =>
      ask('', 'PUT').then(
        () => true,
        () => false,
      );
    await moto.until('a bucket', isUp);
    return {
      url,
      ca,
      bucket,
      list: async () => [...(await ask('')).toString().matchAll(/<Key>(.*?)<\/Key>/g)].map(([, name = '']) => name),
      read: (name) => ask(name),
      dispose: async () => {
        await dispatcher.close();
        await servers.dispose();
      },
    };
  });
}
