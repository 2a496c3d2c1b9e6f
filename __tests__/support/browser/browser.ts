import { accessSync, constants } from 'node:fs';
import path from 'node:path';

import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** The browser on PATH. Undefined if there is none. */
export function browserProgram(): string | undefined {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
      const program = path.join(folder, name);
      try {
        accessSync(program, constants.X_OK);
        return program;
      } catch {
        // The next folder may have it.
      }
    }
  }
  return undefined;
}

/** Why a test of a page cannot run here; undefined if it can. */
export const browserMissing = (): string | undefined =>
  browserProgram() === undefined ? 'chromium is not on PATH' : undefined;

/** A page in a browser without a window, what it requested, and the errors that it reported. */
export interface OpenedPage {
  readonly page: Page;
  /** URLs, without the page itself. */
  readonly requests: readonly string[];
  readonly errors: readonly string[];
}

/** Starts one browser for the tests of a file, and opens pages that it closes after each test. */
export function useBrowser(): (url: string, options?: BrowserContextOptions) => Promise<OpenedPage> {
  let browser: Browser | undefined;
  const close: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const executablePath = browserProgram();
    if (executablePath !== undefined) browser = await chromium.launch({ executablePath });
  });
  afterEach(async () => {
    for (const each of close.splice(0)) await each();
  });
  afterAll(async () => browser?.close());
  return async (url, options = {}) => {
    if (browser === undefined) throw new Error('no browser');
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    close.push(() => context.close());
    const page = await context.newPage();
    const requests: string[] = [];
    const errors: string[] = [];
    page.on('request', (request) => request.url() !== url && requests.push(request.url()));
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(url);
    return { page, requests, errors };
  };
}
