import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { platformAccess, type PlatformAccess } from '../../access/proof/escalation';
import { ownerName } from '../../access/proof/owner';
import { count } from '../../access/report/count';
import { formatProblems, PlatformError } from '../../model/errors';
import type { Inventory } from '../../model/inventory';
import { readInventory } from '../../model/read';
import { planStacks } from '../../stacks/create-stacks';
import { prove, type Proof } from '../../synthesis/proof/prove';
import { renderStacks } from '../../synthesis/render-stacks';
import { currentContext, type ContextOptions } from '../context';
import { columns } from '../table';

export interface ProveOptions extends ContextOptions {
  readonly json: boolean;
}

/** What was proven, in numbers, and what policies of the platform reach. */
export interface ProofSummary {
  readonly tenants: number;
  readonly environments: number;
  /** Principals of tenants. */
  readonly principals: number;
  readonly sharing: number;
  readonly exceptions: number;
  readonly expectations: number;
  /** By cluster. */
  readonly platform: Readonly<Record<string, readonly PlatformAccess[]>>;
}

/** `access prove`. @throws PlatformError `inventory` with everything that is not so */
export function accessProve({ json, ...options }: ProveOptions): void {
  const { inventoryDirectory } = currentContext(options);
  const now = Date.now();
  const proof = proveInventory(readInventory(inventoryDirectory), now);
  for (const warning of proof.warnings) process.stderr.write(`${formatProblems([warning])}\n`);
  if (proof.problems.length > 0) throw new PlatformError('inventory', proof.problems);
  const summary = summarize(proof, now);
  process.stdout.write(json ? `${JSON.stringify(summary, null, 2)}\n` : describeProof(summary));
}

/** Synthesises in memory and proves. @param now milliseconds since 1970 */
export function proveInventory(inventory: Inventory, now: number): Proof {
  const outdir = mkdtempSync(path.join(os.tmpdir(), 'vault-platform-prove-'));
  try {
    const plans = planStacks(inventory);
    return prove(inventory, plans, renderStacks(plans, outdir).stacks, now);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** @param now milliseconds since 1970 */
export function summarize({ clusters }: Proof, now: number): ProofSummary {
  const owners = new Map(
    clusters.flatMap(({ model }) =>
      model.principals.flatMap(({ owner }) => (owner === undefined ? [] : [[ownerName(owner), owner] as const])),
    ),
  );
  const all = [...owners.values()];
  const sum = (of: (cluster: Proof['clusters'][number]) => number): number =>
    clusters.reduce((total, cluster) => total + of(cluster), 0);
  return {
    tenants: new Set(all.map(({ team, tenant }) => `${team}/${tenant}`)).size,
    environments: new Set(all.map(({ environment }) => environment)).size,
    principals: sum(({ model }) => model.principals.filter(({ owner }) => owner !== undefined).length),
    sharing: sum(({ declarations }) => declarations.sharing.length),
    exceptions: sum(({ declarations }) => declarations.exceptions.length),
    expectations: sum(({ declarations }) => declarations.expectations.length),
    platform: Object.fromEntries(clusters.map(({ model }) => [model.cluster ?? '', platformAccess(model, now)])),
  };
}

/** The summary for a terminal. */
export function describeProof(summary: ProofSummary): string {
  const { tenants, environments, principals, sharing, exceptions, expectations, platform } = summary;
  const rows = Object.entries(platform).flatMap(([cluster, holders]) =>
    holders.flatMap(({ holder, reached }) =>
      reached.map(({ check, witness }) => [cluster, holder, check, `${witness.operation} ${witness.path}`]),
    ),
  );
  return [
    `${count(tenants, 'tenant')} in ${count(environments, 'environment')}: ${count(principals, 'principal')}`,
    `  isolation     no path of one tenant's data is reachable by another; ${count(sharing, 'declared exception')}`,
    `  escalation    no principal can get more access than it has; ${count(exceptions, 'declared exception')}`,
    `  expectations  ${count(expectations, 'expectation')}, none of them fails`,
    ...(rows.length === 0
      ? []
      : [
          '',
          'What the policies of the platform reach, with an example of each:',
          columns([['cluster', 'policy', 'check', 'example'], ...rows]),
        ]),
    '',
  ].join('\n');
}
