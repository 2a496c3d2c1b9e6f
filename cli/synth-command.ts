import { Command, Option } from 'commander';

/** Options of `npm run synth`. */
export interface SynthOptions {
  /** Stacks to write; `*` matches any text. @default - all stacks */
  readonly only?: string;
  /** Folder of the inventory. @default - the inventory of this clone */
  readonly inventory?: string;
  /** Folder to write to. @default - `cdktf.out` */
  readonly output?: string;
  /** Compare, and write nothing. */
  readonly check: boolean;
}

/** `npm run synth`. @param synth called with the options */
export const synthCommand = (synth: (options: SynthOptions) => void): Command =>
  new Command('npm run synth --')
    .description('Writes the Terraform JSON of every stack to cdktf.out/stacks/<stack>/cdk.tf.json.')
    .option('--only <stack>', "write only these stacks; * matches any text, for example 'devel-*'")
    .option('--inventory <folder>', 'read another inventory (default: inventory)')
    .option('--output <folder>', 'write to another folder (default: cdktf.out)')
    .addOption(
      new Option('--check', 'write nothing; fail with every stack that is not up to date')
        .default(false)
        .conflicts('only'),
    )
    .action(synth);
