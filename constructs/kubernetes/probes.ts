import { readinessPath } from '../server/health';
import { serverPorts } from './ports';

const clients = String(serverPorts.clients);
const connects = { tcpSocket: [{ port: clients }] };

/**
 * Startup, liveness and readiness probes of a server. See docs/decisions/0024-probes.md.
 *
 * Only the readiness probe requests the health endpoint, which requires the database. As liveness probe it would make Kubernetes restart all
 * servers during a database outage, and they would start sealed. Kubelets connect by IP address and do not verify certificates.
 */
export const probes = {
  startupProbe: { ...connects, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 300 },
  // Infrequent, because a server logs each connection without a TLS handshake.
  livenessProbe: { ...connects, periodSeconds: 60, timeoutSeconds: 10, failureThreshold: 5 },
  readinessProbe: {
    httpGet: { path: readinessPath(), port: clients, scheme: 'HTTPS' },
    periodSeconds: 3,
    timeoutSeconds: 5,
    failureThreshold: 3,
  },
};
