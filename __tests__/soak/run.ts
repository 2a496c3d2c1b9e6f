import { execa } from 'execa';

import { columns } from '../../cli/table';
import { soaks } from './soaks';

/** Runs in full what CI only samples, one after the other, and prints a table. Words choose the soak tests whose title holds one of them. */
async function main(words: readonly string[]): Promise<void> {
  process.chdir(process.env.VAULT_PLATFORM_ROOT ?? process.cwd());
  const chosen = soaks.filter(({ what }) => words.length === 0 || words.some((word) => what.includes(word)));
  const rows: string[][] = [['what', 'how many', 'result', 'duration']];
  for (const { what, count, command } of chosen) {
    const begin = performance.now();
    const [program = '', ...parameters] = command;
    const { exitCode = 1 } = await execa(program, parameters, {
      env: { VAULT_PLATFORM_SOAK: '1' },
      preferLocal: true,
      reject: false,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (exitCode !== 0) process.exitCode = 1;
    rows.push([
      what,
      count,
      exitCode === 0 ? 'passed' : 'FAILED',
      `${Math.round((performance.now() - begin) / 1000)} s`,
    ]);
  }
  process.stdout.write(`\n${columns(rows)}\n`);
  if (chosen.length === 0) throw new Error(`no soak test has one of these words in its title: ${words.join(', ')}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
