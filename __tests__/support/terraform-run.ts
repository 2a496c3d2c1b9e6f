import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Construct } from 'constructs';
import { execa } from 'execa';

import { Terraform, type ChangeSummary } from '../../local/terraform/terraform';
import { Toolbox } from '../../local/toolbox/toolbox';
import type { TestCluster } from './embedded-cluster';
import { Template } from './template';

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
    const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
    const program = await toolbox.terraform(() => undefined);
    const providers = await toolbox.providers(() => undefined);
    const server = cluster.open();
    const { PATH = '', HOME = '' } = process.env;
    const environment = {
      PATH,
      HOME,
      ...providers.environment,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      VAULT_ADDR: await server.activeAddress(),
      VAULT_CACERT: server.caFile,
      VAULT_TOKEN: options.token ?? server.adminToken(),
    };
    const folder = path.join(path.dirname(cluster.options.directory), 'terraform');
    mkdirSync(folder, { recursive: true });
    return new TerraformRun(mkdtempSync(path.join(folder, 'run-')), program.path, environment);
  }

  /** What the last apply changed. */
  public applied: ChangeSummary = { added: 0, changed: 0, removed: 0 };
  private readonly terraform: Terraform;
  private initialised = false;

  private constructor(
    /** Working folder. */
    public readonly directory: string,
    private readonly program: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {
    this.terraform = new Terraform({ program, environment });
  }

  /** Applies another tree in place of the one before. @throws PlatformError `terraform` */
  public async apply(build: Build): Promise<ChangeSummary> {
    await this.write(build);
    this.applied = await this.terraform.apply(this.directory);
    return this.applied;
  }

  /**
   * What an apply would do, one line each, for example `update vault_mount.kv` or `create output.request`; empty if nothing.
   *
   * @param build another tree. @default - the one that was applied
   * @throws Error with what Terraform printed
   */
  public async plan(build?: Build): Promise<readonly string[]> {
    if (build !== undefined) await this.write(build);
    const lines = (await this.run('plan', '-input=false', '-json')).split('\n');
    return lines.filter((line) => line.startsWith('{')).flatMap((line) => changesOf(JSON.parse(line) as Message));
  }

  /** Removes everything the state knows. @throws PlatformError `terraform` */
  public async destroy(): Promise<ChangeSummary> {
    return await this.terraform.destroy(this.directory);
  }

  /** Forgets a resource without touching the server, for example `vault_mount.kv`, which refuses to be destroyed. */
  public async forget(...addresses: readonly string[]): Promise<void> {
    await this.run('state', 'rm', ...addresses);
  }

  /** Outputs by name. */
  public async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const outputs = JSON.parse(await this.run('output', '-json')) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** The state as Terraform wrote it. */
  public stateText(): string {
    return readFileSync(path.join(this.directory, 'terraform.tfstate'), 'utf8');
  }

  private async write(build: Build): Promise<void> {
    const { json } = Template.of(build);
    writeFileSync(path.join(this.directory, 'cdk.tf.json'), JSON.stringify(json, null, 2));
    const override = { terraform: { backend: { local: { path: 'terraform.tfstate' } } } };
    writeFileSync(path.join(this.directory, 'backend_override.tf.json'), JSON.stringify(override));
    if (this.initialised) return;
    await this.terraform.init(this.directory);
    this.initialised = true;
  }

  private async run(...parameters: readonly string[]): Promise<string> {
    const { stdout } = await execa(this.program, parameters, {
      cwd: this.directory,
      env: this.environment,
      extendEnv: false,
      maxBuffer: 256 * 1024 * 1024,
      stdin: 'ignore',
    });
    return stdout;
  }
}

/** A line of Terraform's machine-readable output. */
interface Message {
  readonly type?: string;
  readonly change?: { readonly action: string; readonly resource: { readonly addr: string } };
  readonly outputs?: Readonly<Record<string, { readonly action?: string }>>;
}

function changesOf({ type, change, outputs }: Message): string[] {
  if (type === 'planned_change' && change !== undefined) return [`${change.action} ${change.resource.addr}`];
  if (type !== 'outputs' || outputs === undefined) return [];
  return Object.entries(outputs).flatMap(([name, { action = 'noop' }]) =>
    action === 'noop' ? [] : [`${action} output.${name}`],
  );
}
