import type { Server } from '../../../access/servers';
import { allowed } from './stanzas';

const vaults: readonly Server[] = ['vault-1.21', 'vault-2'];
const openbao: readonly Server[] = ['openbao-2.7'];
const all: readonly Server[] = [...vaults, ...openbao];

describe('a request', () => {
  it.each<[path: string, servers: readonly Server[]]>([
    ['sys/auth/github', all],
    ['sys/auth', []],
    ['sys/mounts/kv', []],
    ['sys/remount', all],
    ['sys/remount/status/x', []],
    ['sys/audit', all],
    ['sys/audit/file', all],
    ['sys/audit-hash/file', []],
    ['sys/raw', all],
    ['sys/raw/core/keyring', all],
    ['sys/rotate', all],
    ['sys/rotate/config', []],
    ['sys/rotate/keyring', openbao],
    ['sys/rotate/root', openbao],
    ['sys/rotate/root/init', []],
    ['sys/config/cors', all],
    ['sys/config/auditing/request-headers/x', all],
    ['sys/config/ui/headers/x', all],
    ['sys/config/state/sanitized', []],
    ['sys/plugins/catalog/secret/x', all],
    ['sys/plugins/runtimes/catalog/container/x', vaults],
    ['sys/revoke-prefix/kv', all],
    ['sys/revoke-force/kv', all],
    ['sys/leases/revoke-prefix/kv', all],
    ['sys/leases/revoke-force/kv', all],
    ['sys/leases/lookup/kv', all],
    ['sys/leases/lookup', []],
    ['sys/leases', all],
    ['sys/leases/revoke', []],
    ['sys/internal/inspect/router/x', all],
    ['sys/internal/ui/mounts', []],
    ['sys/seal', all],
    ['sys/seal-status', []],
    ['sys/step-down', all],
    ['sys/replication/primary/secondary-token', vaults],
    ['sys/replication/performance/primary/secondary-token', vaults],
    ['sys/replication/dr/primary/secondary-token', vaults],
    ['sys/replication/reindex', vaults],
    ['sys/replication/dr/reindex', vaults],
    ['sys/replication/performance/reindex', vaults],
    ['sys/storage/raft/snapshot-auto/config/x', vaults],
    ['sys/storage/raft/snapshot', []],
    ['sys/reporting/scan', vaults],
    ['sys/internal/counters/activity/export', vaults],
    ['auth/token/revoke-orphan', vaults],
    ['auth/token/revoke-orphan/x', openbao],
    ['auth/token/accessors/', all],
    ['auth/token/accessors', openbao],
    ['auth/token/create', []],
    ['auth/approle/role/x', []],
    ['kv/sys/raw', []],
  ])('of %s needs sudo on %j', (path, servers) => {
    expect(all.filter((server) => !allowed(server, '* update,read', 'update', path))).toEqual(servers);
    expect(all.filter((server) => allowed(server, '* update,read,sudo', 'update', path))).toEqual(all);
  });

  it('that a stanza denies stays denied with sudo elsewhere', () => {
    expect(
      all.filter((server) => allowed(server, 'sys/* sudo,update; sys/raw/* update', 'update', 'sys/raw/x')),
    ).toEqual([]);
  });
});
