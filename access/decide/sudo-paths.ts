import type { Server } from '../servers';

const system = [
  'sys/auth/*',
  'sys/remount',
  'sys/audit',
  'sys/audit/*',
  'sys/raw',
  'sys/raw/*',
  'sys/rotate',
  'sys/config/cors',
  'sys/config/auditing/*',
  'sys/config/ui/headers/*',
  'sys/plugins/catalog/*',
  'sys/revoke-prefix/*',
  'sys/revoke-force/*',
  'sys/leases/revoke-prefix/*',
  'sys/leases/revoke-force/*',
  'sys/leases/lookup/*',
  'sys/leases',
  'sys/internal/inspect/*',
  'sys/seal',
  'sys/step-down',
] as const;

const vault = [
  ...system,
  'sys/replication/primary/secondary-token',
  'sys/replication/performance/primary/secondary-token',
  'sys/replication/dr/primary/secondary-token',
  'sys/replication/reindex',
  'sys/replication/dr/reindex',
  'sys/replication/performance/reindex',
  'sys/plugins/runtimes/catalog/*',
  'sys/storage/raft/snapshot-auto/config/*',
  'sys/reporting/scan',
  'sys/internal/counters/activity/export',
  'auth/token/revoke-orphan',
  'auth/token/accessors/',
] as const;

const openbao = [
  ...system,
  'sys/rotate/keyring',
  'sys/rotate/root',
  'auth/token/revoke-orphan/*',
  'auth/token/accessors*',
] as const;

/** Paths of the mounts that every server has which need `sudo` besides the capability. A final `*` is any rest. */
export const sudoPaths: Readonly<Record<Server, readonly string[]>> = {
  'vault-1.21': vault,
  'vault-2': vault,
  'openbao-2.7': openbao,
};

interface SudoIndex {
  /** All, because a prefix with its `*` is a path that matches as well. */
  readonly exact: ReadonlySet<string>;
  readonly prefixes: readonly string[];
}

const indexOf = (paths: readonly string[]): SudoIndex => ({
  exact: new Set(paths),
  prefixes: paths.filter((path) => path.endsWith('*')).map((path) => path.slice(0, -1)),
});

const indexes: Readonly<Record<Server, SudoIndex>> = {
  'vault-1.21': indexOf(vault),
  'vault-2': indexOf(vault),
  'openbao-2.7': indexOf(openbao),
};

/** Whether a path needs `sudo`. Paths below other mounts, such as `pki/root`, are not known here. */
export const needsSudo = (server: Server, path: string): boolean => {
  // Most paths are below other mounts, for which nothing has to be looked up.
  // Stryker disable next-line all: the answer is the same without it.
  if (!path.startsWith('sys/') && !path.startsWith('auth/token/')) return false;
  const { exact, prefixes } = indexes[server];
  return exact.has(path) || prefixes.some((prefix) => path.startsWith(prefix));
};
