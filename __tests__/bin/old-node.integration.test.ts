import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { npmInstall } from '../support/processes/npm-install';
import { itUnless } from '../support/skips';

const versions = ['16.20.2', '18.20.8'];
const folder = path.join(mkdtempSync(path.join(tmpdir(), 'old-node-')), 'packages');
// These packages contain the program itself.
const platform = `${process.platform}-${process.arch}`;
const reason =
  platform === 'linux-x64' || platform === 'linux-arm64'
    ? npmInstall(folder, ...versions.map((version) => `old-${version}@npm:node-${platform}@${version}`))
    : `there is no package of Node.js for ${platform}`;

afterAll(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

for (const version of versions) {
  itUnless(reason, `Node.js ${version}`)(`Node.js ${version} prints one sentence and ends with 1`, () => {
    const node = path.join(folder, 'node_modules', `old-${version}`, 'bin', 'node');
    for (const entry of [['main.ts'], ['cli/platform.ts', 'start']]) {
      const { status, stdout, stderr } = spawnSync(node, ['bin/run.mjs', ...entry], { encoding: 'utf8' });
      expect({ status, stdout, stderr }).toEqual({
        status: 1,
        stdout: '',
        stderr: `Node.js ${version} is too old: install Node.js 24, or 20.18.1 or newer.\n`,
      });
    }
  });
}
