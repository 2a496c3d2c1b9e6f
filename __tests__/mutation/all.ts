import { readdirSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve('__tests__', 'access', process.env.VAULT_PLATFORM_MUTATED ?? '');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.test.ts') && !/\.(e2e|integration)\.test\.ts$/.test(file),
);

/** Tests with many cases come last, because most mutants fail an earlier one. */
const isSlow = (file: string): boolean => /access-report|brute-force|markdown|oracle|pattern|sarif|too-many/.test(file);

for (const file of [...files.filter((one) => !isSlow(one)), ...files.filter(isSlow)]) {
  jest.requireActual<object>(path.join(folder, file));
}
