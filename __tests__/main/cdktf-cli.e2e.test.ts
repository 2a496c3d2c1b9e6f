import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { npmInstall } from '../support/processes/npm-install';
import { contents, synth } from '../support/processes/synth';
import { itUnless } from '../support/skips';

const folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-cdktf-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

// The last version of cdktf-cli; not a dependency, since nothing but this test needs its 300 packages. It holds a native module
// for Node.js up to 22, so it gets a Node.js of its own.
const node = `node-${process.platform}-${process.arch}`;
const missing = npmInstall(folder, 'cdktf-cli@0.21.0', `${node}@20.18.1`);

itUnless(missing, 'cdktf synth')('cdktf synth writes the same bytes as npm run synth', async () => {
  const [byCdktf, byNpm] = [path.join(folder, 'cdktf'), path.join(folder, 'npm')];
  const cdktf = path.join(folder, 'node_modules', '.bin', 'cdktf');
  await execa(cdktf, ['synth', '--output', byCdktf], {
    // It would ask for news, and remember in the home folder whom it asked for.
    env: {
      CI: '1',
      CHECKPOINT_DISABLE: '1',
      CDKTF_HOME: folder,
      HOME: folder,
      PATH: [path.join(folder, 'node_modules', node, 'bin'), process.env.PATH].join(path.delimiter),
    },
    stdin: 'ignore',
  });
  expect(await synth(['--output', byNpm])).toMatchObject({ exitCode: 0 });
  expect(Object.keys(contents(byNpm)).length).toBeGreaterThan(20);
  expect(contents(byCdktf)).toEqual(contents(byNpm));
});
