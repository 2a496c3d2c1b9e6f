import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

test('every long test file exists', () => {
  // Jest loads the list as an ES module, which a test cannot import.
  const list = readFileSync(path.join(__dirname, 'long-test-files.mjs'), 'utf8');
  const files = [...list.matchAll(/'([^']+\.test\.ts)': \d+/g)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => !existsSync(path.join('__tests__', file)))).toEqual([]);
});
