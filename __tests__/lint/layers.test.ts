import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

/** Prints what ESLint, as it is configured, says of imports that stand in files that exist. Only this rule runs, so no types are needed. */
const script = `
import { ESLint } from 'eslint';
import { layers } from './layers.mjs';

const eslint = new ESLint({
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => ruleId === 'import-x/no-restricted-paths',
});
const results = [];
for (const { file, text } of JSON.parse(process.argv[1])) {
  const [{ messages }] = await eslint.lintText(text, { filePath: file });
  results.push(messages.map(({ line, message }) => ({ line, message })));
}
process.stdout.write(JSON.stringify({ layers, results }));
`;

interface Message {
  readonly line: number;
  readonly message: string;
}

/** Folders with TypeScript, and a file of each; `main.ts` stands for the root. */
const sources = new Map(
  readdirSync('.', { withFileTypes: true }).flatMap((entry): [string, string][] => {
    if (entry.name === 'main.ts') return [[entry.name, entry.name]];
    if (!entry.isDirectory() || /^\.|^(node_modules|cdktf\.out|coverage|__tests__)$/.test(entry.name)) return [];
    const file = readdirSync(entry.name, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.ts'));
    return file === undefined ? [] : [[entry.name, path.join(entry.name, file)]];
  }),
);

let layers: Readonly<Record<string, readonly string[]>>;
let results: readonly (readonly Message[])[];

beforeAll(async () => {
  const files = [...sources].map(([own, file]) => ({
    file,
    text: [...sources.values()]
      .map((other) => `import '${relativeImport(file, other)}'; // ${other === file ? own : ''}`)
      .join('\n'),
  }));
  const { stdout } = await execa(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(files)]);
  ({ layers, results } = JSON.parse(stdout) as { layers: typeof layers; results: typeof results });
}, 120_000);

function relativeImport(from: string, to: string): string {
  const relative = path.relative(path.dirname(from), to.replace(/\.ts$/, ''));
  return relative.startsWith('.') ? relative : `./${relative}`;
}

/** The table of the layout in CONTRIBUTING.md: folder → what it may import, as text. */
const documented = new Map(
  [...readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^\| \[?`([\w.]+?)\/?`.*\|([^|]*)\|$/gm)].map(
    ([, folder = '', allowed = '']) => [folder, [...allowed.matchAll(/`(\w+)\/`/g)].map(([, name]) => name)],
  ),
);

test('every folder with TypeScript is a layer', () => {
  expect(Object.keys(layers).sort()).toEqual([...sources.keys()].sort());
});

test.each([...sources.keys()])(
  '%s: lint refuses an import of every folder that is not allowed, and of no other',
  (own) => {
    const refused = results[[...sources.keys()].indexOf(own)]!.map(({ line }) => [...sources.keys()][line - 1]);
    const allowed = [own, ...(layers[own] ?? [])];
    expect(refused).toEqual([...sources.keys()].filter((name) => !allowed.includes(name)));
  },
);

test('CONTRIBUTING.md says the same', () => {
  for (const [layer, allowed] of Object.entries(layers)) {
    expect([layer, documented.get(layer)]).toEqual([layer, [...allowed]]);
  }
});
