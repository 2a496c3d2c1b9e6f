import { Option, type Command } from 'commander';

import { operations } from '../../access/decide/request';
import { numberBetween } from '../option-values';
import { accessDecide, serverNames, type DecideOptions } from './decide';

const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

/** Adds the command group `access`. */
export function addAccessCommands(platform: Command): void {
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
}
