import { Acl } from '../../../access/decide/acl';
import type { Operation } from '../../../access/decide/request';
import { parsePolicy } from '../../../access/policy/parse-policy';
import { defaultPolicyText } from '../../../access/principals/default-policy';
import type { Server } from '../../../access/servers';

const vaults: readonly Server[] = ['vault-1.21', 'vault-2'];
const all: readonly Server[] = [...vaults, 'openbao-2.7'];

describe('the policy `default` of a new server', () => {
  const acls = all.map((server) =>
    Acl.compile([parsePolicy('default', defaultPolicyText(server), server)], {
      server,
      identity: { entity: { id: 'e-1', name: 'ann', metadata: {}, aliases: {} } },
    }),
  );

  it.each<[operation: Operation, path: string, allowedBy: readonly Server[]]>([
    ['read', 'auth/token/lookup-self', all],
    ['update', 'auth/token/lookup-self', []],
    ['update', 'auth/token/renew-self', all],
    ['update', 'auth/token/revoke-self', all],
    ['update', 'auth/token/create', []],
    ['update', 'sys/capabilities-self', all],
    ['read', 'identity/entity/id/e-1', all],
    ['read', 'identity/entity/id/e-2', []],
    ['read', 'identity/entity/name/ann', all],
    ['read', 'identity/entity/name/bob', []],
    ['update', 'identity/entity/name/ann', []],
    ['read', 'sys/internal/ui/resultant-acl', all],
    ['update', 'sys/leases/renew', all],
    ['update', 'sys/leases/lookup', all],
    ['update', 'sys/leases/revoke', []],
    ['update', 'sys/renew', vaults],
    ['update', 'sys/control-group/request', vaults],
    ...(['create', 'read', 'update', 'delete', 'list'] as const).map(
      (operation): [Operation, string, readonly Server[]] => [operation, 'cubbyhole/x', all],
    ),
    ['patch', 'cubbyhole/x', []],
    ['update', 'sys/wrapping/wrap', all],
    ['update', 'sys/wrapping/lookup', all],
    ['update', 'sys/wrapping/unwrap', all],
    ['update', 'sys/wrapping/rewrap', []],
    ['update', 'sys/tools/hash', all],
    ['update', 'sys/tools/hash/sha2-256', all],
    ['update', 'sys/tools/random', []],
    ['read', 'identity/oidc/provider/p/authorize', all],
    ['update', 'identity/oidc/provider/p/authorize', all],
    ['read', 'identity/oidc/provider/p/token', []],
  ])('allows %s %s on %j', (operation, path, allowedBy) => {
    expect(acls.filter((acl) => acl.allows({ operation, path })).map(({ server }) => server)).toEqual(allowedBy);
  });
});
