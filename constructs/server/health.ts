/**
 * Path of a question that is answered by 200 or 204 in some states besides `active`, and by the table's codes in all others.
 * OpenBao does not know the states that only Vault Enterprise has, and passes over their parameters.
 */
function healthPath(accepted: readonly (keyof typeof acceptedBy)[]): string {
  const query = accepted.map((state) => acceptedBy[state]).join('&');
  return `/v1/sys/health${query === '' ? '' : '?'}${query}`;
}

/** How a question asks for a state to be answered as if all were well. */
const acceptedBy = { standby: 'standbyok=true', 'performance-standby': 'perfstandbyok=true' } as const;

/** Answered by 200 by a server that is unsealed and part of the cluster: it serves, forwards, or may take over at once. */
export const readinessPath = (): string => healthPath(['standby', 'performance-standby']);

/** Answered by 200 by the active server alone: for load balancers that choose among all servers themselves. */
export const activePath = (): string => healthPath([]);
