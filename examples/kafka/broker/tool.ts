import { execa } from 'execa';

import { lastLinesOf } from '../../../files/private-files';
import { PlatformError } from '../../../model/errors';
import type { KafkaProgram } from '../program/kafka-program';
import { briefly, javaArguments, mainClass, type Revocation } from './java';

/** One of Kafka's command line tools. */
export interface KafkaTool {
  readonly program: KafkaProgram;
  readonly revocation: Revocation;
  readonly mainClass: string;
  readonly args: readonly string[];
}

/** The command line of a tool. Secrets are only in files that it names. */
export const toolCommand = (tool: KafkaTool): [string, ...string[]] => [
  tool.program.path,
  ...javaArguments({ heap: '64m', revocation: tool.revocation }),
  ...briefly,
  ...mainClass(tool.program, tool.mainClass),
  ...tool.args,
];

/** Runs a tool and waits until it exits. @throws PlatformError `cluster` with the end of its output */
export async function runTool(
  tool: KafkaTool | { readonly command: string; readonly args: readonly string[] },
): Promise<void> {
  const [command, ...args] = 'command' in tool ? [tool.command, ...tool.args] : toolCommand(tool);
  const options = { all: true, env: {}, extendEnv: false, reject: false, stdin: 'ignore', timeout: 90_000 } as const;
  const result = await execa(command, args, options);
  // Some tools exit with 0 after a failure.
  if (!result.failed && !/^(Error|Exception)\b/m.test(result.all)) return;
  throw new PlatformError('cluster', [
    {
      message: `a tool of Kafka failed: ${args.find((arg) => /^(kafka|org\.apache\.kafka)\./.test(arg)) ?? command}`,
      given: lastLinesOf(result.all === '' ? (result.originalMessage ?? 'no output') : result.all),
      fix: 'check that the broker runs and that its certificate has not expired',
    },
  ]);
}
