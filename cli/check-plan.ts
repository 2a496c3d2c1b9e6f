import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { ServerClient } from '../client/server-client';
import { refuseForeignObjects } from '../local/terraform/foreign-objects';
import { PlatformError, type Problem } from '../model/errors';
import { plannedObjects, type PlannedObjects } from '../synthesis/objects/planned-objects';
import type { Context } from './context';

const planFile = 'plan.json';

/**
 * `platform check-plan <plan...>`: fails if a plan creates what exists already on the server. Looks objects up with the address and the
 * token of the run, as Terraform does; prints the number of objects that it looked up.
 *
 * @param files JSON of plans, or folders of stacks with a `plan.json`
 * @throws PlatformError `usage` if a file is no plan or a variable is missing, `terraform` with every object that exists
 */
export async function checkPlans({ environment }: Context, files: readonly string[]): Promise<void> {
  const plans = readPlans(files);
  const client = new ServerClient(connection(environment));
  try {
    const objects = plans.flatMap((plan) => plan.objects);
    await refuseForeignObjects(client, { objects, unknown: plans.flatMap(({ unknown }) => unknown) });
    console.log(`${objects.length} objects are new on the server`);
  } finally {
    await client.close();
  }
}

function readPlans(files: readonly string[]): PlannedObjects[] {
  const problems: Problem[] = [];
  const plans = files.flatMap((given) => {
    const file = existsSync(given) && statSync(given).isDirectory() ? path.join(given, planFile) : given;
    const plan = readPlan(file);
    if (plan === undefined) problems.push(noPlan(file));
    return plan ?? [];
  });
  if (problems.length > 0) throw new PlatformError('usage', problems);
  return plans;
}

function readPlan(file: string): PlannedObjects | undefined {
  try {
    return plannedObjects(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

const noPlan = (file: string): Problem => ({
  file,
  message: 'this is not the JSON of a plan',
  fix: `in the folder of the stack: terraform plan -input=false -out=plan && terraform show -json plan > ${planFile}`,
});

/** The variables of Terraform's provider, so that both use the same server and the same rights. */
function connection({
  VAULT_ADDR: address,
  VAULT_TOKEN: token,
  VAULT_CACERT: caFile,
}: Context['environment']): ConstructorParameters<typeof ServerClient>[0] {
  if (address === undefined || token === undefined) {
    throw new PlatformError('usage', [
      {
        message: 'VAULT_ADDR and VAULT_TOKEN are not both set',
        fix: 'run this with the variables that `terraform plan` had',
      },
    ]);
  }
  return { addresses: [address.replace(/\/+$/, '')], token, ...(caFile !== undefined && { ca: readCa(caFile) }) };
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
