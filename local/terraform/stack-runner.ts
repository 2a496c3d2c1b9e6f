import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { ChangeSummary, Terraform } from './terraform';

export interface StackRunnerOptions {
  readonly terraform: Terraform;
  /** Folder with `stacks/<stack>/cdk.tf.json`. */
  readonly synthesis: string;
  /** Folder that gets a working folder with the state of each stack. */
  readonly directory: string;
}

/**
 * Applies synthesised stacks with their state on this machine. The JSON is used unchanged; an override file replaces only
 * the backend, so that the same configuration is applied here and elsewhere.
 *
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
export class StackRunner {
  constructor(private readonly options: StackRunnerOptions) {}

  /** @throws PlatformError `terraform` */
  public async apply(stack: string): Promise<ChangeSummary> {
    return this.options.terraform.apply(await this.prepare(stack));
  }

  /** Stacks that were applied here before. */
  public async applied(): Promise<string[]> {
    const entries = await readdir(this.options.directory, { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  }

  /**
   * Destroys the resources of a stack that is no longer in the inventory, and deletes its working folder. Protected resources
   * are removed from the state and stay on the server: with them in the state, Terraform would destroy nothing.
   *
   * @throws PlatformError `terraform`
   */
  public async destroy(stack: string): Promise<ChangeSummary> {
    const directory = this.workingDirectory(stack);
    await this.options.terraform.forget(directory, await protectedResources(directory));
    const summary = await this.options.terraform.destroy(directory);
    await rm(directory, { recursive: true });
    return summary;
  }

  private workingDirectory(stack: string): string {
    return path.join(this.options.directory, stack);
  }

  private async prepare(stack: string): Promise<string> {
    const directory = this.workingDirectory(stack);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const override = { terraform: { backend: { local: { path: 'terraform.tfstate' } } } };
    await writeFile(path.join(directory, 'backend_override.tf.json'), `${JSON.stringify(override, null, 2)}\n`);
    const source = path.join(this.options.synthesis, 'stacks', stack, 'cdk.tf.json');
    await copyFile(source, path.join(directory, 'cdk.tf.json'));
    await this.initialise(directory, source);
    return directory;
  }

  /** Runs `init` only when the program or its providers changed, because it takes as long as an apply without changes. */
  private async initialise(directory: string, source: string): Promise<void> {
    const { fingerprint } = this.options.terraform;
    const { terraform } = JSON.parse(await readFile(source, 'utf8')) as { terraform: { required_providers: unknown } };
    const wanted = `${fingerprint} ${JSON.stringify(terraform.required_providers)}`;
    const stamp = path.join(directory, '.terraform', 'vault-platform-initialised');
    const done = await readFile(stamp, 'utf8').catch(() => undefined);
    if (done === wanted) return;
    await this.options.terraform.init(directory);
    await writeFile(stamp, wanted);
  }
}

/** Addresses of what Terraform refuses to destroy. */
async function protectedResources(directory: string): Promise<string[]> {
  const { resource = {} } = JSON.parse(await readFile(path.join(directory, 'cdk.tf.json'), 'utf8')) as Resources;
  return Object.entries(resource).flatMap(([type, resources]) =>
    Object.entries(resources).flatMap(([name, { lifecycle }]) =>
      lifecycle?.prevent_destroy === true ? [`${type}.${name}`] : [],
    ),
  );
}

/** The part of a stack's JSON with the lifecycle of resources. */
interface Resources {
  readonly resource?: Readonly<
    Record<string, Readonly<Record<string, { readonly lifecycle?: { readonly prevent_destroy?: boolean } }>>>
  >;
}
