import type { Capability } from '../policy/policy';
import type { Server } from '../servers';

type Grants = readonly (readonly [path: string, ...capabilities: Capability[]])[];

const everywhere: Grants = [
  ['auth/token/lookup-self', 'read'],
  ['auth/token/renew-self', 'update'],
  ['auth/token/revoke-self', 'update'],
  ['sys/capabilities-self', 'update'],
  ['identity/entity/id/{{identity.entity.id}}', 'read'],
  ['identity/entity/name/{{identity.entity.name}}', 'read'],
  ['sys/internal/ui/resultant-acl', 'read'],
  ['sys/leases/renew', 'update'],
  ['sys/leases/lookup', 'update'],
  ['cubbyhole/*', 'create', 'read', 'update', 'delete', 'list'],
  ['sys/wrapping/wrap', 'update'],
  ['sys/wrapping/lookup', 'update'],
  ['sys/wrapping/unwrap', 'update'],
  ['sys/tools/hash', 'update'],
  ['sys/tools/hash/*', 'update'],
  ['identity/oidc/provider/+/authorize', 'read', 'update'],
];

const vault: Grants = [...everywhere, ['sys/renew', 'update'], ['sys/control-group/request', 'update']];

const grants: Readonly<Record<Server, Grants>> = {
  'vault-1.21': vault,
  'vault-2': vault,
  'openbao-2.7': everywhere,
};

/** Text of the policy `default` as a new server has it. A server keeps an older one that it was created with. */
export const defaultPolicyText = (server: Server): string =>
  grants[server]
    .map(
      ([path, ...capabilities]) =>
        `path ${JSON.stringify(path)} {\n  capabilities = ${JSON.stringify(capabilities).replaceAll(',', ', ')}\n}\n`,
    )
    .join('\n');
