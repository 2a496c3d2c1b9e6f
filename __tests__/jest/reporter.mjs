// Prints the ten slowest tests of a run. If VAULT_PLATFORM_RESULTS names a file, appends the result of each test file to it as
// soon as the test file ends, so that no result is lost when the run is stopped.
import { appendFileSync } from 'node:fs';
import path from 'node:path';

import { slowest } from './results.mjs';

export default class Reporter {
  #rootDir;
  #results = [];

  constructor({ rootDir }) {
    this.#rootDir = rootDir;
  }

  onTestFileStart(test) {
    this.#record({ ...this.#fileOf(test), began: true });
  }

  onTestFileResult(test, { testResults, testExecError, perfStats }) {
    const count = (...states) => testResults.filter(({ status }) => states.includes(status)).length;
    const result = {
      ...this.#fileOf(test),
      milliseconds: perfStats.end - perfStats.start,
      passed: count('passed'),
      // A file that cannot be loaded has no failed test.
      failed: count('failed') || (testExecError ? 1 : 0),
      skipped: count('pending', 'skipped', 'todo', 'disabled'),
      tests: testResults.map(({ fullName, duration }) => ({ name: fullName, milliseconds: duration ?? 0 })),
    };
    this.#results.push(result);
    this.#record(result);
  }

  onRunComplete() {
    process.stderr.write(slowest(this.#results));
  }

  #fileOf(test) {
    return {
      run: process.pid,
      project: test.context.config.displayName?.name ?? '',
      file: path.relative(this.#rootDir, test.path),
    };
  }

  #record(entry) {
    const { VAULT_PLATFORM_RESULTS: file } = process.env;
    if (file) appendFileSync(file, `${JSON.stringify(entry)}\n`);
  }
}
