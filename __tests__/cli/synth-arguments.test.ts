import { parseSynthArguments, synthUsage } from '../../cli/synth-arguments';

describe('parseSynthArguments', () => {
  it('without arguments asks for everything', () => {
    expect(parseSynthArguments([])).toEqual({ help: false });
  });

  it('reads every option, in either form', () => {
    expect(parseSynthArguments(['--only', 'devel-*', '--inventory=there', '--output', 'here'])).toEqual({
      help: false,
      only: 'devel-*',
      inventory: 'there',
      output: 'here',
    });
    expect(parseSynthArguments(['-h'])).toEqual({ help: true });
  });

  it.each([
    [['--bogus'], "Unknown option '--bogus'"],
    [['one', 'two'], "Unexpected argument 'one'"],
    [['--output'], "Option '--output <value>' argument missing"],
    [['--only', '--output', 'x'], "Option '--only' argument is ambiguous"],
    [['--help=yes'], "Option '-h, --help' does not take an argument"],
  ])('refuses %j', (argv, message) => {
    const allowed = '--help, --only, --inventory, --output';
    const problems = [{ message, given: argv.join(' '), allowed, fix: 'npm run synth -- --help' }];
    const refusal: unknown = expect.objectContaining({ code: 'usage', problems });
    expect(() => parseSynthArguments(argv)).toThrow(refusal as Error);
  });

  it('the usage names every option', () => {
    for (const option of ['--only', '--inventory', '--output', '--help'])
      expect(synthUsage).toMatch(new RegExp(`^ {2}${option}( |$)`, 'm'));
  });
});
