import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { adminPolicy } from '../../../constructs/policy/admin-policy';
import { provisionerPolicies } from '../../../constructs/policy/provisioner/provisioner-policies';
import type { ChangeSummary } from '../../../local/terraform/terraform';
import type { Dialect } from '../../../model/dialect';
import type { Inventory } from '../../../model/inventory';
import { planStacks } from '../../../stacks/create-stacks';
import { startDevServer, type DevServer } from '../vault/dev-server';
import { TerraformFolder } from './terraform-folder';

/** An inventory with one cluster, whose stacks Terraform applies to a server in memory, each with the token of its run. */
export class AppliedInventory {
  /** A server with the policies that a bootstrap writes, and nothing else. */
  public static async start(dialect: Dialect, inventory: Inventory): Promise<AppliedInventory> {
    const server = await startDevServer(dialect, '127.0.0.1');
    const [cluster] = inventory.clusters;
    const policies = provisionerPolicies({ ...inventory, cluster: cluster! });
    for (const { name, rules } of [adminPolicy(), ...Object.values(policies)])
      await server.admin.write(`sys/policies/acl/${name}`, { policy: rules });
    const folder = mkdtempSync(path.join(tmpdir(), 'applied-inventory-'));
    writeFileSync(path.join(folder, 'ca.pem'), server.ca);
    return new AppliedInventory(server, folder, inventory);
  }

  private constructor(
    public readonly server: DevServer,
    /** With the certificate of the authority in `ca.pem`. */
    public readonly folder: string,
    private readonly inventory: Inventory,
  ) {}

  /** A token with one policy of the cluster, which is its display name. */
  public async tokenWith(policy: string): Promise<string> {
    const { auth } = await this.server.admin.write('auth/token/create', {
      policies: [policy],
      no_default_policy: true,
      display_name: policy,
    });
    return String(auth?.client_token);
  }

  /**
   * Applies a stack.
   *
   * @param onPlan gets the plan in JSON. @default - it is not kept
   * @throws PlatformError `terraform` with every diagnostic
   */
  public async apply(stack: string, token: string, onPlan?: (plan: string) => void): Promise<ChangeSummary> {
    const plan = planStacks(this.inventory).find(({ name }) => name === stack);
    if (plan === undefined) throw new Error(`the inventory has no stack ${stack}`);
    mkdirSync(this.directory(stack), { recursive: true });
    const terraform = await TerraformFolder.prepare(this.directory(stack), {
      VAULT_ADDR: this.server.address,
      VAULT_CACERT: path.join(this.folder, 'ca.pem'),
      VAULT_TOKEN: token,
    });
    return await terraform.apply(plan.create, onPlan && ((json) => Promise.resolve(onPlan(JSON.stringify(json)))));
  }

  /** All that Terraform wrote for a stack: JSON, state, and what it keeps. */
  public filesOf(stack: string): string {
    const files = readdirSync(this.directory(stack), { recursive: true, withFileTypes: true });
    return files
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
      .join('\n');
  }

  public async dispose(): Promise<void> {
    await this.server.dispose();
    rmSync(this.folder, { recursive: true });
  }

  private directory(stack: string): string {
    return path.join(this.folder, 'terraform', stack);
  }
}
