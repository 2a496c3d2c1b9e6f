import { EnvHttpProxyAgent, request } from 'undici';

import { type Context, variable } from './context';

const timeout = 2_500;

/**
 * Can a provider registry be reached? One short attempt at its service discovery, through the user's proxy if there is one.
 *
 * @param host - for example the host of Terraform's public registry
 * @see https://developer.hashicorp.com/terraform/internals/remote-service-discovery
 */
export async function isReachable(host: string, { environment }: Context): Promise<boolean> {
  const proxy = (name: string): string =>
    variable(environment, name.toLowerCase()) ?? variable(environment, name) ?? '';
  const dispatcher = new EnvHttpProxyAgent({
    connect: { timeout },
    httpProxy: proxy('HTTP_PROXY'),
    httpsProxy: proxy('HTTPS_PROXY'),
    noProxy: proxy('NO_PROXY'),
  });
  try {
    const { statusCode, body } = await request(`https://${host}/.well-known/terraform.json`, {
      dispatcher,
      signal: AbortSignal.timeout(timeout),
    });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  } finally {
    await dispatcher.destroy();
  }
}
