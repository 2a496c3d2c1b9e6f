import { isIP } from 'node:net';

import { clientHost } from '../../model/server-names';
import type { ServerContext } from '../kubernetes/server-part';
import { refuse } from '../refuse';

/** What clients connect to, by the cluster's address. */
export interface ClientAddress {
  readonly host: string;
  readonly port: number;
}

export function clientAddress({ cluster }: Pick<ServerContext, 'cluster'>): ClientAddress {
  const { hostname, port } = new URL(cluster.address);
  return { host: hostname, port: port === '' ? 443 : Number(port) };
}

/**
 * The same for what tells clusters apart by the name that clients ask for (SNI).
 *
 * @throws PlatformError `construct` if the address holds no name
 */
export function namedClientAddress(context: Pick<ServerContext, 'cluster'>): ClientAddress {
  const address = clientAddress(context);
  if (isIP(clientHost(context)) === 0) return address;
  return refuse({
    message: `cluster ${context.cluster.name}: an ingress or gateway finds the servers by the name that clients ask for`,
    given: context.cluster.address,
    fix: 'give the cluster an address with a DNS name, or expose it by a load balancer',
  });
}
