import path from 'node:path';

import { build } from 'esbuild';

describe('the start of the command line', () => {
  it('loads no cdktf, which takes seconds', async () => {
    const entry = 'cli/platform.ts';
    const { metafile } = await build({
      absWorkingDir: path.resolve(__dirname, '../..'),
      bundle: true,
      entryPoints: [entry],
      metafile: true,
      packages: 'external',
      platform: 'node',
      write: false,
    });
    const chains = new Map([[entry, entry]]);
    for (const [file, chain] of chains) {
      for (const { path: imported, kind } of metafile.inputs[file]?.imports ?? []) {
        if (kind !== 'dynamic-import' && !chains.has(imported)) chains.set(imported, `${chain} > ${imported}`);
      }
    }
    expect(chains.size).toBeGreaterThan(100);
    expect(
      [...chains].filter(([file]) => /^(@cdktf\/|cdktf|constructs$)/.test(file)).map(([, chain]) => chain),
    ).toEqual([]);
  });
});
