import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { adminPolicy } from '../../constructs/policy/admin-policy';
import { provisionerPolicies } from '../../constructs/policy/provisioner/provisioner-policies';
import type { Dialect } from '../../model/dialect';
import type { Inventory } from '../../model/inventory';
import { enginesStack, kindOfStack, platformStack } from '../../model/names';
import { stackFile } from '../../synthesis/synthesised';
import { EmbeddedCluster } from '../cluster/embedded-cluster';
import type { ClusterPorts } from '../cluster/layout';
import { refuseForeignObjects } from '../terraform/foreign-objects';
import { pathOf, RemovedMounts, type RemovedMount } from '../terraform/removed-mounts';
import { StackRunner } from '../terraform/stack-runner';
import { Terraform } from '../terraform/terraform';
import type { Program } from '../toolbox/program';
import type { Toolbox } from '../toolbox/toolbox';
import { withAddress } from './adapt';
import { loginScript } from './login-script';
import { deleteRemovedMounts, describeRemoval, type KeptMount, type MountRemoval } from './mount-removal';
import { ReplicaPrograms } from './replica-programs';
import type { ReplicaScope } from './scope';
import { changedTo, describeChanges, unchanged, type ReplicaPhase, type ReplicaStep } from './step';

export interface ReplicaOptions {
  /** The inventory, with the dialect of the replica. */
  readonly inventory: Inventory;
  readonly scope: ReplicaScope;
  readonly dialect: Dialect;
  /** Folder that keeps the clusters of this clone. */
  readonly home: string;
  readonly toolbox: Toolbox;
  /** Environment of the user; Terraform gets only what it needs. */
  readonly environment: NodeJS.ProcessEnv;
  readonly ports?: ClusterPorts;
}

/** A replica of environments on this machine: an embedded cluster, and the environments' own stacks applied to it. */
export class Replica {
  public readonly cluster: EmbeddedCluster;
  public readonly directory: string;
  private readonly programs: ReplicaPrograms;
  private kept: readonly KeptMount[] = [];
  private readonly warnings = new Set<string>();

  constructor(private readonly options: ReplicaOptions) {
    const { home, scope, dialect, ports, toolbox } = options;
    this.programs = new ReplicaPrograms(toolbox, dialect);
    this.directory = replicaDirectory(home, scope.cluster.name, dialect);
    this.cluster = new EmbeddedCluster({ directory: this.directory, dialect, ...(ports !== undefined && { ports }) });
  }

  public get loginScriptFile(): string {
    return path.join(this.directory, 'login.sh');
  }

  /** The server program; known after the first phase of a start. */
  public get server(): Program {
    return this.programs.found('server');
  }

  /** Engines and connections that left the inventory and stay, because they contain something; known after the last phase of a start. */
  public get keptMounts(): readonly KeptMount[] {
    return this.kept;
  }

  /** Warnings of Terraform, each once, such as an argument that is deprecated, and settings that it does not apply. */
  public get terraformWarnings(): readonly string[] {
    return [...this.warnings];
  }

  /** Phases that start the replica from any state. Run them inside `cluster.exclusively`. */
  public phases(): readonly ReplicaPhase[] {
    const { stacks } = this.options.scope;
    return [
      { title: 'Programs', concurrency: 1, steps: () => this.programs.steps() },
      { title: 'Cluster', concurrency: 1, steps: () => this.clusterSteps() },
      {
        title: 'Platform',
        concurrency: 1,
        steps: () => [
          this.synthesisStep(),
          this.mountChangesStep(),
          this.movesStep(),
          ...stacks.platform.map((stack) => this.stackStep(stack)),
        ],
      },
      { title: 'Engines', concurrency: 2, steps: () => stacks.engines.map((stack) => this.stackStep(stack)) },
      { title: 'Teams', concurrency: 2, steps: () => stacks.teams.map((stack) => this.stackStep(stack)) },
      {
        title: 'Ready',
        concurrency: 1,
        steps: () => [this.removedStacksStep(), this.removedMountsStep(), this.loginScriptStep()],
      },
    ];
  }

  private clusterSteps(): ReplicaStep[] {
    const { cluster, clusterEnvironments } = this.options.scope;
    const { tenants } = this.options.inventory;
    const provisioner = provisionerPolicies({ cluster, environments: clusterEnvironments, tenants });
    const steps = this.cluster.steps({
      programs: { server: this.programs.found('server'), postgresql: this.programs.found('postgresql') },
      policies: [adminPolicy(), ...Object.values(provisioner)],
    });
    return steps.map(({ title, run }) => ({ title, run: async () => ((await run()) ? changedTo('done') : unchanged) }));
  }

  private synthesisStep(): ReplicaStep {
    return {
      title: 'Synthesise',
      run: async () => {
        // Loads cdktf, which commands for a running replica do not need.
        const { synthesize } = await import('../../synthesis/synthesize');
        const { inventory, scope } = this.options;
        // Certificates contain the address of their authority, which is this replica: any node forwards.
        const address = this.cluster.addresses[0] ?? scope.cluster.address;
        const here = withAddress(inventory, scope.cluster.name, address);
        const stacks = synthesize(here, { outputDirectory: this.synthesisDirectory });
        await (await this.runner()).refuseRenamedObjects();
        return { text: `${stacks.length} stacks`, changed: false };
      },
    };
  }

  /** The provisioner cannot read engines and auth methods that left the inventory, so Terraform must not try. */
  private mountChangesStep(): ReplicaStep {
    return {
      title: 'Engines and auth methods',
      run: async () => {
        const { left, back, replaced } = await (await this.removedMounts()).update();
        const { deleted } = await this.deleteMounts(replaced);
        const parts = [
          ...(left.length > 0 ? [`removed from the inventory: ${left.map(pathOf).join(', ')}`] : []),
          ...(back.length > 0 ? [`in the inventory again: ${back.map(pathOf).join(', ')}`] : []),
          ...deleted.map((text) => `deleted ${text}, whose path has another type now`),
        ];
        return parts.length > 0 ? changedTo(parts.join('; ')) : unchanged;
      },
    };
  }

  /** Resources of a tenant that moved to another team, or of a team that was renamed, stay on the server. */
  private movesStep(): ReplicaStep {
    return {
      title: 'Moves',
      run: async () => {
        const moves = await (await this.runner()).moveResources();
        const texts = moves.map(({ from, to, addresses }) => `${addresses.length} from ${from} to ${to}`);
        return moves.length > 0 ? changedTo(`resources moved: ${texts.join(', ')}`) : unchanged;
      },
    };
  }

  private stackStep(stack: string): ReplicaStep {
    return {
      title: stack,
      run: async () => {
        return await this.withToken(stack, async (runner) => {
          for (const change of await runner.ignoredChanges(stack)) this.warnings.add(`${stack}: ${change}`);
          return describeChanges(await runner.apply(stack));
        });
      },
    };
  }

  /** Removes the stacks of teams and environments that are no longer in the inventory. */
  private removedStacksStep(): ReplicaStep {
    return {
      title: 'Stacks removed from the inventory',
      run: async () => {
        const runner = await this.runner();
        const stacks = await runner.applied();
        const isGone = (stack: string): boolean =>
          !existsSync(path.join(this.synthesisDirectory, 'stacks', stack, stackFile));
        const removed = stacks.filter(isGone);
        for (const stack of removed) await this.withToken(stack, (each) => each.destroy(stack));
        return removed.length > 0
          ? changedTo(`removed ${removed.join(', ')}; their documents and keys stay`)
          : unchanged;
      },
    };
  }

  private removedMountsStep(): ReplicaStep {
    return {
      title: 'Removed engines and auth methods',
      run: async () => {
        const removal = await this.deleteMounts(await (await this.removedMounts()).list());
        this.kept = removal.kept;
        const text = describeRemoval(removal);
        return removal.deleted.length > 0 ? changedTo(text) : { ...unchanged, ...(text !== '' && { text }) };
      },
    };
  }

  private async deleteMounts(mounts: readonly RemovedMount[]): Promise<MountRemoval> {
    const admin = this.cluster.client(this.cluster.adminToken());
    try {
      return await deleteRemovedMounts(admin, await this.removedMounts(), mounts);
    } finally {
      await admin.close();
    }
  }

  private loginScriptStep(): ReplicaStep {
    return {
      title: 'Login script',
      run: async () => {
        const script = loginScript({
          dialect: this.options.dialect,
          program: this.programs.found('server').path,
          addresses: this.cluster.addresses,
          caFile: this.cluster.caFile,
          adminTokenFile: this.cluster.adminTokenFile,
        });
        const before = await readFile(this.loginScriptFile, 'utf8').catch(() => undefined);
        if (before === script) return unchanged;
        await writeFile(this.loginScriptFile, script, { mode: 0o600 });
        return changedTo('written');
      },
    };
  }

  private get synthesisDirectory(): string {
    return path.join(this.directory, 'synthesis');
  }

  private async removedMounts(): Promise<RemovedMounts> {
    const { cluster, clusterEnvironments } = this.options.scope;
    return new RemovedMounts({
      runner: await this.runner(),
      directory: path.join(this.directory, 'removed'),
      mountStacks: [platformStack(cluster), ...clusterEnvironments.map(enginesStack)],
    });
  }

  /** Work on a stack with a token that is good for this kind of stack only. */
  private async withToken<T>(stack: string, work: (runner: StackRunner) => Promise<T>): Promise<T> {
    return await this.cluster.withProvisionerToken(kindOfStack(stack) ?? 'platform', async (token) =>
      work(await this.runner(token)),
    );
  }

  /** @param token of Terraform. @default - none, for work on states alone */
  private async runner(token = ''): Promise<StackRunner> {
    const { environment } = this.options;
    const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG'].flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    const { path: program, name, version } = this.programs.found('terraform');
    const address = await this.cluster.activeAddress();
    const terraform = new Terraform({
      program,
      version: `${name} ${version}`,
      onWarning: (text) => this.warnings.add(text),
      environment: {
        ...Object.fromEntries(kept),
        ...this.programs.found('providers').environment,
        CHECKPOINT_DISABLE: '1',
        TF_IN_AUTOMATION: '1',
        VAULT_ADDR: address,
        VAULT_CACERT: this.cluster.caFile,
        VAULT_TOKEN: token,
      },
    });
    return new StackRunner({
      terraform,
      synthesis: this.synthesisDirectory,
      directory: path.join(this.directory, 'terraform'),
      address,
      refuseForeign: async (planned) => {
        const client = this.cluster.client(token);
        try {
          await refuseForeignObjects(client, planned);
        } finally {
          await client.close();
        }
      },
    });
  }
}

/** A cluster of the inventory has one replica for each dialect. */
export function replicaDirectory(home: string, cluster: string, dialect: Dialect): string {
  return path.join(home, `${cluster}-${dialect}`);
}
