import type { Output } from '../../language/map';
import { oneOf } from '../../language/one-of';
import { awsNlb } from './exposures/aws-nlb';
import { gateway } from './exposures/gateway';
import { haproxy, haproxyIngress, nginx } from './exposures/ingress';
import { loadBalancer } from './exposures/load-balancer';
import { nodePort } from './exposures/node-port';
import { traefik } from './exposures/traefik';

/** How clients outside of Kubernetes reach the active server. TLS always ends at the server. */
export const exposureSchema = oneOf(
  ['none'],
  {
    haproxy,
    'haproxy-ingress': haproxyIngress,
    nginx,
    traefik,
    gateway,
    'aws-nlb': awsNlb,
    'load-balancer': loadBalancer,
    'node-port': nodePort,
  },
  'controller',
);

export type Exposure = Output<typeof exposureSchema>;
