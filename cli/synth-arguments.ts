import { parseOptions } from './options';

export const synthUsage = `Usage: npm run synth -- [options]

Writes the Terraform JSON of every stack to cdktf.out/stacks/<stack>/cdk.tf.json.

  --only <stack>        just these; * stands for anything: 'devel-*'
  --inventory <folder>  another inventory                       (default: inventory)
  --output <folder>     another place                           (default: cdktf.out)
  --help
`;

export interface SynthArguments {
  readonly help: boolean;
  readonly only?: string;
  readonly inventory?: string;
  readonly output?: string;
}

/**
 * @param argv arguments after the program's name
 * @throws PlatformError `usage`
 */
export function parseSynthArguments(argv: readonly string[]): SynthArguments {
  return parseOptions('npm run synth', argv, {
    help: { type: 'boolean', short: 'h', default: false },
    only: { type: 'string' },
    inventory: { type: 'string' },
    output: { type: 'string' },
  });
}
