import config from '../../jest.config.mjs';

const [unit] = config.projects;

/** Runs the unit tests of `access/` for each mutant: in one file, because the modules of a file are loaded anew. */
export default {
  transform: unit.transform,
  transformIgnorePatterns: unit.transformIgnorePatterns,
  setupFilesAfterEnv: unit.setupFilesAfterEnv,
  rootDir: process.cwd(),
  roots: ['access', '__tests__/access', '__tests__/mutation', '__tests__/support'].map((root) => `<rootDir>/${root}`),
  testEnvironment: `${process.cwd()}/__tests__/mutation/environment.cjs`,
  testEnvironmentOptions: unit.testEnvironmentOptions,
  watchman: false,
  testMatch: ['<rootDir>/__tests__/mutation/all.ts'],
};
