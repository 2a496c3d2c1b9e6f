import { parseArgs, type ParseArgsConfig } from 'node:util';

import { PlatformError } from '../model/errors';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowNegative: true }>>['values'];

/**
 * Parses the options of a program that has no verbs.
 *
 * @param program how it is called, for example `npm run synth`
 * @param argv arguments after the program's name
 * @throws PlatformError `usage`
 */
export function parseOptions<const T extends Options>(program: string, argv: readonly string[], options: T): Values<T> {
  try {
    return parseArgs({ args: [...argv], options, allowNegative: true }).values;
  } catch (error) {
    // Its first sentence; the others explain how to pass values that begin with a dash, which nothing here has.
    const [message = ''] = (error as Error).message.split(/\.\s/);
    throw new PlatformError('usage', [
      {
        message,
        given: argv.join(' '),
        allowed: Object.keys(options)
          .map((name) => `--${name}`)
          .join(', '),
        fix: `${program} -- --help`,
      },
    ]);
  }
}
