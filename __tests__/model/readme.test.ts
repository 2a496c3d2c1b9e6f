import { readFileSync } from 'node:fs';
import path from 'node:path';

import { buildSync } from 'esbuild';
import { parse } from 'yaml';

import { load } from './small-inventory';

const readme = (file: string): string => readFileSync(path.join(process.cwd(), file, 'README.md'), 'utf8');
const block = (text: string, language: string): string => text.split(`\`\`\`${language}\n`)[1]?.split('\n```')[0] ?? '';

describe('examples of the words', () => {
  it('model/README.md prints what it says', () => {
    const code = block(readme('model'), 'ts');
    const promised = /console\.log\(.*\); \/\/ (.*)/.exec(code)?.[1];
    const { outputFiles } = buildSync({
      stdin: { contents: code, loader: 'ts', resolveDir: process.cwd() },
      bundle: true,
      format: 'cjs',
      platform: 'node',
      write: false,
    });
    const printed: string[] = [];
    const log = jest.spyOn(console, 'log').mockImplementation((...words) => void printed.push(words.join(' ')));
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the example itself
    new Function('require', 'module', outputFiles[0]?.text ?? '')(require, { exports: {} });
    log.mockRestore();
    expect(promised).toBe('devel openbao 1200');
    expect(printed).toEqual([promised]);
  });

  it('inventory/README.md shows a tenant that can be loaded', () => {
    const text = block(readme('inventory'), 'yaml');
    expect(text.split('\n')).toHaveLength(5);
    expect((parse(text) as { environments: string[] }).environments).toEqual(['devel', 'stag']);
    expect(load({ 'tenants/storefront/gift-cards.yaml': text }).tenants).toHaveLength(3);
  });
});
