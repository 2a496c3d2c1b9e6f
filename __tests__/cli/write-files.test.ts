import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { writeFiles } from '../../cli/write-files';

const files = [
  { path: 'etc/agent.json', content: '{}\n', mode: 0o644 },
  { path: 'README.md', content: 'read me\n', mode: 0o600 },
];

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'vault-platform-write-'));
  folder = path.join(parent, 'new', 'output');
});
afterEach(() => rmSync(parent, { recursive: true }));

const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
const inode = (file: string): number => statSync(path.join(folder, file)).ino;

describe('writeFiles', () => {
  it('writes a new folder, with the requested modes', () => {
    const before = process.umask(0o077);
    try {
      expect(writeFiles(folder, files).written).toEqual(['etc/agent.json', 'README.md']);
    } finally {
      process.umask(before);
    }
    expect(read('etc/agent.json')).toBe('{}\n');
    const modes = ['etc', 'etc/agent.json', 'README.md'].map((file) => statSync(path.join(folder, file)).mode & 0o777);
    expect(modes).toEqual([0o755, 0o644, 0o600]);
  });

  it('does not write unchanged files', () => {
    writeFiles(folder, files);
    const inodes = files.map((file) => inode(file.path));
    expect(writeFiles(folder, files)).toEqual({ written: [], unchanged: ['etc/agent.json', 'README.md'] });
    expect(files.map((file) => inode(file.path))).toEqual(inodes);
  });

  it('writes nothing if a file differs, and reports every file that does', () => {
    writeFiles(folder, files);
    for (const file of files) writeFileSync(path.join(folder, file.path), 'mine\n');
    const more = [...files, { path: 'new', content: 'new\n', mode: 0o600 }];
    expect(() => writeFiles(folder, more)).toThrow(
      /etc\/agent\.json {2}a different file exists here(.|\n)*README\.md {2}a different/,
    );
    expect(existsSync(path.join(folder, 'new'))).toBe(false);
    expect(read('README.md')).toBe('mine\n');
  });

  it('replaces files that differ with force, each atomically, and no other file', () => {
    writeFiles(folder, files);
    writeFileSync(path.join(folder, 'README.md'), 'mine\n');
    writeFileSync(path.join(folder, 'other'), 'mine\n');
    const before = inode('README.md');
    expect(writeFiles(folder, files, true)).toEqual({ written: ['README.md'], unchanged: ['etc/agent.json'] });
    expect(inode('README.md')).not.toBe(before);
    expect(read('other')).toBe('mine\n');
  });

  it('treats another mode as a difference', () => {
    writeFiles(folder, files);
    expect(() => writeFiles(folder, [{ ...files[1]!, mode: 0o644 }])).toThrow('a different file exists here');
  });

  it('does not replace a folder, even with force', () => {
    mkdirSync(path.join(folder, 'README.md'), { recursive: true });
    expect(() => writeFiles(folder, files, true)).toThrow('this is not a file');
  });

  it('leaves no temporary folder', () => {
    writeFiles(folder, files);
    expect(readdirSync(path.dirname(folder))).toEqual(['output']);
  });
});
