import { PlatformError } from '../model/errors';
import { isServerName as isNameOfServer } from '../model/language/rules/name';
import { unknownName } from '../model/unknown-name';
import type { KnownCluster } from './known-clusters';

/** A server, and its cluster. */
export interface FoundServer extends KnownCluster {
  readonly server: string;
}

/** Whether a name is that of a server, and not of an environment: `node-1`, `nonprod-openbao/node-1`. */
export const isServerName = (name: string): boolean => isNameOfServer(name.split('/').at(-1) ?? '');

/** Names of the servers as `status` prints them: with their cluster if there are several. */
export const serverNames = (known: readonly KnownCluster[]): string[] =>
  known.flatMap(({ name, cluster }) =>
    cluster.serverNames.map((server) => (known.length > 1 ? `${name}/${server}` : server)),
  );

/** A server of this name. @throws PlatformError `usage` with the names that there are */
export function findServer(known: readonly KnownCluster[], given: string): FoundServer {
  const found = known.flatMap((one) =>
    one.cluster.serverNames
      .filter((server) => given === `${one.name}/${server}` || given === server)
      .map((server) => ({ ...one, server })),
  );
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  throw unknown(found.length > 1 ? 'several clusters have this server' : 'unknown server', given, serverNames(known));
}

/** Whether a cluster has this name, `nonprod-openbao`, or the one of the inventory, `nonprod`. */
export const isNamed = ({ name }: KnownCluster, given: string): boolean =>
  name === given || name.replace(/-(?:openbao|vault)$/, '') === given;

/** A server of this name, or whole clusters. @throws PlatformError `usage` with the names that there are */
export function findPart(known: readonly KnownCluster[], given: string): FoundServer | readonly KnownCluster[] {
  const clusters = known.filter((one) => isNamed(one, given));
  if (clusters.length > 0) return clusters;
  if (isServerName(given)) return findServer(known, given);
  const names = [...known.map(({ name }) => name), ...serverNames(known)];
  throw unknown('unknown cluster or server', given, names);
}

const unknown = (message: string, given: string, known: readonly string[]): PlatformError =>
  new PlatformError('usage', [
    known.length === 0
      ? { message: 'there is no embedded cluster', given, fix: 'npm start' }
      : unknownName({ message, given, known }),
  ]);
