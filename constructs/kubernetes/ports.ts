/** Ports of a server: for clients, for other servers, and for Prometheus. */
export const serverPorts = { clients: 8200, peers: 8201, metrics: 9102 } as const;
