import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { readInventoryFiles } from '../../model/read';
import { certificate } from '../model/pem';
import { textsWithOwners } from '../support/inventory/with-owners';
import { writeFilesIn } from '../support/inventory/write-files';
import { npmCommands } from '../support/markdown/markdown';
import { blocks, giftCards, guides, homeOf, ourFiles, presumed } from './guide-blocks';

/** Commands that need no server, no revision of git and no tenant but those that are there. */
const runnable =
  /^npm run (?:-s )?(?:synth|platform -- (?:tenant (?:add|show|agent)|access (?:prove|explain|who|report)|credential list|moves))\b/;

describe('the commands in the guides that need no server', () => {
  const commands = [...new Set(guides.flatMap(npmCommands))].filter((command) => runnable.test(command));
  const blockWith = (key: RegExp): string => blocks.find(({ block }) => key.test(block))?.block ?? '';
  const shown = Object.fromEntries(
    [/^agents:/m, /^description: Shows/m]
      .map(blockWith)
      .map(homeOf)
      .map(({ file, text }) => [file, text]),
  );
  const others = Object.fromEntries(
    presumed(readInventoryFiles(ourFiles)).flatMap((file) =>
      'bytes' in file ? [[file.path, Buffer.from(file.bytes).toString()] as const] : [],
    ),
  );
  const all = textsWithOwners({ ...others, ...shown });
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'guides-'));
    writeFilesIn(path.join(folder, 'inventory'), all);
    writeFileSync(path.join(folder, 'ca.crt'), certificate);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('are found', () => {
    expect(commands.length).toBeGreaterThan(10);
  });

  it.each(commands)(
    '%s',
    async (command) => {
      const [, script = '', rest = ''] = /^npm run (?:-s )?(\S+)(?: -- (.*))?$/.exec(command) ?? [];
      // Redirections belong to the shell; what is written belongs into the folder.
      const words = [...rest.replace(/ > .*/, '').matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
        ([, double, single, plain]) => (double ?? single ?? plain ?? '').replace(/^\/tmp\//, `${folder}/`),
      );
      if (words[1] === 'add') {
        rmSync(path.join(folder, 'inventory', giftCards));
        writeFilesIn(path.join(folder, 'inventory'), others);
      }
      if (words[1] === 'agent') writeFilesIn(path.join(folder, 'inventory'), all);
      const output = script === 'synth' && !words.includes('--output') ? ['--output', 'cdktf.out'] : [];
      const ours = words.includes('--inventory') ? [] : ['--inventory', 'inventory'];
      const parameters =
        script === 'synth' ? ['main.ts', ...words, ...ours, ...output] : ['cli/platform.ts', ...ours, ...words];
      const run = path.resolve('bin/run.mjs');
      const { exitCode, stderr } = await execa(process.execPath, [run, ...parameters], { cwd: folder, reject: false });
      expect({ exitCode, stderr: stderr.includes('✗') ? stderr : '' }).toEqual({ exitCode: 0, stderr: '' });
    },
    120_000,
  );
});
