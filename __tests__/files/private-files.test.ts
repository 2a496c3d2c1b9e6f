import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { asPlatformErrors, makePrivateFolder } from '../../files/private-files';

const failure = (folder: string): Promise<unknown> =>
  asPlatformErrors(folder, () => Promise.resolve(makePrivateFolder(folder))).catch((error: unknown) => error);

describe('a home folder that cannot be created', () => {
  it('is a problem with a fix below a file', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'private-files-'));
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    try {
      expect(await failure(path.join(file, 'x', 'y'))).toMatchObject({
        code: 'cluster',
        problems: [
          {
            file: path.join(file, 'x'),
            message: 'a part of this path is not a folder',
            fix: 'set VAULT_PLATFORM_HOME to a folder',
          },
        ],
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  (process.platform === 'linux' ? it : it.skip)('is a problem with a fix below /proc, also for root', async () => {
    expect(await failure('/proc/nothing/here')).toMatchObject({
      problems: [
        {
          file: '/proc/nothing',
          message: 'this is read-only',
          fix: 'set VAULT_PLATFORM_HOME to a writable folder',
        },
      ],
    });
  });
});
