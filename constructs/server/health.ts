/**
 * Path of a health check that returns 200 in some states besides `active`, and the codes of the table in all others. OpenBao
 * ignores the parameters of states that only Vault Enterprise has.
 */
function healthPath(accepted: readonly (keyof typeof acceptedBy)[]): string {
  const query = accepted.map((state) => acceptedBy[state]).join('&');
  return `/v1/sys/health${query === '' ? '' : '?'}${query}`;
}

/** Query parameters that make a state return 200. */
const acceptedBy = { standby: 'standbyok=true', 'performance-standby': 'perfstandbyok=true' } as const;

/** Returns 200 if the server is unsealed and in the cluster: it serves or forwards requests, and can take over. */
export const readinessPath = (): string => healthPath(['standby', 'performance-standby']);

/** Returns 200 on the active server only: for load balancers that select the active one among all servers. */
export const activePath = (): string => healthPath([]);
