import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { diffReport } from '../../../access/report/diff-report';
import type { Report } from '../../../access/report/entry';
import { htmlReport } from '../../../access/report/html';
import { exampleComparison, pathClass, placedPolicy, principalChange } from '../../support/access/example-comparison';
import { browserMissing, useBrowser } from '../../support/browser/browser';
import { itUnless } from '../../support/skips';

const names = { before: 'main', after: 'the inventory' };
const missing = browserMissing();
const check = (test: string, run: () => Promise<void>): void => {
  itUnless(missing, test)(test, run);
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'access-report-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a report and returns its URL. */
function write(report: Report): string {
  const file = path.join(folder, `${Math.random()}.html`);
  writeFileSync(file, htmlReport(report));
  return pathToFileURL(file).href;
}
const example = (teams: number, tenants = 3): string =>
  write(diffReport([exampleComparison(teams, tenants, ['devel', 'prod'])], names));

describe('the page of a difference', () => {
  const open = useBrowser();

  check('shows the verdict, the map and the most dangerous change, and requests nothing', async () => {
    const { page, requests, errors } = await open(example(8));
    expect(await page.locator('h1').textContent()).toMatch(/^\d+ principals gain access\.$/);
    expect(await page.locator('.row').count()).toBe(8);
    expect(await page.locator('.row .label').first().textContent()).toBe('payments');
    expect(await page.locator('.item .tag').first().textContent()).toBe('critical');
    expect(requests).toEqual([]);
    expect(errors).toEqual([]);
  });

  check('finds rows and changes by team, path, policy and file', async () => {
    const { page } = await open(example(8));
    for (const [text, row] of [
      ['logistics/', 'logistics'],
      ['sys/policies', 'payments'],
      ['checkout-devel-ops:5', 'payments'],
      ['tenants/risk/', 'risk'],
    ] as const) {
      await page.locator('#search').fill(text);
      await page.locator('#map[aria-rowcount="2"] .l1 .label', { hasText: row }).waitFor();
    }
    await page.locator('#search').fill('nothing has this name');
    await page.getByText('No principal matches.').waitFor();
  });

  check('filters by direction and by danger', async () => {
    const { page } = await open(example(8));
    const tags = (): Promise<string[]> => page.locator('.item .tag').allTextContents();
    await page.getByRole('button', { name: /^Lost/ }).click();
    expect(new Set(await tags())).toEqual(new Set(['lost']));
    expect(await page.locator('.pill:not(.lost)').count()).toBe(0);
    await page.getByRole('button', { name: /^Gained/ }).click();
    expect(await tags()).not.toContain('lost');
    await page.getByRole('button', { name: /critical$/ }).click();
    expect(new Set(await tags())).toEqual(new Set(['critical']));
    expect(await page.locator('.row').count()).toBe(1);
    await page.getByRole('button', { name: /critical$/ }).click();
    expect(await tags()).toContain('high');
  });

  check('opens a cell down to the stanza and the line of the inventory', async () => {
    const { page } = await open(example(8));
    await page.getByRole('gridcell', { name: /^payments, sys:/ }).click();
    expect(await page.locator('#heading').textContent()).toMatch(/^1 change.*payments × sys/);
    await page.locator('.item button').click();
    const stanza = page.locator('.stanza');
    expect(await stanza.locator('pre').textContent()).toBe(
      'path "sys/policies/acl/*" {\n  capabilities = ["read", "update"]\n}',
    );
    expect(await stanza.locator('figcaption').textContent()).toContain('checkout-devel-ops:5');
    expect(await stanza.locator('figcaption').textContent()).toContain('inventory/tenants/payments/checkout.yaml:21');
    expect(await page.locator('.grants').textContent()).toContain('sys/policies/acl/example');
  });

  check('is used with the keyboard alone', async () => {
    const { page } = await open(example(8));
    const { keyboard } = page;
    const focused = (): Promise<string | undefined> => page.evaluate(`document.activeElement?.id`);
    const active = async (): Promise<string | null> =>
      page
        .locator(`#${(await page.locator('#map').getAttribute('aria-activedescendant')) ?? ''}`)
        .getAttribute('class');
    await keyboard.press('/');
    expect(await focused()).toBe('search');
    await keyboard.type('payments/');
    await page.locator('#map[aria-rowcount="2"]').waitFor();
    await keyboard.press('ArrowDown');
    expect(await focused()).toBe('map');
    await keyboard.press('Enter');
    expect(await page.locator('.row').first().getAttribute('aria-expanded')).toBe('true');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowRight');
    expect(await active()).toContain('active');
    await keyboard.press('Enter');
    expect(await page.evaluate(`document.activeElement?.closest('.item') !== null`)).toBe(true);
    await keyboard.press('Enter');
    expect(await page.locator('.stanza').count()).toBeGreaterThan(0);
    await keyboard.press('Escape');
    expect(await focused()).toBe('map');
    expect(await page.locator('.stanza').count()).toBe(0);
  });

  check('follows the colour scheme of the system', async () => {
    const background = async (colorScheme: 'light' | 'dark'): Promise<number> => {
      const { page } = await open(example(1), { colorScheme });
      const colour = await page.evaluate<string>(`getComputedStyle(document.body).backgroundColor`);
      return Number(/\d+/.exec(colour)?.[0]);
    };
    expect(await background('light')).toBeGreaterThan(200);
    expect(await background('dark')).toBeLessThan(50);
  });

  check('keeps only visible rows of 500 teams in the document, and shows the last one', async () => {
    const { page, errors } = await open(example(500));
    expect(await page.locator('#map').getAttribute('aria-rowcount')).toBe('501');
    expect(await page.locator('.row').count()).toBeLessThan(60);
    await page.locator('#map').focus();
    await page.keyboard.press('Control+End');
    await page.locator('.row[aria-rowindex="501"]').waitFor();
    expect(await page.locator('.item').count()).toBeLessThan(100);
    expect(errors).toEqual([]);
  });

  check('shows text that looks like HTML as text', async () => {
    const evil = '</script><img src=x onerror="document.title=1"><!--<script>';
    const policy = placedPolicy('p', { [evil]: ['read'] });
    const model = {
      server: 'vault-2' as const,
      policies: new Map([['p', policy]]),
      principals: [{ id: evil, kind: 'token' as const, mount: 'token', name: evil, policies: ['p'] }],
      mounts: [],
    };
    const changes = [principalChange(evil, { read: { gained: [pathClass(evil, policy)] } })];
    const { page, errors } = await open(write(diffReport([{ before: { model }, after: { model }, changes }], names)));
    expect(await page.locator('.item code').textContent()).toBe(evil);
    expect(await page.locator('img').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  check('states that no access is widened', async () => {
    const comparison = exampleComparison(2, 2, ['devel']);
    const { page } = await open(write(diffReport([{ ...comparison, changes: [] }], names)));
    expect(await page.locator('h1').textContent()).toBe('No access is widened.');
    expect(await page.locator('main').isVisible()).toBe(false);
  });
});
