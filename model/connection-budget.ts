import type { Problem } from './errors';

/** Connections of a server besides its pool: the lock of high availability must never wait for a busy pool. */
const lockConnectionsPerNode = 1;
/** What PostgreSQL keeps for superusers (`superuser_reserved_connections`). */
const reservedConnections = 3;
const defaultMaxParallel = 64;
/** With fewer, clients wait during a takeover, because leases expire at the same time. */
const leastMaxParallel = 4;

export interface ConnectionBudgetProps {
  /** Servers that share the database. */
  readonly nodes: number;
  /** `max_connections` of a database that exists already. @default - the database is sized to fit */
  readonly maxConnections?: number;
  /** `max_parallel` of each server. @default - 64, or what `maxConnections` leaves for each */
  readonly maxParallel?: number;
  /** Connections for people, backups and monitoring. @default 10 */
  readonly operatorConnections?: number;
}

/** How many database connections each server may open, and how many the database must allow. */
export interface ConnectionBudget {
  /** `max_parallel` of each server. */
  readonly maxParallel: number;
  /** `max_idle_connections` of each server: as many as it may open, or it reconnects for nearly every request. */
  readonly maxIdleConnections: number;
  /** `max_connections` the database has, or must be given. */
  readonly maxConnections: number;
}

/**
 * Divides a database's connections among the servers. A takeover with thousands of expired leases opens every
 * connection a server may have; when PostgreSQL then answers "too many clients already", a server shuts down and
 * seals itself, and so does the next. Therefore the sum over all servers must fit `max_connections`.
 *
 * @returns the problem when `maxConnections` cannot hold what was asked for
 */
export function planConnections(
  props: ConnectionBudgetProps,
):
  | { readonly budget: ConnectionBudget }
  | { readonly problem: Required<Pick<Problem, 'message' | 'given' | 'allowed' | 'fix'>> } {
  const { nodes, maxConnections, operatorConnections = 10 } = props;
  const shared = operatorConnections + reservedConnections;
  const needed = (maxParallel: number): number => nodes * (maxParallel + lockConnectionsPerNode) + shared;
  const fitting = (available: number): number => Math.floor((available - shared) / nodes) - lockConnectionsPerNode;

  const maxParallel =
    props.maxParallel ?? (maxConnections === undefined ? defaultMaxParallel : Math.min(128, fitting(maxConnections)));
  const total = maxConnections ?? needed(maxParallel);
  if (maxParallel < leastMaxParallel || needed(maxParallel) > total) {
    return {
      problem: {
        message: 'the database allows fewer connections than its servers may open',
        given: `max_connections ${total}, ${nodes} servers with max_parallel ${maxParallel}`,
        allowed: `max_connections of at least ${needed(Math.max(maxParallel, leastMaxParallel))} for these servers`,
        fix: `raise max_connections${fitting(total) < leastMaxParallel ? '' : `, or set max_parallel to ${fitting(total)} or less`}`,
      },
    };
  }
  return { budget: { maxParallel, maxIdleConnections: maxParallel, maxConnections: total } };
}
