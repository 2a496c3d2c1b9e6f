import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { Command } from 'commander';
import { chromium } from 'playwright-core';

import { parsePolicy } from '../access/policy/parse-policy';
import type { AccessModel, PlacedPolicy, Principal } from '../access/principals/access-model';
import { diffReport } from '../access/report/diff-report';
import { htmlReport } from '../access/report/html';
import { markdownReport } from '../access/report/markdown';
import { diffModels } from '../access/sets/diff-models';
import { wholeNumber } from '../cli/option-values';
import { runCommand } from '../cli/run-command';
import { columns } from '../cli/table';

interface ReportBenchOptions {
  readonly teams: number;
  readonly tenants: number;
  /** Program of the browser that opens the page. */
  readonly browser?: string;
}

/** Every tenant has two roles; in the second state each may also delete. */
function model({ teams, tenants }: ReportBenchOptions, capabilities: string): AccessModel {
  const policies = new Map<string, PlacedPolicy>();
  const principals: Principal[] = [];
  for (let index = 0; index < tenants; index += 1) {
    const owner = { team: `team-${index % teams}`, tenant: `tenant-${index}`, environment: 'devel' };
    for (const access of ['ro', 'rw']) {
      const name = `${owner.tenant}-devel-${access}`;
      const text = `path "v1/devel/kv/data/${owner.tenant}/*" {\n  capabilities = [${access === 'ro' ? '"read"' : capabilities}]\n}`;
      policies.set(name, { policy: parsePolicy(name, text, 'openbao-2.7'), text, owner });
      principals.push({
        id: `approle:approle/role/${name}`,
        kind: 'approle',
        mount: 'approle',
        name,
        policies: [name],
        owner,
      });
    }
  }
  principals.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { server: 'openbao-2.7', policies, principals, mounts: [{ path: 'v1/devel/kv/', type: 'kv-v2' }] };
}

async function main(options: ReportBenchOptions): Promise<void> {
  const rows: string[][] = [['step', 'seconds', 'heap MB']];
  const measure = <Result>(step: string, work: () => Result): Result => {
    const begin = performance.now();
    const result = work();
    rows.push([
      step,
      ((performance.now() - begin) / 1000).toFixed(2),
      (process.memoryUsage().heapUsed / 1e6).toFixed(0),
    ]);
    return result;
  };
  const [before, after] = measure('parse both states', () => [
    model(options, '"read", "update"'),
    model(options, '"read", "update", "delete"'),
  ]);
  const changes = measure('compare', () => diffModels(before, after, Date.now()));
  const report = measure('report', () =>
    diffReport([{ before: { model: before }, after: { model: after }, changes }], { before: 'old', after: 'new' }),
  );
  measure('Markdown', () => markdownReport(report));
  const page = measure('HTML', () => htmlReport(report));
  process.stdout.write(
    `${options.tenants} tenants of ${options.teams} teams, ${report.entries.length} changes, page of ${(page.length / 1e6).toFixed(1)} MB\n`,
  );
  process.stdout.write(`${columns(rows)}\n`);
  if (options.browser !== undefined)
    process.stdout.write(`first paint after ${await firstPaint(page, options.browser)} ms\n`);
}

/** Milliseconds until a browser paints the page, as the browser reports them. */
async function firstPaint(page: string, executablePath: string): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-bench-'));
  const browser = await chromium.launch({ executablePath });
  try {
    const file = path.join(folder, 'report.html');
    writeFileSync(file, page);
    const tab = await browser.newPage({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
    await tab.goto(pathToFileURL(file).href);
    await tab.waitForFunction(`performance.getEntriesByName('first-contentful-paint').length > 0`);
    const time = await tab.evaluate<number>(`performance.getEntriesByName('first-contentful-paint')[0].startTime`);
    return time.toFixed(0);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

void runCommand(
  new Command('npm run bench:report --')
    .description('Measures the comparison of two states, its reports, and when a browser shows the page.')
    .option('--teams <number>', 'teams', wholeNumber(1), 500)
    .option('--tenants <number>', 'tenants', wholeNumber(1), 10_000)
    .option('--browser <program>', 'Chromium that opens the page (default: the page is not opened)')
    .action(main),
);
