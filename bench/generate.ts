import { parseArgs } from 'node:util';

import { writeInventory } from './generate-inventory';

/** `npm run bench:generate -- --tenants 10000 --teams 500 --output <folder>`: an inventory of any size. */
const { values } = parseArgs({
  options: {
    tenants: { type: 'string', default: '10000' },
    teams: { type: 'string', default: '500' },
    environments: { type: 'string', default: '5' },
    output: { type: 'string' },
  },
});
const size = {
  tenants: Number(values.tenants),
  teams: Number(values.teams),
  environments: Number(values.environments),
};
if (values.output === undefined || Object.values(size).some((number) => !Number.isInteger(number) || number < 1)) {
  process.stderr.write(
    'usage: npm run bench:generate -- --tenants <n> --teams <n> [--environments 1-5] --output <folder>\n',
  );
  process.exitCode = 1;
} else {
  writeInventory(values.output, size);
  process.stdout.write(`${size.tenants} tenants of ${size.teams} teams in ${values.output}\n`);
}
