import { chmodSync } from 'node:fs';
import path from 'node:path';

import pc from 'picocolors';

import type { AccessModel } from '../access/principals/access-model';
import { documentFolders } from '../access/proof/own-data';
import { diffModels } from '../access/sets/diff-models';
import type { PrincipalChange } from '../access/sets/path-class';
import type { ServerClient } from '../client/server-client';
import { GuardedFolder } from '../local/guard/guarded-folder';
import { withDialect } from '../local/replica/adapt';
import { Replica } from '../local/replica/replica';
import { replicaScope, type ReplicaScope } from '../local/replica/scope';
import type { Dialect } from '../model/dialect';
import type { Inventory } from '../model/inventory';
import { readInventory } from '../model/read';
import type { Attempt } from '../rehearsal/attempt';
import { expectationAttempts, isolationAttempts, principalsOf, unique, witnessAttempts } from '../rehearsal/attempts';
import { describeRehearsal, hasDifferences } from '../rehearsal/describe';
import { rehearse } from '../rehearsal/rehearse';
import { seededRandom } from '../rehearsal/seeded-random';
import { declarationsOf } from '../synthesis/proof/declarations';
import { loadAccess } from './access/load-access';
import { readSynthesised } from './access/synthesised-folder';
import type { Context } from './context';
import { runPhases } from './phases';

export interface RehearseOptions {
  /** @default - that of the cluster in the inventory */
  readonly dialect?: Dialect;
  /** Folder or revision of git to compare with: the witnesses of the difference are tried. @default - no comparison */
  readonly against?: string;
  /** Pairs of a principal and documents of another tenant. */
  readonly pairs: number;
  /** Selects the pairs. */
  readonly seed: number;
}

/**
 * `platform rehearse <environment>`: applies the environment to a throwaway cluster, and tries there what the analysis of access computed.
 * Exits with 1 if the server decides otherwise.
 */
export async function rehearseEnvironment(context: Context, name: string, options: RehearseOptions): Promise<void> {
  const written = readInventory(context.inventoryDirectory);
  const { cluster } = replicaScope(written, [name]);
  const dialect = options.dialect ?? cluster.dialect;
  const inventory = withDialect(written, cluster.name, dialect);
  const scope = replicaScope(inventory, [name]);
  const before = options.against === undefined ? undefined : (await loadAccess(context, options.against)).models;
  const folder = GuardedFolder.create('rehearsal');
  try {
    // The user of PostgreSQL must be able to reach its data.
    chmodSync(folder.directory, 0o711);
    const { toolbox, environment } = context;
    const replica = new Replica({ inventory, scope, dialect, home: folder.directory, toolbox, environment });
    await replica.cluster.exclusively(() => runPhases(replica.phases()));
    const models = readSynthesised(path.join(replica.directory, 'synthesis'));
    const model = models.find((each) => each.cluster === cluster.name);
    if (model === undefined) throw new Error(`the synthesis has no cluster ${cluster.name}`);
    const now = Date.now();
    const old = before?.find((each) => each.cluster === cluster.name);
    const changes = old === undefined ? [] : diffModels(old, model, now);
    const result = await replica.cluster.withRootToken((root: ServerClient) => {
      const principals = principalsOf(model, new Set(scope.environments.map((environment) => environment.name)));
      const attempts = attemptsOf({ inventory, scope, model, changes, options });
      return rehearse({ model, principals, attempts, root, now });
    });
    process.stdout.write(`\n${describeRehearsal(result, { title: name, seed: options.seed, colours: pc })}\n`);
    if (hasDifferences(result)) process.exitCode = 1;
  } finally {
    await folder.dispose();
  }
}

interface AttemptsInput {
  readonly inventory: Inventory;
  readonly scope: ReplicaScope;
  readonly model: AccessModel;
  readonly changes: readonly PrincipalChange[];
  readonly options: RehearseOptions;
}

function attemptsOf({ inventory, scope, model, changes, options }: AttemptsInput): readonly Attempt[] {
  const names = new Set(scope.environments.map((environment) => environment.name));
  const principals = principalsOf(model, names);
  const owners = model.principals.flatMap(({ owner }) => owner ?? []);
  // Engines of other environments are applied only where a tenant here has access to them.
  const applied = new Set(scope.stacks.engines);
  const mounts = model.mounts.filter(({ path: mount }) => applied.has(`${mount.split('/')[1] ?? ''}-engines`));
  const declared = declarationsOf(inventory).get(scope.cluster.name)?.expectations ?? [];
  return unique([
    ...expectationAttempts(declared, principals),
    ...witnessAttempts(changes, principals),
    ...isolationAttempts(documentFolders(owners, mounts), principals, {
      pairs: options.pairs,
      random: seededRandom(options.seed),
    }),
  ]);
}
