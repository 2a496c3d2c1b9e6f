import { BlockList, isIP } from 'node:net';

import type { ReplicaTenant } from '../local/replica/scope';
import { appRoleMount as clusterAppRoleMount, keySetPath } from '../model/names';
import { tenantAccess, type DocumentUse } from './tenant-access';

/**
 * A line for each role of a tenant that logs in with a SecretID and each of its documents, for the shell of a replica's user. `tenant show`
 * lists other grants. A comment is above the lines that cannot work on a replica.
 *
 * @param binary `bao` or `vault`
 */
export function loginLines(replicaTenant: ReplicaTenant, binary: string): string[] {
  const { tenant, settings } = replicaTenant;
  const { appRole, environment, keySet } = settings;
  const mount = environment.appRoleMount === clusterAppRoleMount ? '' : ` ${environment.appRoleMount}`;
  const network = [...appRole.secretIdBoundCidrs, ...appRole.tokenBoundCidrs];
  const isReachable = [appRole.secretIdBoundCidrs, appRole.tokenBoundCidrs].every(containsLoopback);
  const absent = ({ document }: DocumentUse): boolean => keySet === 'existing' && document === keySetPath(tenant);
  const roles = tenantAccess(replicaTenant).filter(({ logins }) => logins.some(({ type }) => type === 'approle'));
  const lines = roles.flatMap(({ role, uses }) => {
    const login = `platform_login ${role}${mount}`;
    const documents = uses.filter((each) => each.type === 'document');
    if (documents.length === 0) return [login];
    return documents.flatMap((each) => [
      ...(absent(each) ? [`# keySet: existing, so ${each.document} does not exist on this replica:`] : []),
      `${login} && ${binary} ${command(each)}`,
    ]);
  });
  if (lines.length === 0 || isReachable) return lines;
  return [
    `# refused on this replica: only from ${[...new Set(network)].join(', ')} (appRole of ${tenant.name})`,
    ...lines,
  ];
}

/** A document that the role creates itself does not exist yet. */
function command({ mount, document, firstCas, reads, folder }: DocumentUse): string {
  if (firstCas === 0) return `kv put -cas=0 -mount=${mount} ${document} hello=world`;
  return reads || folder === undefined ? `kv get -mount=${mount} ${document}` : `kv list -mount=${mount} ${folder}`;
}

/** Whether one may come from this machine, whose servers listen on 127.0.0.1. No network is any. */
function containsLoopback(networks: readonly string[]): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', length] = network.split('/');
    list.addSubnet(address, Number(length), isIP(address) === 4 ? 'ipv4' : 'ipv6');
  }
  return networks.length === 0 || list.check('127.0.0.1');
}
