import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import type { AlertRule } from '../../constructs/monitoring/alerts';
import { cacheDirectoryOf } from '../../local/toolbox/context';
import { find, type Wanted } from '../../local/toolbox/find';
import type { GoSource } from '../../local/toolbox/go';
import { goProgram } from '../../local/toolbox/go-program';

const version = '3.13.5';

const wanted: Wanted = {
  variable: 'VAULT_PLATFORM_PROMTOOL',
  commands: ['promtool'],
  versionArguments: ['--version'],
  products: [{ name: 'promtool', pattern: /^promtool, version (\S+)/m, oldest: '3.0' }],
};

const source: GoSource = {
  title: `promtool ${version}`,
  module: 'github.com/prometheus/prometheus',
  version: 'v0.313.5',
  sum: 'h1:5/kewqSFNlHQa9NqZxrOkXCBlEuJOvb+8gFOUxSWFv0=',
  package: 'github.com/prometheus/prometheus/cmd/promtool',
  oldestGo: '1.26.0',
  linkerFlags: `-X github.com/prometheus/common/version.Version=${version}`,
  variable: wanted.variable,
  alternative: `put promtool 3.0 or newer on PATH, or set ${wanted.variable} to one`,
};

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
  /** From its variable, PATH, or built from its Go module, which takes minutes once. */
  public static async open(): Promise<Promtool> {
    const environment = process.env;
    const projectDirectory = process.cwd();
    const cacheDirectory = cacheDirectoryOf({ environment, projectDirectory });
    const context = { environment, projectDirectory, cacheDirectory, progress: () => undefined };
    const found = await find(wanted, environment, context.progress);
    const program = found ?? (await goProgram({ name: 'promtool', version, executable: 'promtool', source }, context));
    return new Promtool(program.path);
  }

  private readonly folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-promtool-'));

  private constructor(private readonly program: string) {}

  /** Reads rules as Prometheus does, with the templates in their annotations. @throws Error with what it does not like */
  public async check(rules: readonly AlertRule[]): Promise<void> {
    this.write('rules.json', { groups: [{ name: 'test', rules }] });
    await execa(this.program, ['check', 'rules', '--lint-fatal', 'rules.json'], { cwd: this.folder, all: true });
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
    await execa(this.program, ['test', 'rules', 'test.json'], { cwd: this.folder, all: true });
  }

  public dispose(): void {
    rmSync(this.folder, { recursive: true });
  }

  private write(file: string, content: object): void {
    writeFileSync(path.join(this.folder, file), JSON.stringify(content));
  }
}
