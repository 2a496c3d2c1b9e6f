import type { Environment } from '../../environment/environment';
import { environmentName } from '../../environment/environment-list';
import { map, type Output } from '../../language/map';
import { listNames } from '../../language/nearest';
import { grantPathRule } from '../../language/rules/grant-path';
import { optional, text } from '../../language/values';
import type { ValuePath } from '../../source/source-file';
import type { GrantPlace } from './grant-place';
import { checkList, operationList } from './operations';

const schema = map(
  {
    environment: optional(environmentName).describe(
      'Environment that holds the documents, in the same cluster. Default: the one that the policy is in.',
    ),
    path: text(grantPathRule).describe(
      'Documents below the tenant’s folder, for example `tests/*`. `+` stands for one segment, a final `*` for any rest, a final `/` for a folder to list.',
    ),
    operations: operationList([
      ...(['create', 'read', 'update', 'patch', 'delete', 'list', 'read-metadata', 'write-metadata'] as const),
      ...(['delete-versions', 'undelete', 'destroy', 'purge'] as const),
    ]).describe(
      'Allowed operations. delete marks the newest version as deleted; delete-versions, undelete and destroy are for given versions; purge removes a document with all its versions.',
    ),
  },
  checkList('path'),
);

type Entry = Output<typeof schema>;
export type DocumentOperation = Entry['operations'][number];

/** Access to documents below the tenant's own folder, `v1/<environment>/kv/data/<tenant>/<path>`. */
export type DocumentGrant = Omit<Entry, 'environment'> & {
  readonly type: 'documents';
  readonly environment: Environment;
};

function link(entry: Entry, path: ValuePath, place: GrantPlace): DocumentGrant | undefined {
  const { home, scope } = place;
  const at = [...path, 'environment'];
  const environment =
    entry.environment === undefined ? home.environment : scope.environment(entry.environment, at)?.environment;
  if (environment === undefined) return undefined;
  if (environment.cluster !== home.environment.cluster) reportForeign(environment, at, place);
  place.once(`${environment.name}:${entry.path}`, [...path, 'path'], {
    message: `two grants are for the same documents of ${environment.name}`,
    fix: 'merge their operations into one grant',
  });
  return { ...entry, type: 'documents', environment };
}

function reportForeign(environment: Environment, path: ValuePath, { home, scope }: GrantPlace): void {
  const { name, cluster } = home.environment;
  const reachable = [...scope.known.values()].filter((other) => other?.environment.cluster === cluster);
  scope.report(path, {
    message: `a policy in ${name} cannot reach ${environment.name}: it is in another cluster`,
    given: `${environment.name}, in the cluster ${environment.cluster.name}`,
    allowed: `environments of the cluster ${cluster.name}: ${listNames(reachable.map((other) => other?.environment.name ?? ''))}`,
    fix: `write one of these, or move the policy to an environment of ${environment.cluster.name}`,
  });
}

export const documents = { schema, link };
