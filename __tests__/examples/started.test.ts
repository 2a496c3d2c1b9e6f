import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { readInventory } from '../../model/read';
import { startedExamples } from './started';

test('every example is in the list of those that a test starts', () => {
  const folders = readdirSync('examples', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(Object.keys(startedExamples).sort()).toEqual(folders.map(({ name }) => name).sort());
});

test.each(Object.entries(startedExamples))(
  '%s has the environment, the test and the entry in the README',
  (name, example) => {
    const { environment, by = 'examples/start.e2e.test.ts', needs } = example;
    const { environments } = readInventory(path.join('examples', name, 'inventory'));
    expect(environments.map((each) => each.name)).toContain(environment);
    expect(existsSync(path.join('__tests__', by))).toBe(true);
    const row = readFileSync('examples/README.md', 'utf8')
      .split('\n')
      .find((line) => line.startsWith(`| [${name}]`));
    expect(row).toContain(`| \`${environment}\`${needs === undefined ? '' : `, needs ${needs}`} `);
  },
);
