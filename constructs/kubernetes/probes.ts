import { readinessPath } from '../server/health';
import { serverPorts } from './ports';

const clients = String(serverPorts.clients);
const connects = { tcpSocket: [{ port: clients }] };

/**
 * When Kubernetes takes a server for started, fit to serve, or hung. See docs/decisions/0024-probes.md.
 *
 * Only readiness asks for health. Health needs the database: were it asked for liveness, Kubernetes would restart all servers
 * while the database is away, and each would come back sealed. A kubelet does not verify certificates, and asks by address.
 */
export const probes = {
  startupProbe: { ...connects, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 300 },
  // A server logs each connection without a handshake, so these are few.
  livenessProbe: { ...connects, periodSeconds: 60, timeoutSeconds: 10, failureThreshold: 5 },
  readinessProbe: {
    httpGet: { path: readinessPath(), port: clients, scheme: 'HTTPS' },
    periodSeconds: 3,
    timeoutSeconds: 5,
    failureThreshold: 3,
  },
};
