import { readFileSync } from 'node:fs';
import path from 'node:path';

import { Agent, request } from 'undici';

import { certificateFile, keyFile, prepareCertificates } from '../../../files/certificates';
import { freePorts } from '../../../local/cluster/ports';
import { startDetached, waitUntil } from '../../../local/cluster/processes';
import { GuardedFolder } from '../../../local/guard/guarded-folder';
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
  const folder = GuardedFolder.create('s3');
  const certificates = folder.folder('certificates');
  await prepareCertificates(certificates, [{ name: 's3', commonName: 's3', hosts: [address], usage: 'server' }]);
  const [port = 0] = await freePorts(1, []);
  const files = ['-c', certificateFile(certificates, 's3'), '-k', keyFile(certificates, 's3')];
  await startDetached({
    command: awsStandInProgram ?? '',
    args: ['-H', address, '-p', String(port), ...files],
    directory: folder.directory,
    environment: { PATH: process.env.PATH ?? '' },
    logFile: path.join(folder.directory, 'log'),
    pidFile: folder.pidFile('moto'),
  });
  const url = `https://${address}:${port}`;
  const bucket = 'backups';
  const ca = readFileSync(certificateFile(certificates, 'ca'), 'utf8');
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
  if (!(await waitUntil(isUp, 60_000, 200))) throw new Error('moto_server does not start');
  return {
    url,
    ca,
    bucket,
    list: async () => [...(await ask('')).toString().matchAll(/<Key>(.*?)<\/Key>/g)].map(([, name = '']) => name),
    read: (name) => ask(name),
    dispose: async () => {
      await dispatcher.close();
      await folder.dispose();
    },
  };
}
