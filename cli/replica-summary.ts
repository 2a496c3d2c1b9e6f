import pc from 'picocolors';

import type { ClusterStatus } from '../local/cluster/status';
import type { Replica } from '../local/replica/replica';
import type { ReplicaScope } from '../local/replica/scope';
import { keySetPath, keySetPolicy, kvMount, roleOfPolicy } from '../model/names';
import { columns } from './table';

export interface ReplicaSummary {
  readonly scope: ReplicaScope;
  readonly replica: Replica;
  readonly status: ClusterStatus;
}

/** What one wants to know of a replica that is up: addresses, how to log in, and where everything is. */
export function describeReplica({ scope, replica, status }: ReplicaSummary): string {
  const names = scope.environments.map(({ name }) => name).join(', ');
  const { name: program, version } = replica.server;
  const nodes = status.nodes.map(({ name, address, health }) => [
    name,
    address,
    health === 'active' ? pc.green(health) : health,
  ]);
  const places = [
    ['CA certificate', replica.cluster.caFile],
    ['unseal keys', `${replica.cluster.keysFile} ${pc.dim('(readable by you alone)')}`],
    ['admin token', `${replica.cluster.adminTokenFile} ${pc.dim('(readable by you alone)')}`],
    ['state, logs', replica.directory],
  ];
  return [
    `${pc.bold(names)} of ${scope.cluster.name} runs on ${program} ${version}`,
    '',
    columns(nodes),
    '',
    columns(places),
    '',
    `${pc.bold('Log in and read')} ${pc.dim('(copy a line into your shell; -rw roles may also write)')}`,
    '',
    loginLines({ scope, replica, status }),
    '',
    `${pc.dim('More:')} npm run platform -- status | logs | tenant show <team>/<tenant> --environment <name> | --help`,
  ].join('\n');
}

function loginLines({ scope, replica, status }: ReplicaSummary): string {
  const command = status.dialect === 'openbao' ? 'bao' : 'vault';
  return scope.tenants
    .flatMap(({ tenant, settings }) =>
      (['ro', 'rw'] as const).map((access) => {
        const role = roleOfPolicy(keySetPolicy(tenant, settings.environment, access));
        const read = `${command} kv get -mount=${kvMount(settings.environment)} ${keySetPath(tenant)}`;
        return `  . ${replica.loginScriptFile} && platform_login ${role} && ${read}`;
      }),
    )
    .join('\n');
}
