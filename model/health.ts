const states = {
  200: 'active',
  429: 'standby',
  472: 'disaster-recovery-standby',
  473: 'performance-standby',
  474: 'cut-off-standby',
  501: 'uninitialised',
  503: 'sealed',
  530: 'removed',
} as const;

/** State of a server, as `/v1/sys/health` reports it. */
export type HealthState = (typeof states)[keyof typeof states];

/**
 * State by the HTTP status of `GET /v1/sys/health`: the one table behind every probe, status line and target group.
 * @see https://openbao.org/api-docs/system/health/
 */
export const healthCodes: Readonly<Record<number, HealthState>> = states;
