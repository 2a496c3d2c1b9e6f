import { Command, CommanderError } from 'commander';

import { dialectOption, numberBetween, wholeNumber } from '../../cli/option-values';
import { parseCommand } from '../../cli/run-command';
import { synthCommand, type SynthOptions } from '../../cli/synth-command';
import type { PlatformError } from '../../model/errors';

/** The options that the action gets. */
async function parsed(...argv: string[]): Promise<SynthOptions | undefined> {
  let options: SynthOptions | undefined;
  await parseCommand(
    synthCommand((given) => (options = { ...given })),
    argv,
  );
  return options;
}

async function problemsOf(command: Command, ...argv: string[]): Promise<PlatformError['problems']> {
  const error = await parseCommand(command, argv).then(
    () => undefined,
    (thrown: PlatformError) => thrown,
  );
  expect(error).toMatchObject({ code: 'usage' });
  return error!.problems;
}

describe('an option that stands before `--`', () => {
  const start = (): Command =>
    new Command('npm start --')
      .argument('[names...]')
      .addOption(dialectOption(''))
      .action(() => undefined);
  const key = 'npm_config_dialect';
  afterEach(() => delete process.env[key]);

  it.each([[['vault']], [['--bogus']]])('is in the environment of npm, beside %j', async (argv) => {
    process.env[key] = 'true';
    const [problem] = await problemsOf(start(), ...argv);
    expect(problem?.fix).toBe('write `--` before the first option: npm start -- …');
  });

  it('is no problem behind it', async () => {
    await expect(parseCommand(start(), ['--dialect', 'vault'])).resolves.toBeUndefined();
  });
});

describe('npm run synth', () => {
  const synth = (): Command => synthCommand(() => undefined);

  it('selects all stacks without arguments', async () => {
    expect(await parsed()).toEqual({ check: false });
  });

  it('reads every option, in either form', async () => {
    const argv = ['--only', 'devel-*', '--inventory=there', '--output', 'here'];
    expect(await parsed(...argv)).toEqual({ only: 'devel-*', inventory: 'there', output: 'here', check: false });
    expect(await parsed('--check')).toEqual({ check: true });
  });

  it.each([
    [['--bogus'], "unknown option '--bogus'", undefined],
    [['--ouput', 'x'], "unknown option '--ouput'", 'did you mean --output?'],
    [['one', 'two'], expect.stringMatching(/^too many arguments/), undefined],
    [['--output'], "option '--output <folder>' argument missing", undefined],
    [['--only', '--output', 'x'], expect.stringMatching(/'--only <stack>' argument '--output' is invalid/), undefined],
    [['--only', '--help'], expect.stringMatching(/'--only <stack>' argument '--help' is invalid/), undefined],
    [['--help=yes'], "unknown option '--help=yes'", undefined],
  ])('refuses %j', async (argv, message: unknown, nearest) => {
    const allowed = '--only, --inventory, --output, --check, --help';
    const fix = nearest ?? 'npm run synth -- --help';
    expect(await problemsOf(synth(), ...argv)).toEqual([{ message, given: argv.join(' '), allowed, fix }]);
  });

  it.each(['--help', '-h'])('%s prints every option and no error', async (option) => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      await expect(parseCommand(synth(), [option])).rejects.toBeInstanceOf(CommanderError);
      const help = write.mock.calls.join('');
      for (const name of ['--only', '--inventory', '--output', '-h, --help'])
        expect(help).toMatch(new RegExp(`^ {2}${name}( |$)`, 'm'));
    } finally {
      write.mockRestore();
    }
  });
});

describe('a program with subcommands', () => {
  const program = (): Command => {
    const root = new Command('npm run example --');
    root
      .command('start')
      .addOption(dialectOption('server'))
      .option('--port <port>', 'first port', wholeNumber(1024, 65_529))
      .option('--minutes <minutes>', 'patience', numberBetween(0.1, 60))
      .action(() => undefined);
    root.command('stop').action(() => undefined);
    return root;
  };

  it('suggests the nearest subcommand, and lists all of them', async () => {
    expect(await problemsOf(program(), 'strat')).toEqual([
      {
        message: "unknown command 'strat'",
        given: 'strat',
        allowed: 'start, stop, help',
        fix: 'did you mean start?',
      },
    ]);
  });

  it.each([
    [['--port', '80'], 'Use a whole number from 1024 to 65529.'],
    [['--port', '2000.5'], 'Use a whole number from 1024 to 65529.'],
    [['--port='], 'Use a whole number from 1024 to 65529.'],
    [['--minutes', '0'], 'Use a number from 0.1 to 60.'],
    [['--dialect', 'other'], 'Allowed choices are openbao, vault.'],
  ])('refuses the value in %j, and refers to the help of the subcommand', async (argv, end) => {
    const [problem] = await problemsOf(program(), 'start', ...argv);
    expect(problem).toMatchObject({
      message: expect.stringMatching(new RegExp(`is invalid\\. ${end}$`)) as string,
      fix: 'npm run example -- start --help',
    });
  });
});
