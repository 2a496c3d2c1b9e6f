import { parseArgs } from 'node:util';

import { PlatformError } from '../model/errors';

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
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        only: { type: 'string' },
        inventory: { type: 'string' },
        output: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    // Its first sentence; the others explain how to pass names that begin with a dash, which no stack has.
    const [message = ''] = (error as Error).message.split(/\.\s/);
    throw new PlatformError('usage', [
      { message: `synth: ${message}`, given: argv.join(' '), mend: 'npm run synth -- --help' },
    ]);
  }
}
