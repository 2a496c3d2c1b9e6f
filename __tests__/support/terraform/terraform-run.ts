import { mkdirSync, mkdtempSync } from 'node:fs';
import path from 'node:path';

import type { Construct } from 'constructs';

import type { ChangeSummary } from '../../../local/terraform/terraform';
import { bareStack } from '../template/template';
import type { TestCluster } from '../vault/embedded-cluster';
import { TerraformFolder } from './terraform-folder';

export interface TerraformRunOptions {
  /** What Terraform is to run with. @default - the administrator's token, which may do everything in a test */
  readonly token?: string;
}

type Build = (scope: Construct) => void;

/** Constructs that Terraform applies to a server, with the state of their own that goes with the cluster's folder. */
export class TerraformRun {
  /**
   * Applies what `build` puts into a stack.
   *
   * @throws PlatformError `terraform` with every diagnostic
   */
  public static async on(cluster: TestCluster, build: Build, options: TerraformRunOptions = {}): Promise<TerraformRun> {
    const run = await TerraformRun.prepare(cluster, options);
    await run.apply(build);
    return run;
  }

  /** A working folder for the cluster, in which nothing was applied yet. */
  public static async prepare(cluster: TestCluster, options: TerraformRunOptions = {}): Promise<TerraformRun> {
    const server = cluster.open();
    const parent = path.join(path.dirname(cluster.options.directory), 'terraform');
    mkdirSync(parent, { recursive: true });
    const folder = await TerraformFolder.prepare(mkdtempSync(path.join(parent, 'run-')), {
      VAULT_ADDR: await server.activeAddress(),
      VAULT_CACERT: server.caFile,
      VAULT_TOKEN: options.token ?? server.adminToken(),
    });
    return new TerraformRun(folder);
  }

  /** What the last apply changed. */
  public applied: ChangeSummary = { added: 0, changed: 0, removed: 0 };

  private constructor(private readonly folder: TerraformFolder) {}

  /** Working folder. */
  public get directory(): string {
    return this.folder.directory;
  }

  /** Applies another tree in place of the one before. @throws PlatformError `terraform` */
  public async apply(build: Build): Promise<ChangeSummary> {
    this.applied = await this.folder.apply(bareStack(build));
    return this.applied;
  }

  /** What an apply would do; see {@link TerraformFolder.plan}. */
  public async plan(build?: Build): Promise<readonly string[]> {
    return await this.folder.plan(build && bareStack(build));
  }

  /** Removes everything the state knows. @throws PlatformError `terraform` */
  public async destroy(): Promise<ChangeSummary> {
    return await this.folder.destroy();
  }

  /** Forgets a resource without touching the server. */
  public async forget(...addresses: readonly string[]): Promise<void> {
    await this.folder.forget(...addresses);
  }

  /** Outputs by name. */
  public async outputs(): Promise<Readonly<Record<string, unknown>>> {
    return await this.folder.outputs();
  }

  /** The state as Terraform wrote it. */
  public stateText(): string {
    return this.folder.stateText();
  }
}
