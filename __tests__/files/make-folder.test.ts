import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { makeFolder } from '../../files/make-folder';

let folder: string;

beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'make-folder-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('makeFolder', () => {
  it('creates missing parents, and accepts a folder that is there', () => {
    const inner = path.join(folder, 'a', 'b', 'c');
    makeFolder(inner);
    makeFolder(inner);
    expect(existsSync(inner)).toBe(true);
  });

  it('throws below a file', () => {
    writeFileSync(path.join(folder, 'file'), '');
    expect(() => makeFolder(path.join(folder, 'file', 'a', 'b'))).toThrow('ENOTDIR');
  });

  (process.platform === 'linux' ? it : it.skip)('throws below /proc, where nothing can be created', () => {
    expect(() => makeFolder('/proc/nothing/here')).toThrow('ENOENT');
  });
});
