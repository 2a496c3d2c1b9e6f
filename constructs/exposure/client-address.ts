import { isIP } from 'node:net';

import { clientHost } from '../../model/server-names';
import type { ServerContext } from '../kubernetes/server-part';
import type { PropsRule } from '../validate-props';

/** Address that clients connect to, from the cluster's address. */
export interface ClientAddress {
  readonly host: string;
  readonly port: number;
}

export function clientAddress({ cluster }: Pick<ServerContext, 'cluster'>): ClientAddress {
  const { hostname, port } = new URL(cluster.address);
  return { host: hostname, port: port === '' ? 443 : Number(port) };
}

/** Controllers that route by server name (SNI) require a DNS name in the cluster's address. */
export const dnsNameRule: PropsRule<{ readonly context: Pick<ServerContext, 'cluster'> }> = ({ context }) =>
  isIP(clientHost(context)) === 0
    ? undefined
    : {
        message: 'an ingress or gateway routes by server name (SNI), but the cluster’s address has no DNS name',
        given: context.cluster.address,
        allowed: 'an address with a DNS name',
        fix: 'use a DNS name in the address of the cluster, or expose it with a load balancer',
      };
