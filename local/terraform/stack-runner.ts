import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { PlatformError } from '../../model/errors';
import { findMoves, type StackMove, type StackResources } from '../../synthesis/moves';
import { plannedObjects, type PlannedObjects } from '../../synthesis/objects/planned-objects';
import { renamedByDots, renamedProblem } from '../../synthesis/renamed-by-dots';
import { readResources, readStacks, stackFile } from '../../synthesis/synthesised';
import { endFormerRun } from './child';
import { ignoredChanges } from './created-once';
import { overrideFile, overrideOf, type StackJson } from './override';
import { adopt, endRecovery } from './recovery';
import { StateFile } from './state-file';
import { TerraformFailure, type ChangeSummary, type Terraform } from './terraform';
import { UnfinishedRun } from './unfinished-run';
import { AppliedVersions } from './versions';

type PlanCheck = (plan: unknown) => Promise<void>;

export interface StackRunnerOptions {
  readonly terraform: Terraform;
  /** Folder with `stacks/<stack>/cdk.tf.json`. */
  readonly synthesis: string;
  /** Folder that gets a working folder with the state of each stack. */
  readonly directory: string;
  /** Of the server, in place of that of the stacks. @default - theirs */
  readonly address?: string;
  /** Refuses what exists on the server; see `refuseForeignObjects`. @default - a plan is applied without a check */
  readonly refuseForeign?: (planned: PlannedObjects) => Promise<void>;
}

/** What an apply changed. */
export interface AppliedStack extends ChangeSummary {
  /** Programs and providers that changed since the last apply, for example `hashicorp/vault 4.4.0 → 5.11.0`. @default - none */
  readonly versions?: string;
}

/**
 * Applies synthesised stacks with their state on this machine. The JSON is used unchanged; an override file replaces only
 * the backend and the address, so that the same configuration is applied here and elsewhere.
 */
export class StackRunner {
  constructor(private readonly options: StackRunnerOptions) {}

  /**
   * Plans and applies. After a run that was killed, objects that exist and are missing in the state are added to it.
   *
   * @throws PlatformError `terraform`, also if another version of a program or provider would replace anything
   */
  public async apply(stack: string): Promise<AppliedStack> {
    const directory = this.workingDirectory(stack);
    await this.repair(stack);
    const unfinished = new UnfinishedRun(directory);
    const isRecovery = unfinished.exists;
    await this.prepare(stack);
    const applied = new AppliedVersions(directory, this.options.terraform.version);
    const versions = await this.checkVersions(stack, applied);
    const check = await this.check(unfinished);
    try {
      const summary = await (isRecovery
        ? this.applyAdopting(stack, check)
        : this.options.terraform.apply(directory, check));
      await applied.record();
      await unfinished.end();
      return { ...summary, ...(versions !== undefined && { versions }) };
    } catch (error) {
      // Terraform that ends by itself has saved its state.
      if (error instanceof TerraformFailure && !isRecovery) await unfinished.end();
      throw error;
    }
  }

  /** Stacks that were applied here before. */
  public async applied(): Promise<string[]> {
    const entries = await readdir(this.options.directory, { withFileTypes: true }).catch(() => []);
    // A folder without its JSON was made by a start that was interrupted before it applied anything.
    const hasJson = (name: string): boolean => existsSync(path.join(this.workingDirectory(name), stackFile));
    return entries.filter((entry) => entry.isDirectory() && hasJson(entry.name)).map(({ name }) => name);
  }

  /**
   * Moves resources that stay on the server from the state of the stack that loses them to that of the stack that gets them, so that
   * Terraform neither creates nor destroys them.
   *
   * @throws PlatformError `terraform` if a state is damaged
   */
  public async moveResources(): Promise<StackMove[]> {
    const before = new Map<string, StackResources>();
    for (const [stack, state] of await this.states()) before.set(stack, await state.resources());
    const moves = findMoves(before, this.synthesised());
    for (const { from, to, addresses } of moves) await this.receive(to, this.state(from), new Set(addresses));
    return moves;
  }

  /** States of the stacks that were applied here before, repaired where a run was killed. @throws PlatformError `terraform` */
  public async states(): Promise<ReadonlyMap<string, StateFile>> {
    const states = new Map<string, StateFile>();
    for (const stack of await this.applied()) {
      await this.repair(stack);
      states.set(stack, this.state(stack));
    }
    return states;
  }

  /**
   * Refuses a synthesis that would replace objects merely because names are joined by dots now.
   *
   * @throws PlatformError `terraform` with each of them, before anything is changed
   */
  public async refuseRenamedObjects(): Promise<void> {
    const before = new Map<string, StackResources>();
    for (const [stack, state] of await this.states()) before.set(stack, await state.resources());
    const problems = renamedByDots(before, this.synthesised()).map(renamedProblem);
    if (problems.length > 0) throw new PlatformError('terraform', problems);
  }

  /** Resources of every stack of the synthesis. */
  public synthesised(): ReadonlyMap<string, StackResources> {
    return readStacks(this.options.synthesis);
  }

  /** Moves resources from another state to that of a synthesised stack. @throws PlatformError `terraform` if a state is damaged */
  public async receive(stack: string, from: StateFile, addresses: ReadonlySet<string>): Promise<void> {
    await this.copyJson(stack);
    await from.move(addresses, this.state(stack));
  }

  /** Settings of a stack that Terraform will not apply, one line each: {@link ignoredChanges}. @throws PlatformError `terraform` */
  public async ignoredChanges(stack: string): Promise<string[]> {
    return ignoredChanges(readResources(this.synthesisedFile(stack)), await this.state(stack).resources());
  }

  /**
   * Destroys the resources of a stack that is no longer in the inventory, and deletes its working folder. Protected resources
   * are removed from the state and stay on the server: with them in the state, Terraform would destroy nothing.
   *
   * @throws PlatformError `terraform`
   */
  public async destroy(stack: string): Promise<ChangeSummary> {
    const directory = this.workingDirectory(stack);
    await this.initialise(directory);
    await this.options.terraform.forget(directory, protectedResources(directory));
    const summary = await this.options.terraform.destroy(directory);
    await rm(directory, { recursive: true });
    return summary;
  }

  /** Plans a change of versions. @returns it in words. @throws PlatformError `terraform` if it replaces anything */
  private async checkVersions(stack: string, applied: AppliedVersions): Promise<string | undefined> {
    const change = await applied.change();
    if (change === undefined) return undefined;
    const directory = this.workingDirectory(stack);
    const replaced = await this.options.terraform.plannedReplacements(directory);
    if (replaced.length > 0) {
      throw new PlatformError('terraform', [
        {
          message: `${stack}: with other versions, Terraform would destroy and create again what exists`,
          given: [change.text, ...replaced].join('\n'),
          allowed: 'a plan that replaces nothing',
          fix: `nothing was changed; use ${change.before} again. If a change of the inventory causes this, apply that first, with the former versions`,
        },
      ]);
    }
    await applied.keepState();
    return change.text;
  }

  /** Refuses a plan that takes over what exists, except for what an unfinished run created; and records what the plan creates. */
  private async check(unfinished: UnfinishedRun): Promise<PlanCheck | undefined> {
    const { refuseForeign } = this.options;
    if (refuseForeign === undefined) {
      await unfinished.begin([]);
      return undefined;
    }
    const isOurs = await unfinished.created();
    return async (plan) => {
      const { objects = [], unknown = [] } = plannedObjects(plan) ?? {};
      await refuseForeign({ objects: objects.filter(({ path: at }) => !isOurs(at)), unknown });
      await unfinished.begin(objects.map(({ path: at }) => at));
    };
  }

  /** Each try may find more that exists, because what depends on a failed resource is not tried. */
  private async applyAdopting(
    stack: string,
    check: PlanCheck | undefined,
    adopted: readonly string[] = [],
  ): Promise<ChangeSummary> {
    const directory = this.workingDirectory(stack);
    try {
      return await this.options.terraform.apply(directory, check);
    } catch (error) {
      const found = error instanceof TerraformFailure ? error.existing : [];
      const all = [...new Set([...adopted, ...found])];
      if (all.length === adopted.length) throw error;
      await adopt(directory, this.state(stack), all);
      return await this.applyAdopting(stack, check, all);
    } finally {
      await endRecovery(directory);
    }
  }

  /** Ends a former run, and restores its state if that is damaged. */
  private async repair(stack: string): Promise<void> {
    const directory = this.workingDirectory(stack);
    await endFormerRun(directory);
    if (await this.state(stack).repair()) await new UnfinishedRun(directory).loseState();
  }

  private synthesisedFile(stack: string): string {
    return path.join(this.options.synthesis, 'stacks', stack, stackFile);
  }

  private state(stack: string): StateFile {
    return new StateFile(path.join(this.workingDirectory(stack), 'terraform.tfstate'));
  }

  private workingDirectory(stack: string): string {
    return path.join(this.options.directory, stack);
  }

  private async prepare(stack: string): Promise<string> {
    const directory = await this.copyJson(stack);
    await this.initialise(directory);
    return directory;
  }

  /** @returns the working folder, with the JSON */
  private async copyJson(stack: string): Promise<string> {
    const directory = this.workingDirectory(stack);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await copyFile(this.synthesisedFile(stack), path.join(directory, stackFile));
    return directory;
  }

  /** Writes the override: the server may have another address than at the last run. Runs `init` only when the program or its providers changed, because it takes as long as an apply without changes. */
  private async initialise(directory: string): Promise<void> {
    const { fingerprint } = this.options.terraform;
    const json = JSON.parse(await readFile(path.join(directory, stackFile), 'utf8')) as StackJson;
    await writeFile(path.join(directory, overrideFile), overrideOf(json, this.options.address));
    const wanted = `${fingerprint} ${JSON.stringify(json.terraform.required_providers)}`;
    const stamp = path.join(directory, '.terraform', 'vault-platform-initialised');
    const done = await readFile(stamp, 'utf8').catch(() => undefined);
    if (done === wanted) return;
    await this.options.terraform.init(directory);
    await writeFile(stamp, wanted);
  }
}

/** Addresses of what Terraform refuses to destroy. */
function protectedResources(directory: string): string[] {
  return [...readResources(path.join(directory, stackFile))].flatMap(([address, { lifecycle }]) =>
    (lifecycle as { readonly prevent_destroy?: boolean } | undefined)?.prevent_destroy === true ? [address] : [],
  );
}
