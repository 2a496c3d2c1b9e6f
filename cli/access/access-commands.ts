import { Argument, Option, type Command } from 'commander';

import { operations, type Operation } from '../../access/decide/request';
import type { Context, ContextOptions } from '../context';
import { numberBetween } from '../option-values';
import { accessDecide, serverNames, type DecideOptions } from './decide';
import { accessDiff, type DiffOptions } from './diff';
import { accessExplain } from './explain';
import { accessLint, lintFormats, type LintCommandOptions } from './lint';
import { reportFormats } from './render-report';
import { accessReportCommand, type ReportOptions } from './report';
import { accessWho } from './who';

const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

const places =
  'revision of git, folder of `npm run synth`, inventory, JSON of a plan, cluster:<name> or replica:<name>';

/** Adds the command group `access`. */
export function addAccessCommands(platform: Command, context: () => Context): void {
  const access = platform.command('access').description('decide requests and compare policies, without a server');
  access
    .command('decide')
    .description('decide one request; exits with 2 if it is denied')
    .option('--policy <file>', 'a policy of the token; repeat it for each one', collect, [])
    .addOption(new Option('--operation <operation>', 'what is done with the path').choices(operations))
    .option('--path <path>', 'path without /v1/, for example secret/data/app')
    .addOption(new Option('--server <server>', 'server that decides').choices(serverNames).default('openbao-2.7'))
    .option('--parameters <json>', 'body of the request, or query of a read or a list')
    .option('--wrap-ttl <seconds>', 'requested lifetime of the wrapped response', numberBetween(0, 1e9))
    .option('--exists', 'the item exists: a create is an update')
    .option('--no-exists', 'the item does not exist: an update is a create')
    .option('--json', 'print JSON', false)
    .option(
      '--batch',
      'decide each line of standard input, see access/README.md; the other options do not count',
      false,
    )
    .action((options: DecideOptions) => accessDecide(options));
  const formatOption = (): Option =>
    new Option('--format <format>', 'format of the output').choices(reportFormats).default('text');
  access
    .command('diff')
    .description('show what a change gives to principals and takes from them, most dangerous first')
    .argument('<before>', `${places}; a plan alone is compared with what it changes`)
    .argument('[after]', 'the same (default: the inventory)')
    .option('--policies', 'compare two folders of policies, <name>.hcl or <name>.json', false)
    .addOption(
      new Option('--server <server>', 'server that decides about them').choices(serverNames).default('openbao-2.7'),
    )
    .addOption(formatOption())
    .option('-o, --output <file>', 'file to write to (default: standard output)')
    .option('--exit-code', 'exit with 2 if access is widened', false)
    .action((before: string, after: string | undefined, options: DiffOptions) =>
      accessDiff(context(), before, after, options),
    );
  access
    .command('explain')
    .description('show whether a principal may do something, which stanza decides, and what would be needed')
    .argument('<principal>', 'team/tenant and the end of a role, for example "payments/checkout rw", or a role')
    .addArgument(new Argument('<operation>', 'what is done with the path').choices(operations))
    .argument('<path>', 'path without /v1/, for example v1/stag/kv/data/checkout/configs')
    .action((principal: string, operation: Operation, path: string) =>
      accessExplain(context(), principal, operation, path),
    );
  access
    .command('who')
    .description('list every principal that may do something, with the stanza that allows it')
    .addArgument(new Argument('<operation>', 'what is done with the path').choices(operations))
    .argument('<path>', 'path without /v1/, for example v1/stag/kv/data/checkout/configs')
    .argument('[place]', `${places} (default: the inventory)`)
    .action((operation: Operation, path: string, place: string | undefined) =>
      accessWho(context(), operation, path, place),
    );
  access
    .command('report')
    .description('list everything that principals can do, for auditors')
    .argument('[place]', `${places} (default: the inventory)`)
    .addOption(formatOption())
    .option('-o, --output <file>', 'file to write to (default: standard output)')
    .action((place: string | undefined, options: ReportOptions) => accessReportCommand(context(), place, options));
  access
    .command('lint')
    .description('check policies and logins, see docs/lints/README.md; exits with 1 if there is an error')
    .argument('[place]', `${places} (default: the inventory)`)
    .option('--policies <folder>', 'check the policies <name>.hcl and <name>.json of a folder instead')
    .addOption(new Option('--server <server>', 'server of --policies').choices(serverNames).default('openbao-2.7'))
    .option('--suppressions <file>', 'YAML file with findings that are accepted until a day')
    .addOption(new Option('--format <format>', 'format of the output').choices(lintFormats).default('text'))
    .action((place: string | undefined, options: LintCommandOptions) => accessLint(context(), place, options));
  access
    .command('prove')
    .description(
      'prove that tenants are isolated and cannot get more access, and show what the platform’s policies reach',
    )
    .option('--json', 'print JSON', false)
    .action(async (options: { json: boolean }) => {
      // Loads cdktf, which the other commands do not need.
      const { accessProve } = await import('./prove');
      accessProve({ ...platform.opts<ContextOptions>(), ...options });
    });
}
