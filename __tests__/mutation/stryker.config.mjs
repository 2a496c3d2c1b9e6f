/**
 * `npm run mutation`: changes `access/` in one place at a time, and counts the changes that no unit test of it notices.
 * `npm run mutation -- --mutate 'access/sets/**'` changes one folder, and runs only the tests of that folder.
 */
const [folder = ''] = /(?<=access\/)[\w-]+(?=\/)/.exec(process.argv[process.argv.indexOf('--mutate') + 1] ?? '') ?? [];

// The processes that run the tests inherit these.
process.env.VAULT_PLATFORM_MUTATED ??= folder;
process.env.VAULT_PLATFORM_BRIEF = '1';
process.env.VAULT_PLATFORM_SEED ??= '1';

export default {
  plugins: ['@stryker-mutator/jest-runner'],
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  jest: { projectType: 'custom', configFile: '__tests__/mutation/jest.config.mjs', enableFindRelatedTests: false },
  mutate: ['access/**/*.ts'],
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: false },
  jsonReporter: { fileName: `.build/mutation/${process.env.VAULT_PLATFORM_MUTATED || 'all'}.json` },
  incrementalFile: `.build/mutation/${process.env.VAULT_PLATFORM_MUTATED || 'all'}-incremental.json`,
  tempDirName: '.build/stryker',
  ignorePatterns: ['/*', '!/access', '!/__tests__', '!/docs', '!/jest.config.mjs', '!/package.json', '/access/**/*.md'],
  // A mutant that does not end is killed.
  timeoutMS: 20_000,
  concurrency: 2,
};
