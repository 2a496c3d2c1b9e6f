import { Argument, Command, InvalidArgumentError, Option } from 'commander';

import { agentTargets } from '../agents/render-agent';
import { currentContext, type Context, type ContextOptions } from './context';
import { listCredentials, setCredential, type SetCredentialOptions } from './credential';
import { exitWith } from './exit';
import { logs } from './logs';
import { rollout, type RolloutOptions } from './rollout';
import { serverCertificate, type ServerCertificateOptions } from './server-certificate';
import { start, type StartOptions } from './start';
import { status } from './status';
import { stop } from './stop';
import { addTenant, showTenant } from './tenant';
import { tenantAgent, type TenantAgentOptions } from './tenant-agent';

function port(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1024 && number <= 65_529) return number;
  throw new InvalidArgumentError('A port is a number from 1024 to 65529.');
}

function count(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new InvalidArgumentError('It is a number, 0 or more.');
}

function minutes(value: string): number {
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new InvalidArgumentError('It is a number of minutes, more than 0.');
}

const list = (value: string): string[] => value.split(',').filter((item) => item !== '');

function program(): Command {
  const platform = new Command('platform')
    .description('Highly available Vault and OpenBao clusters, and exactly the access every team should have.')
    .option('--inventory <folder>', 'another inventory than that of this clone')
    .showSuggestionAfterError()
    .showHelpAfterError('(--help says more)');
  const context = (): Context => currentContext(platform.opts<ContextOptions>());

  platform
    .command('start')
    .description('bring up a replica of environments on this machine, and apply their stacks to it')
    .addArgument(new Argument('[environments...]', 'names from inventory/environments').default(['devel']))
    .addOption(new Option('--dialect <dialect>', 'instead of that of the inventory').choices(['openbao', 'vault']))
    .option('--port <port>', 'first of seven ports for the servers and the database (default: free ones)', port)
    .action((environments: string[], options: StartOptions) => start(context(), environments, options));

  platform
    .command('stop')
    .description('end everything that start brought up; the data stays')
    .option('--purge', 'remove the data too', false)
    .action((options: { purge: boolean }) => stop(context(), options));

  platform
    .command('status')
    .description('nodes, seal and storage of the embedded clusters')
    .option('--json', 'for programs', false)
    .action((options: { json: boolean }) => status(context(), options));

  platform
    .command('logs')
    .description('logs of the servers and the database')
    .argument('[part]', 'one of them, for example node-1 or postgresql')
    .option('-n, --lines <count>', 'lines of each to begin with', count, 20)
    .option('-f, --follow', 'go on until interrupted', false)
    .action((part: string | undefined, options: { lines: number; follow: boolean }) => logs(context(), part, options));

  platform
    .command('rollout')
    .description('replace the servers of a cluster on Kubernetes by those that were applied last, one at a time')
    .argument('<cluster>', 'a name from inventory/clusters')
    .option('--plan', 'say what would be replaced, and end with 2 if anything would', false)
    .option('--timeout <minutes>', 'how long to wait for one server, or for those who unseal it', minutes, 15)
    .action((cluster: string, options: RolloutOptions) => rollout(context(), cluster, options));

  platform
    .command('server')
    .description('the servers of a cluster on Kubernetes')
    .command('certificate')
    .description('make or renew the certificate of servers that have one of their own authority')
    .argument('<cluster>', 'a name from inventory/clusters')
    .option('--new-authority', 'replace an authority that this machine does not have; clients have to be told', false)
    .action((cluster: string, options: ServerCertificateOptions) => serverCertificate(context(), cluster, options));

  const tenant = platform.command('tenant').description('the tenants of the inventory');
  tenant
    .command('add')
    .description('write the file of a new tenant')
    .argument('<team/tenant>', 'for example payments/checkout')
    .requiredOption('-e, --environments <names>', 'where it is to be, separated by commas', list)
    .action((identity: string, options: { environments: string[] }) => {
      addTenant(context(), identity, options.environments);
    });
  tenant
    .command('show')
    .description('the roles of a tenant and the commands to use them')
    .argument('<team/tenant>', 'for example payments/checkout')
    .requiredOption('-e, --environment <name>', 'where')
    .action((identity: string, options: { environment: string }) => {
      showTenant(context(), identity, options.environment);
    });
  tenant
    .command('agent')
    .description('write the files of an agent that logs in for a program and keeps its files fresh')
    .argument('<team/tenant>', 'for example streaming/kafka')
    .requiredOption('-e, --environment <name>', 'where')
    .addOption(new Option('-t, --target <target>', 'where it runs').choices(agentTargets).makeOptionMandatory())
    .option('--agent <name>', 'which of the tenant’s agents (default: its only one)')
    .option('-o, --output <folder>', 'where to write (default: a folder in .build/agents)')
    .option('--ca <file>', 'certificate of the authority that signed the server’s (default: the machine trusts it)')
    .option('--user <name>', 'account of the program, for systemd (default: the tenant’s name)')
    .option('--namespace <name>', 'for kubernetes (default: the first that may log in)')
    .option('--service-account <name>', 'for kubernetes (default: the first that may log in)')
    .option('--no-secrets', 'for kubernetes: create no Kubernetes Secrets')
    .option('--force', 'replace files that are different', false)
    .action((identity: string, options: TenantAgentOptions) => {
      tenantAgent(context(), identity, options);
    });

  const credential = platform
    .command('credential')
    .description('what engines and auth methods work with, and Terraform never sees');
  credential
    .command('list')
    .description('what operators have to hand over')
    .action(() => {
      listCredentials(context());
    });
  credential
    .command('set')
    .description('hand one over, from standard input; the server then changes it where it can')
    .argument('<name>', 'as `credential list` prints it')
    .option('--no-rotate', 'leave it as it is')
    .option('--replica', 'give it to the embedded cluster', false)
    .addOption(new Option('--dialect <dialect>', 'of the embedded cluster').choices(['openbao', 'vault']))
    .action((name: string, options: SetCredentialOptions) => setCredential(context(), name, options));
  return platform;
}

program().parseAsync(process.argv).catch(exitWith);
