import pc from 'picocolors';

import type { ClusterStatus } from '../local/cluster/status';
import { quote } from '../local/replica/login-script';
import type { Replica } from '../local/replica/replica';
import type { ReplicaScope } from '../local/replica/scope';
import { dialects } from '../model/dialect';
import { loginLines } from './login-lines';
import { columns } from './table';

export interface ReplicaSummary {
  readonly scope: ReplicaScope;
  readonly replica: Replica;
  readonly status: ClusterStatus;
}

/** Summary of a running replica: addresses, files and how to log in. */
export function describeReplica({ scope, replica, status }: ReplicaSummary): string {
  const { binary } = dialects[status.dialect];
  const names = scope.environments.map(({ inventoryName }) => inventoryName).join(', ');
  const { name: program, version } = replica.server;
  const nodes = status.nodes.map(({ name, address, health }) => [
    name,
    address,
    health === 'active' ? pc.green(health) : health,
  ]);
  const places = [
    ['CA certificate', replica.cluster.caFile],
    ['unseal keys', `${replica.cluster.keysFile} ${keysNote(status)}`],
    ['admin token', `${replica.cluster.adminTokenFile} ${pc.dim('(only you can read it)')}`],
    ['state, logs', replica.directory],
  ];
  return [
    `${pc.bold(names)} of ${scope.cluster.name} runs on ${program} ${version}`,
    '',
    columns(nodes),
    '',
    columns(places),
    '',
    `${pc.bold('Log in')} ${pc.dim('(copy into your shell: the first line once, then the line of a role)')}`,
    '',
    `  . ${quote(replica.loginScriptFile)}`,
    ...scope.tenants.flatMap((tenant) => loginLines(tenant, binary).map((line) => `  ${line}`)),
    '',
    ...keptLines({ scope, replica, status }),
    ...warningLines(replica.terraformWarnings),
    `${pc.dim('More:')} npm run platform -- status | logs | tenant show <team>/<tenant> --environment <name> | --help`,
  ].join('\n');
}

/** Without the keys, everything runs until a server restarts. */
const keysNote = ({ keysMissing }: ClusterStatus): string =>
  keysMissing
    ? pc.red('is missing: put it back, because no server can be unsealed without it')
    : pc.dim('(only you can read it; of this replica only)');

const warningLines = (warnings: readonly string[]): string[] =>
  warnings.length === 0 ? [] : [pc.bold('Warnings of Terraform'), '', ...warnings.map((text) => `  ${text}`), ''];

/** What left the inventory and stays, with the commands to delete it. */
function keptLines({ replica, status }: ReplicaSummary): string[] {
  if (replica.keptMounts.length === 0) return [];
  const { binary, envPrefix } = dialects[status.dialect];
  const token = `${envPrefix}_TOKEN=$(cat ${quote(replica.cluster.adminTokenFile)})`;
  return [
    `${pc.bold('Removed from the inventory, and kept')} ${pc.dim('(each of the last commands deletes one for ever, with all that it contains)')}`,
    '',
    columns(replica.keptMounts.map(({ path, contents }) => [path, contents.join(', ')])),
    '',
    `  . ${quote(replica.loginScriptFile)}`,
    ...replica.keptMounts.map(
      ({ kind, path }) => `  ${token} ${binary} ${kind === 'connection' ? 'delete' : 'secrets disable'} ${path}`,
    ),
    '',
  ];
}
