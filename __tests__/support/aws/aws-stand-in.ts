import { existsSync } from 'node:fs';
import path from 'node:path';

import { request } from 'undici';

import { TestServers } from '../processes/test-servers';

/**
 * The AWS API as moto plays it: it keeps users, keys and sessions, and refuses nobody unless it was told to. Whom a role trusts,
 * and the end of a session, it never knows. @see https://docs.getmoto.org
 */
export interface AwsStandIn {
  readonly url: string;
  /** A request to IAM, as XML. */
  iam(parameters: Readonly<Record<string, string>>): Promise<string>;
  /** A request to STS, as XML. */
  sts(parameters: Readonly<Record<string, string>>): Promise<string>;
  /** From now on, or no longer, a request is refused unless it is signed by a key that is there and allowed to; so are those above. */
  checkRequests(on: boolean): Promise<void>;
  dispose(): Promise<void>;
}

const { VAULT_PLATFORM_MOTO: named, PATH: searched = '' } = process.env;
/** The program. */
export const awsStandInProgram =
  named ??
  searched
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'moto_server'))
    .find((file) => existsSync(file));

/** Why there is no stand-in here; undefined if there is one. */
export const missingAwsStandIn: string | undefined =
  awsStandInProgram === undefined
    ? 'moto_server is not on PATH and VAULT_PLATFORM_MOTO does not name it (pip install "moto[server]")'
    : undefined;

export async function startAwsStandIn(): Promise<AwsStandIn> {
  return await TestServers.use('moto', async (servers) => {
    const [port = 0] = await servers.ports(1);
    const url = `http://127.0.0.1:${port}`;
    const moto = await servers.start({
      name: 'moto',
      command: awsStandInProgram ?? '',
      args: ['-H', '127.0.0.1', '-p', String(port)],
      environment: { PATH: searched },
    });
    const isUp = (): Promise<boolean> =>
      request(`${url}/moto-api/`).then(
        async ({ body }) => (await body.dump(), true),
        () => false,
      );
    await moto.until('an answer', isUp);
    const ask =
      (service: 'iam' | 'sts', version: string): AwsStandIn['iam'] =>
      async (parameters) => {
        const scope = `20260101/us-east-1/${service}/aws4_request`;
        const authorization = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/${scope}, SignedHeaders=host, Signature=0`;
        const { body } = await request(url, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ Version: version, ...parameters }).toString(),
        });
        return await body.text();
      };
    return {
      url,
      iam: ask('iam', '2010-05-08'),
      sts: ask('sts', '2011-06-15'),
      checkRequests: async (on) => {
        const { body } = await request(`${url}/moto-api/reset-auth`, {
          method: 'POST',
          headers: { 'content-type': 'text/plain' },
          // After how many requests it begins to.
          body: on ? '0' : 'inf',
        });
        await body.dump();
      },
      dispose: () => servers.dispose(),
    };
  });
}
