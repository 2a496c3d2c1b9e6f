import { exitWith } from '../cli/exit';
import { parseOptions } from '../cli/options';
import { PlatformError } from '../model/errors';
import { writeInventory } from './generate-inventory';

const usage = `Usage: npm run bench:generate -- --output <folder> [options]

Writes an inventory of any size.

  --output <folder>      where
  --tenants <number>     (default: 10000)
  --teams <number>       (default: 500)
  --environments <1-5>   how many each tenant is in  (default: 5)
  --help
`;

function main(): void {
  const { help, output, ...size } = parseOptions('npm run bench:generate', process.argv.slice(2), {
    help: { type: 'boolean', short: 'h', default: false },
    output: { type: 'string' },
    tenants: { type: 'string', default: '10000' },
    teams: { type: 'string', default: '500' },
    environments: { type: 'string', default: '5' },
  });
  if (help) {
    process.stdout.write(usage);
    return;
  }
  const number = (name: keyof typeof size, most: number): number => {
    const value = Number(size[name]);
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw new PlatformError('usage', [
      { message: `--${name} is a whole number`, given: size[name], allowed: `1 to ${most}` },
    ]);
  };
  const [tenants, teams] = [number('tenants', 1_000_000), number('teams', 100_000)];
  if (output === undefined) throw new PlatformError('usage', [{ message: '--output <folder> is needed' }]);
  writeInventory(output, { tenants, teams, environments: number('environments', 5) });
  process.stdout.write(`${tenants} tenants of ${teams} teams in ${output}\n`);
}

try {
  main();
} catch (error) {
  exitWith(error);
}
