import { CommanderError, InvalidArgumentError, type Command } from 'commander';

import { PlatformError, type Problem } from '../model/errors';
import { exitWith } from './exit';

/**
 * Runs a program of this project: parses its arguments, calls its action, and prints errors as {@link exitWith} does.
 *
 * @param program named as a user calls it, for example `npm run synth --`
 */
export async function runCommand(program: Command): Promise<void> {
  try {
    await parseCommand(program, process.argv.slice(2));
  } catch (error) {
    // Help was printed.
    if (error instanceof CommanderError) process.exit(error.exitCode);
    exitWith(error);
  }
}

/**
 * Parses arguments and calls the action.
 *
 * @param argv arguments after the name of the program
 * @throws PlatformError `usage` for arguments that the program does not accept
 * @throws CommanderError when help was printed
 */
export async function parseCommand(program: Command, argv: readonly string[]): Promise<void> {
  reportErrors(program, argv);
  program.hook('preAction', (_, command) => {
    const taken = takenByNpm(command);
    if (taken !== undefined)
      throw new PlatformError('usage', [
        { message: `npm keeps the option ${taken} for itself`, ...behindDashes(command) },
      ]);
  });
  await program.parseAsync(argv, { from: 'user' });
}

function reportErrors(command: Command, argv: readonly string[]): void {
  command.configureOutput({ outputError: () => undefined });
  command.exitOverride((error) => {
    throw /^commander\.(help|version)/.test(error.code) ? error : usageError(command, argv, error);
  });
  refuseOptionsAsValues(command);
  for (const child of command.commands) reportErrors(child, argv);
}

/** Without this, `--only --help` is a value `--help` for `--only`. */
function refuseOptionsAsValues(command: Command): void {
  for (const option of command.options.filter(({ required }) => required)) {
    const parse = option.parseArg;
    option.argParser((value: string, previous: unknown) => {
      if (value.startsWith('--')) throw new InvalidArgumentError('Give it a value.');
      return parse === undefined ? value : parse(value, previous);
    });
  }
}

function usageError(command: Command, argv: readonly string[], { code, message: text }: CommanderError): PlatformError {
  const [message = '', suggestion] = text.replace(/^error: /, '').split('\n');
  const [, nearest] = /^\(Did you mean (?:one of )?(.*)\?\)$/.exec(suggestion ?? '') ?? [];
  const help = command.createHelp();
  const allowed =
    code === 'commander.unknownCommand'
      ? help.visibleCommands(command).map((child) => child.name())
      : help.visibleOptions(command).map(({ long, short }) => long ?? short ?? '');
  return new PlatformError('usage', [
    {
      message,
      given: argv.join(' '),
      allowed: allowed.filter((name) => name !== '').join(', '),
      fix: nearest === undefined ? `${pathOf(command)} --help` : `did you mean ${nearest}?`,
      ...(takenByNpm(command) !== undefined && behindDashes(command)),
    },
  ]);
}

/** Options that npm has as well: whoever sets one of these may mean npm. */
const optionsOfNpm = new Set(['ca', 'force', 'json', 'only', 'user']);

/** An option that stood before `--`, so that npm put it into the environment instead of passing it on; undefined if there is none. */
function takenByNpm(command: Command): string | undefined {
  const options = [...command.options, ...(command.parent?.options ?? [])];
  const found = options.find(({ long }) => {
    const name = (long ?? '').replace(/^--/, '');
    return !optionsOfNpm.has(name) && process.env[`npm_config_${name.replaceAll('-', '_')}`] !== undefined;
  });
  return found?.long;
}

const behindDashes = (command: Command): Pick<Problem, 'allowed' | 'fix'> => ({
  allowed: 'options behind `--`',
  fix: `write \`--\` before the first option: ${pathOf(command)} …`,
});

/** `npm run platform -- tenant show`. */
const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
