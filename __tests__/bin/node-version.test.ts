import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const old = ['16.20.2', '18.20.8', '20.9.0', '20.18.0', '9.11.2'];
const supported = ['20.18.1', '20.18.2', '20.20.0', '22.0.0', '24.1.0', '100.0.0', '24.0.0-nightly'];

const script = `
import { describeOldNode, oldestNode } from './bin/node-version.mjs';
const sentences = Object.fromEntries(process.argv.slice(1).map((version) => [version, describeOldNode(version) ?? null]));
process.stdout.write(JSON.stringify({ oldestNode, sentences }));
`;
const { stdout: printed } = spawnSync(process.execPath, ['--input-type=module', '-e', script, ...old, ...supported], {
  encoding: 'utf8',
});
const { oldestNode, sentences } = JSON.parse(printed) as {
  oldestNode: string;
  sentences: Readonly<Record<string, string | null>>;
};

const tooOld = (version: string): string =>
  `Node.js ${version} is too old: install Node.js 24, or ${oldestNode} or newer.`;

it.each(old)('Node.js %s is refused in one sentence', (version) => {
  expect(sentences[version]).toBe(tooOld(version));
});

it.each(supported)('Node.js %s is supported', (version) => {
  expect(sentences[version]).toBeNull();
});

it('the oldest supported version is the one of package.json', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
  expect(engines.node).toBe(`>=${oldestNode}`);
});

it('an old version reads nothing but the check before it ends with 1', () => {
  // Whatever else is loaded may use what an old version does not know.
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '18.20.8' });`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, 'bin/run.mjs', 'main.ts'],
    { encoding: 'utf8' },
  );
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: `${tooOld('18.20.8')}\n` });
  const imports = ['run', 'node-version'].flatMap((name) => [
    ...readFileSync(`bin/${name}.mjs`, 'utf8').matchAll(/^import .* from (.*);$/gm),
  ]);
  expect(imports.map(([, module]) => module)).toEqual(["'./node-version.mjs'"]);
});
