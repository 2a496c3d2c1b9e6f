const base = {
  testEnvironment: 'node',
  // execa leaves a listener on the process that outlives a test file and must not be taken apart.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  transform: {
    '\\.[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  // ES modules that jest has to turn into CommonJS; everything else loads as it is.
  transformIgnorePatterns: [
    '/node_modules/(?!(execa|listr2|@sec-ant|@sindresorhus|figures|get-stream|human-signals|is-plain-obj|is-stream|is-unicode-supported|npm-run-path|parse-ms|path-key|pretty-ms|strip-final-newline|unicorn-magic|yoctocolors)/)',
  ],
  // It offers itself to `import` only, which jest does not do.
  moduleNameMapper: { '^unicorn-magic$': '<rootDir>/node_modules/unicorn-magic/node.js' },
  modulePathIgnorePatterns: ['<rootDir>/.build/', '<rootDir>/cdktf.out/'],
};

const project = (name, testMatch, others = {}) => ({
  ...base,
  ...others,
  displayName: name,
  testMatch: [`<rootDir>/__tests__/${testMatch}`],
});

const limitedBy = (file) => ({ setupFilesAfterEnv: [`<rootDir>/__tests__/support/${file}.ts`] });
// Real servers: each worker has its own ports and its own Kubernetes lab.
const long = { setupFiles: ['<rootDir>/__tests__/jest/worker.ts'], ...limitedBy('long-tests') };

/** unit: pure; integration: real servers, minutes; e2e: everything else that CI runs, many minutes. */
export default {
  reporters: ['default', '<rootDir>/__tests__/jest/reporter.mjs'],
  testSequencer: '<rootDir>/__tests__/jest/longest-first.mjs',
  projects: [
    project('unit', '**/!(*.integration|*.e2e).test.ts', limitedBy('unit-tests')),
    project('integration', '**/*.integration.test.ts', long),
    project('e2e', '**/*.e2e.test.ts', { ...long, globalSetup: '<rootDir>/__tests__/jest/kubernetes-labs.ts' }),
  ],
};
