import { environmentName, type Environment } from '../../environment/environment';
import { listNames } from '../../language/nearest';
import { documentOperations, grantPathRule, listFault, repeatedFault } from '../../language/rules/grant-path';
import { map, optional, refuse, text, type CheckContext, type Output } from '../../language/schema';
import { shorten } from '../../language/show';
import type { ValuePath } from '../../source/source-file';
import { operationList, type GrantPlace } from './grant-place';

/** Whether a path of documents, under a key of a grant, is one that its operations are for. */
const checkList =
  <Key extends string>(key: Key) =>
  (grant: Readonly<Record<Key, string>> & { readonly operations: readonly string[] }, context: CheckContext): void => {
    const fault = listFault(grant[key], grant.operations);
    if (fault !== undefined) refuse(context, [key], grantPathRule.allowed, fault);
  };

const schema = map(
  {
    environment: optional(environmentName).describe(
      'Environment that holds the documents, in the same cluster. Default: the one that the policy is in.',
    ),
    path: text(grantPathRule).describe(
      'Documents below the tenant’s folder, for example `tests/*`. `+` stands for one segment, a final `*` for any rest, a final `/` for a folder to list.',
    ),
    operations: operationList(documentOperations).describe(
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
  reportRepeated(entry.path, [...path, 'path'], place);
  const at = [...path, 'environment'];
  const environment =
    entry.environment === undefined ? home.environment : scope.environment(entry.environment, at)?.environment;
  if (environment === undefined) return undefined;
  if (environment.cluster !== home.environment.cluster) reportForeign(environment, at, place);
  place.once(`${environment.inventoryName}:${entry.path}`, [...path, 'path'], {
    message: `two grants are for the same documents of ${environment.inventoryName}`,
    fix: 'merge their operations into one grant',
  });
  return { ...entry, type: 'documents', environment };
}

function reportRepeated(document: string, path: ValuePath, { scope }: GrantPlace): void {
  const fault = repeatedFault(document, scope.tenant.name);
  const allowed = 'a path below the tenant’s folder, such as configs';
  if (fault !== undefined) scope.report(path, { ...fault, given: shorten(document), allowed });
}

function reportForeign(environment: Environment, path: ValuePath, { home, scope }: GrantPlace): void {
  const { inventoryName: name, cluster } = home.environment;
  const reachable = [...scope.known.values()].filter((other) => other?.environment.cluster === cluster);
  scope.report(path, {
    message: `a policy in ${name} cannot reach ${environment.inventoryName}: it is in another cluster`,
    given: `${environment.inventoryName}, in the cluster ${environment.cluster.name}`,
    allowed: `environments of the cluster ${cluster.name}: ${listNames(reachable.map((other) => other?.environment.inventoryName ?? ''))}`,
    fix: `write one of these, or move the policy to an environment of ${environment.cluster.name}`,
  });
}

export const documents = { schema, link };

const schema1 = map(
  {
    document1: text(grantPathRule).describe(
      'Documents below the tenant’s folder in the environment’s key-value engine of version 1, as with `path`.',
    ),
    operations: operationList(['create', 'read', 'update', 'delete', 'list']).describe('Allowed operations.'),
  },
  checkList('document1'),
);

type Entry1 = Output<typeof schema1>;
export type Document1Operation = Entry1['operations'][number];

/** Access to documents in the key-value engine of version 1, which has neither versions nor metadata. */
type Document1Grant = Pick<Entry1, 'operations'> & { readonly type: 'documents1'; readonly path: string };

function link1({ document1, operations }: Entry1, path: ValuePath, place: GrantPlace): Document1Grant | undefined {
  const { environment, unsound } = place.home;
  reportRepeated(document1, [...path, 'document1'], place);
  if (environment.engines.keyValue1 !== undefined) return { type: 'documents1', path: document1, operations };
  if (unsound.has('engines')) return undefined;
  place.scope.report([...path, 'document1'], {
    message: `there is no engine \`keyValue1\` in ${environment.inventoryName}`,
    given: shorten(document1),
    allowed: 'environments with `engines.keyValue1`, or `path` for documents with versions',
    fix: `write \`path:\`, or add \`keyValue1: {}\` to \`engines\` in inventory/environments/${environment.inventoryName}.yaml`,
  });
  return undefined;
}

export const documents1 = { schema: schema1, link: link1 };
