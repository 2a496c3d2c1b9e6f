import { Argument, Command, Option } from 'commander';

import { agentTargets } from '../agents/render-agent';
import { joints } from '../model/register/plan-keep';
import { renameKinds, type RenameKind } from '../model/rename/references';
import { addAccessCommands } from './access/access-commands';
import { checkPlans } from './check-plan';
import { currentContext, type Context, type ContextOptions } from './context';
import { listCredentials, setCredentialFromInput, type SetCredentialOptions } from './credential';
import { logs } from './logs';
import { printMoves } from './moves';
import { keepNames, type KeepOptions } from './names';
import { dialectOption, list, numberBetween, sentence, wholeNumber } from './option-values';
import { suggestOwnership, type SuggestOptions } from './ownership';
import type { RehearseOptions } from './rehearse';
import { rename, type RenameOptions } from './rename';
import { rollout, type RolloutOptions } from './rollout';
import { serverCertificate, type ServerCertificateOptions } from './server-certificate';
import { restartServer } from './single-server';
import { startNamed, type StartOptions } from './start';
import { status } from './status';
import { stop, type StopOptions } from './stop';
import { addTenant, showTenant } from './tenant';
import { tenantAgent, type TenantAgentOptions } from './tenant-agent';
import { removeTenant } from './tenant-remove';

/** `npm run platform`, with all its commands. */
export function platformCommand(): Command {
  const platform = new Command('npm run platform --')
    .description('Highly available Vault and OpenBao clusters, and exactly the access every team should have.')
    .option('--inventory <folder>', 'use another inventory (default: the one of this clone)');
  const context = (): Context => currentContext(platform.opts<ContextOptions>());

  platform
    .command('start')
    .description('start a replica of environments on this machine and apply their stacks; or start one of its servers')
    .addArgument(
      new Argument('[names...]', 'names from inventory/environments, or one server, for example node-1').default([
        'devel',
      ]),
    )
    .addOption(dialectOption('server program (default: the one in the inventory)'))
    .option(
      '--port <port>',
      'first of seven ports for the servers and the database (default: free ports)',
      wholeNumber(1024, 65_529),
    )
    .action((names: string[], options: StartOptions) => startNamed(context(), names, options));

  platform
    .command('stop')
    .description('stop the replicas; their data is kept')
    .argument('[name]', 'only this cluster or server, for example nonprod, nonprod-openbao or node-1')
    .option('--purge', 'delete the data as well', false)
    .action((name: string | undefined, options: StopOptions) => stop(context(), name, options));

  platform
    .command('restart')
    .description('stop, start and unseal one server of a replica; the others go on')
    .argument('<server>', 'for example node-1')
    .action((name: string) => restartServer(context(), name));

  platform
    .command('status')
    .description('show nodes, seal and storage of the embedded clusters')
    .option('--json', 'print JSON', false)
    .action((options: { json: boolean }) => status(context(), options));

  platform
    .command('logs')
    .description('print logs of the servers and the database')
    .argument('[part]', 'only this one, for example node-1 or postgresql, or those of one cluster')
    .option('-n, --lines <count>', 'lines of each log to print first', wholeNumber(0), 20)
    .option('-f, --follow', 'print new lines until interrupted', false)
    .action((part: string | undefined, options: { lines: number; follow: boolean }) => logs(context(), part, options));

  platform
    .command('rehearse')
    .description('apply an environment to a throwaway cluster, and try there what the analysis of access computed')
    .argument('<environment>', 'name from inventory/environments')
    .addOption(dialectOption('server program (default: the one in the inventory)'))
    .option('--against <place>', 'revision of git, folder or inventory: try the paths that are gained and lost')
    .option('--pairs <count>', 'principals to try with documents of other tenants', wholeNumber(0, 100_000), 100)
    .option('--seed <number>', 'selects them', wholeNumber(0, 4_294_967_295), 1)
    .action(async (environment: string, options: RehearseOptions) => {
      // Loads cdktf, which other commands do not need.
      const { rehearseEnvironment } = await import('./rehearse');
      await rehearseEnvironment(context(), environment, options);
    });

  platform
    .command('moves')
    .description('print a script that moves resources of renamed teams and moved tenants between the states of stacks')
    .argument('<before>', 'folder that `npm run synth` wrote before the change')
    .argument('[after]', 'folder that it wrote after the change', 'cdktf.out')
    .option(
      '--check',
      'check plan.json in the folder of each stack of <after> instead: fail if one creates or destroys what has to move, or destroys data',
      false,
    )
    .action(printMoves);

  platform
    .command('check-plan')
    .description('fail if a plan creates what exists already on the server; uses VAULT_TOKEN and VAULT_CACERT')
    .argument('<plan...>', 'output of `terraform show -json <plan>`, or folders of stacks with a plan.json')
    .action((plans: string[]) => checkPlans(context(), plans));

  platform
    .command('rename')
    .description('rename something in the inventory; on the servers, every object keeps its name and content')
    .addArgument(
      new Argument('<kind>', 'what to rename; an engine is a certificate authority').choices([...renameKinds]),
    )
    .argument('<old>', 'its name; of a tenant, <team>/<tenant>')
    .argument('<new>', 'its new name; of a tenant, with the same team or another one')
    .option('--dry-run', 'print what would change, and change nothing', false)
    .action((kind: RenameKind, from: string, to: string, options: RenameOptions) =>
      rename(context(), kind, [from, to], options),
    );

  platform
    .command('ownership')
    .description('manage who may use what of the back ends that all teams share')
    .command('suggest')
    .description('print the entries of `owners` that the environments lack for what their tenants use')
    .option('--write', 'write them into the files of the environments', false)
    .action((options: SuggestOptions) => {
      suggestOwnership(context(), options);
    });

  platform
    .command('names')
    .description('manage the register of names on servers')
    .command('keep')
    .description(
      'once, after an upgrade from names joined by dashes: keep them on servers, and shorten names of policies',
    )
    .option('--dry-run', 'print what would change, and change nothing', false)
    .addOption(
      new Option('--joined-by <joint>', 'what joins names on servers, if no name of a policy shows it').choices([
        ...joints,
      ]),
    )
    .action((options: KeepOptions) => {
      keepNames(context(), options);
    });

  platform
    .command('rollout')
    .description('restart the servers of a cluster on Kubernetes with the configuration applied last, one at a time')
    .argument('<cluster>', 'name of a cluster in inventory/clusters')
    .option('--plan', 'print which servers would be replaced; exit with 2 if any', false)
    .option(
      '--timeout <minutes>',
      'how long to wait until one server is ready, or unsealed',
      numberBetween(0.01, 1440),
      15,
    )
    .action((cluster: string, options: RolloutOptions) => rollout(context(), cluster, options));

  platform
    .command('server')
    .description('manage the servers of a cluster on Kubernetes')
    .command('certificate')
    .description('create or renew the certificate of servers with certificate: selfSigned')
    .argument('<cluster>', 'name of a cluster in inventory/clusters')
    .option(
      '--new-authority',
      'replace an authority whose key this machine does not have; every client must then trust the new one',
      false,
    )
    .action((cluster: string, options: ServerCertificateOptions) => serverCertificate(context(), cluster, options));

  const tenant = platform.command('tenant').description('manage the tenants in the inventory');
  tenant
    .command('add')
    .description('write the file of a new tenant')
    .argument('<team/tenant>', 'for example payments/checkout')
    .requiredOption('-e, --environments <names>', 'environments of the tenant, separated by commas', list)
    .action((identity: string, options: { environments: string[] }) => {
      addTenant(context(), identity, options.environments);
    });
  tenant
    .command('remove')
    .description('remove the file of a tenant, and reserve its names: documents and keys stay on servers')
    .argument('<team/tenant>', 'for example payments/checkout')
    .requiredOption('--reason <sentence>', 'why it leaves, for reviewers', sentence)
    .action((identity: string, { reason }: { reason: string }) => {
      removeTenant(context(), identity, { reason, on: new Date().toISOString().slice(0, 10) });
    });
  tenant
    .command('show')
    .description('show the roles of a tenant and the commands to use them')
    .argument('<team/tenant>', 'for example payments/checkout')
    .requiredOption('-e, --environment <name>', 'environment of the tenant')
    .action((identity: string, options: { environment: string }) => {
      showTenant(context(), identity, options.environment);
    });
  tenant
    .command('agent')
    .description('write the files of an agent that logs in for a program and renews its secrets and certificates')
    .argument('<team/tenant>', 'for example streaming/kafka')
    .requiredOption('-e, --environment <name>', 'environment of the tenant')
    .addOption(
      new Option('-t, --target <target>', 'platform that the agent runs on')
        .choices(agentTargets)
        .makeOptionMandatory(),
    )
    .option('--agent <name>', 'agent of the tenant (default: its only agent)')
    .option('-o, --output <folder>', 'folder to write to (default: a folder in .build/agents)')
    .option('--ca <file>', 'CA certificate of the server (default: the machine already trusts it)')
    .option('--user <name>', 'user of the program, for systemd (default: the name of the tenant)')
    .option('--namespace <name>', 'for kubernetes (default: the first one that is allowed to log in)')
    .option('--service-account <name>', 'for kubernetes (default: the first one that is allowed to log in)')
    .option('--no-secrets', 'for kubernetes: do not create Kubernetes Secrets')
    .option('--force', 'overwrite files that differ', false)
    .action((identity: string, options: TenantAgentOptions) => {
      tenantAgent(context(), identity, options);
    });

  const credential = platform
    .command('credential')
    .description('manage credentials of engines and auth methods, which Terraform never sees');
  credential
    .command('list')
    .description('list the credentials that operators must set')
    .action(() => {
      listCredentials(context());
    });
  credential
    .command('set')
    .description('set a credential from standard input; the server then rotates it if it can')
    .argument('<name>', 'name from `credential list`')
    .option('--no-rotate', 'do not rotate it')
    .option('--replica', 'set it on the embedded cluster', false)
    .addOption(dialectOption('dialect of the embedded cluster'))
    .action((name: string, options: SetCredentialOptions) => setCredentialFromInput(context(), name, options));
  addAccessCommands(platform, context);
  return platform;
}
