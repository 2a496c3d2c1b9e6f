/** What servers listen on: clients, other servers, and Prometheus. */
export const serverPorts = { clients: 8200, peers: 8201, metrics: 9102 } as const;
