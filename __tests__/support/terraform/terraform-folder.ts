import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { App, TerraformStack } from 'cdktf';
import { execa } from 'execa';

import { overrideFile, overrideOf } from '../../../local/terraform/override';
import { Terraform, type ChangeSummary } from '../../../local/terraform/terraform';
import type { ProviderName } from '../../../local/toolbox/built-provider';
import { Toolbox } from '../../../local/toolbox/toolbox';
import { Template, testApp } from '../template/template';

/** Makes the stack that is to be applied. */
export type StackMaker = (app: App) => TerraformStack;

/** A working folder of Terraform, with a state of its own. */
export class TerraformFolder {
  /**
   * A folder in which nothing was applied yet, or one of a former run, whose providers it keeps.
   *
   * @param directory must exist
   * @param environment what the providers need: addresses and tokens. `VAULT_ADDR` replaces the address of the stack
   * @param wanted the providers
   */
  public static async prepare(
    directory: string,
    environment: Readonly<Record<string, string>>,
    wanted: readonly ProviderName[] = ['vault'],
  ): Promise<TerraformFolder> {
    const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
    const program = await toolbox.terraform(() => undefined);
    const providers = await toolbox.providers(() => undefined, wanted);
    const { PATH = '', HOME = '' } = process.env;
    const always = { PATH, HOME, ...providers.environment, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
    return new TerraformFolder(directory, program.path, { ...always, ...environment });
  }

  private readonly terraform: Terraform;
  private initialised: boolean;

  private constructor(
    public readonly directory: string,
    private readonly program: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {
    this.terraform = new Terraform({ program, environment });
    this.initialised = existsSync(path.join(directory, '.terraform'));
  }

  /**
   * Applies another stack in place of the one before.
   *
   * @param check of the plan's JSON; see {@link Terraform.apply}
   * @throws PlatformError `terraform` with every diagnostic
   */
  public async apply(make: StackMaker, check?: (plan: unknown) => Promise<void>): Promise<ChangeSummary> {
    await this.write(make);
    return await this.terraform.apply(this.directory, check);
  }

  /**
   * What an apply would do, one line each, for example `update vault_mount.kv` or `create output.request`; empty if nothing.
   *
   * @param make another stack. @default - the one that was applied
   * @throws Error with what Terraform printed
   */
  public async plan(make?: StackMaker): Promise<readonly string[]> {
    if (make !== undefined) await this.write(make);
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

  /** What Terraform reports if it plans a stack without anything replaced but its backend. @throws Error if it plans it */
  public async planUnchanged(make: StackMaker): Promise<string> {
    await this.write(make);
    writeFileSync(path.join(this.directory, overrideFile), overrideOf({}));
    const { failed, stderr } = await execa(this.program, ['plan', '-input=false', '-no-color'], {
      cwd: this.directory,
      env: this.environment,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
    });
    if (!failed) throw new Error('the stack was planned');
    return stderr;
  }

  private async write(make: StackMaker): Promise<void> {
    const { json } = Template.fromStack(make(testApp()));
    writeFileSync(path.join(this.directory, 'cdk.tf.json'), JSON.stringify(json, null, 2));
    writeFileSync(path.join(this.directory, overrideFile), overrideOf(json, this.environment.VAULT_ADDR));
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
