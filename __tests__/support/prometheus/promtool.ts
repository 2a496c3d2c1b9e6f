import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import type { AlertRule } from '../../../constructs/monitoring/alerts';

const program = process.env.VAULT_PLATFORM_PROMTOOL ?? 'promtool';

/** Why no rule can be tested here; undefined if promtool is there. */
export function promtoolMissing(): string | undefined {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'promtool is not on PATH';
  }
}

/** Values of series over time in Prometheus' short form, by series: `{ 'up{pod="a"}': '1x40' }`. */
export type Series = Readonly<Record<string, string>>;

/** An alert that fires, and the pod it is about, if it is about one. */
export interface Firing {
  readonly alert: string;
  readonly pod?: string;
}

const evaluationInterval = '1m';

/** Prometheus' own test bench for rules. */
export class Promtool {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-promtool-'));

  /** Reads rules as Prometheus does, with the templates in their annotations. @throws Error with what it does not like */
  public async check(rules: readonly AlertRule[]): Promise<void> {
    this.write('rules.json', { groups: [{ name: 'test', rules }] });
    await execa(program, ['check', 'rules', '--lint-fatal', 'rules.json'], { cwd: this.folder, all: true });
  }

  /**
   * Plays series to rules.
   *
   * @param at time since the first value: `10m`
   * @throws Error with what fires instead
   */
  public async expectFiring(
    rules: readonly AlertRule[],
    series: Series,
    at: string,
    expected: readonly Firing[],
  ): Promise<void> {
    this.write('rules.json', { groups: [{ name: 'test', rules }] });
    this.write('test.json', {
      rule_files: ['rules.json'],
      evaluation_interval: evaluationInterval,
      tests: [
        {
          interval: evaluationInterval,
          input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
          promql_expr_test: [
            {
              expr: 'count by (alertname, pod) (ALERTS{alertstate="firing"})',
              eval_time: at,
              exp_samples: expected.map(({ alert, pod }) => ({
                labels: `{alertname="${alert}"${pod === undefined ? '' : `,pod="${pod}"`}}`,
                value: 1,
              })),
            },
          ],
        },
      ],
    });
    await execa(program, ['test', 'rules', 'test.json'], { cwd: this.folder, all: true });
  }

  public dispose(): void {
    rmSync(this.folder, { recursive: true });
  }

  private write(file: string, content: object): void {
    writeFileSync(path.join(this.folder, file), JSON.stringify(content));
  }
}
