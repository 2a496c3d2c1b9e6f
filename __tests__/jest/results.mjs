// Results of test files as the reporter writes them: one JSON object per line.
//
// Usage: node results.mjs <file> <slowest | files | unfinished | count>
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1).padStart(8)} s`;

/** The ten slowest of the tests that take a second or longer, one per line. */
export function slowest(results) {
  const tests = results.flatMap(({ file, tests = [] }) => tests.map((test) => ({ ...test, file })));
  const slow = tests.filter(({ milliseconds }) => milliseconds >= 1000);
  const ten = slow.sort((one, other) => other.milliseconds - one.milliseconds).slice(0, 10);
  if (ten.length === 0) return '';
  return `\nSlowest tests:\n${ten.map(({ milliseconds, file, name }) => `${seconds(milliseconds)}  ${file}: ${name}\n`).join('')}`;
}

/** All test files that ended, the slowest first. */
export function files(results) {
  const ended = results.filter(({ began }) => !began).sort((one, other) => other.milliseconds - one.milliseconds);
  return ended
    .map(({ milliseconds, file, passed, failed, skipped }) => {
      const counts = `${passed} passed${failed ? `, ${failed} failed` : ''}${skipped ? `, ${skipped} skipped` : ''}`;
      return `${seconds(milliseconds)}  ${file}: ${counts}\n`;
    })
    .join('');
}

/** Test files that began and never ended, because the run was stopped. */
export function unfinished(results) {
  const key = ({ run, project, file }) => `${run} ${project} ${file}`;
  const ended = new Set(results.filter(({ began }) => !began).map(key));
  return results.filter((entry) => entry.began && !ended.has(key(entry))).map(({ file }) => file);
}

/** Tests that passed, failed and were skipped; a file that did not end counts as a failed test. */
export function count(results) {
  const sum = (name) => results.reduce((total, { [name]: value = 0 }) => total + value, 0);
  return { passed: sum('passed'), failed: sum('failed') + unfinished(results).length, skipped: sum('skipped') };
}

/** Reads what the reporter wrote; the last line may be cut off. */
export function readResults(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file, what] = process.argv.slice(2);
  const results = readResults(file);
  const { passed, failed, skipped } = count(results);
  const texts = {
    slowest: () => slowest(results),
    files: () => files(results),
    unfinished: () =>
      unfinished(results)
        .map((each) => `${each}\n`)
        .join(''),
    count: () => `${passed} ${failed} ${skipped}\n`,
  };
  process.stdout.write(texts[what]());
}
