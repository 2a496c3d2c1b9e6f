import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { ServerClient } from '../client/server-client';
import { refuseForeignObjects } from '../local/terraform/foreign-objects';
import { PlatformError, type Problem } from '../model/errors';
import { plannedObjects, type PlannedObjects } from '../synthesis/objects/planned-objects';
import { providerAddress } from '../synthesis/plan-json';
import type { Context } from './context';

const planFile = 'plan.json';

/** A plan, and the cluster that it is for. */
interface Plan extends PlannedObjects {
  /** Of the cluster; undefined if neither the stack nor the environment has one. */
  readonly server: string | undefined;
}

/**
 * `platform check-plan <plan...>`: fails if a plan creates what exists already on the server. Looks objects up at the address of the stack
 * with the token of the run, as Terraform does; prints the number of objects that it looked up.
 *
 * @param files JSON of plans, or folders of stacks with a `plan.json`
 * @throws PlatformError `usage` if a file is no plan or a variable is missing, `terraform` with every object that exists
 */
export async function checkPlans(
  { environment }: Pick<Context, 'environment'>,
  files: readonly string[],
): Promise<void> {
  const plans = readPlans(files, environment.VAULT_ADDR);
  const access = accessOf(environment);
  const problems: Problem[] = [];
  for (const server of new Set(plans.map((plan) => plan.server))) {
    if (server === undefined) throw new PlatformError('usage', [noAddress]);
    const here = plans.filter((plan) => plan.server === server);
    const client = new ServerClient({ addresses: [server.replace(/\/+$/, '')], ...access });
    try {
      const objects = here.flatMap((plan) => plan.objects);
      await refuseForeignObjects(client, { objects, unknown: here.flatMap(({ unknown }) => unknown) });
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      problems.push(...error.problems);
    } finally {
      await client.close();
    }
  }
  if (problems.length > 0) throw new PlatformError('terraform', problems);
  console.log(`${plans.flatMap(({ objects }) => objects).length} objects are new on the server`);
}

function readPlans(files: readonly string[], otherwise: string | undefined): Plan[] {
  const problems: Problem[] = [];
  const plans = files.flatMap((given) => {
    const file = existsSync(given) && statSync(given).isDirectory() ? path.join(given, planFile) : given;
    const plan = readPlan(file, otherwise);
    if (plan === undefined) problems.push(noPlan(file));
    return plan ?? [];
  });
  if (problems.length > 0) throw new PlatformError('usage', problems);
  return plans;
}

function readPlan(file: string, otherwise: string | undefined): Plan | undefined {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const planned = plannedObjects(json);
    return planned && { ...planned, server: providerAddress(json) ?? otherwise };
  } catch {
    return undefined;
  }
}

const noPlan = (file: string): Problem => ({
  file,
  message: 'this is not the JSON of a plan',
  fix: `in the folder of the stack: terraform plan -input=false -out=plan && terraform show -json plan > ${planFile}`,
});

const noAddress: Problem = {
  message: 'a plan names no server, and VAULT_ADDR is not set',
  fix: 'plan the stack as it is synthesised today, or run this with the variables that `terraform plan` had',
};

/** The variables of Terraform's provider, so that both have the same rights. */
function accessOf({ VAULT_TOKEN: token, VAULT_CACERT: caFile }: Context['environment']): {
  readonly token: string;
  readonly ca?: string;
} {
  if (token === undefined) {
    throw new PlatformError('usage', [
      { message: 'VAULT_TOKEN is not set', fix: 'run this with the variables that `terraform plan` had' },
    ]);
  }
  return { token, ...(caFile !== undefined && { ca: readCa(caFile) }) };
}

function readCa(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new PlatformError('usage', [
      { message: `VAULT_CACERT cannot be read: ${(error as Error).message}`, fix: 'correct VAULT_CACERT, or unset it' },
    ]);
  }
}
