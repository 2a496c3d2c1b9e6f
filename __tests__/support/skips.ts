import { appendFileSync } from 'node:fs';

/**
 * `it`, or `it.skip` where something outside the project is missing. What is skipped is never silent: the line
 * `<test>: <reason>` is printed, and appended to the file that `VAULT_PLATFORM_SKIPS` names.
 *
 * @param reason why the test cannot run here; undefined if it can
 */
export function itUnless(reason: string | undefined, test: string): jest.It {
  if (reason === undefined) return it;
  const line = `${test}: ${reason}\n`;
  process.stderr.write(`skipped ${line}`);
  const { VAULT_PLATFORM_SKIPS: file } = process.env;
  if (file) appendFileSync(file, line);
  return it.skip;
}
