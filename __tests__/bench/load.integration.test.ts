import { spawnSync } from 'node:child_process';

import { loads } from '../../bench/load/plan';

jest.setTimeout(300_000);

describe('bench:load', () => {
  it('holds a tiny share of the three loads on a cluster of its own, without an error', () => {
    const bench = spawnSync(
      process.execPath,
      ['bin/run.mjs', 'bench/load.ts', '--seconds', '3', '--fraction', '0.03'],
      { encoding: 'utf8' },
    );
    expect(bench).toMatchObject({ status: 0, stderr: '' });
    for (const tokenType of ['service', 'batch']) {
      const [, table = ''] = bench.stdout.split(`\n${tokenType} tokens, 3 % of the rates, 3 s\n`);
      for (const load of loads) {
        const line = table.split('\n').find((text) => text.startsWith(`  ${load} `)) ?? '';
        const [wanted, held, p50, , , errors] = line
          .slice(load.length + 2)
          .trim()
          .split(/\s+/)
          .map(Number);
        expect([load, wanted, held, p50, errors]).toEqual([load, ...Array<unknown>(3).fill(expect.any(Number)), 0]);
        expect(held).toBeGreaterThan(0);
      }
      expect(table).toMatch(/[1-9]\d* documents looked up afterwards, 0 not as acknowledged/);
    }
    // Tokens of both programs begin like this, and identifiers of roles look like that.
    expect(bench.stdout).not.toMatch(/\b(s|b|hvs|hvb)\.\w{8}|\w{8}-\w{4}-\w{4}-/);
  });

  it('refuses what it does not know, and starts nothing', () => {
    const bench = spawnSync(process.execPath, ['bin/run.mjs', 'bench/load.ts', '--seconds', '0'], { encoding: 'utf8' });
    expect(bench.status).toBe(1);
    expect(bench.stderr).toContain('Use a number from 1 to 300.');
    expect(bench.stdout).toBe('');
  });
});
