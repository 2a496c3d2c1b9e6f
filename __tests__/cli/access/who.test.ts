import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Operation } from '../../../access/decide/request';
import { loadPolicies } from '../../../cli/access/load-policies';
import { formatWho } from '../../../cli/access/who';

describe('access who', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'who-'));
    writeFileSync(path.join(folder, 'reader.hcl'), '\npath "kv/*" {\n  capabilities = ["read"]\n}\n');
    writeFileSync(path.join(folder, 'one.hcl'), 'path "kv/a" {\n  capabilities = ["read", "update"]\n}\n');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const lines = (operation: Operation, of: string): string[] =>
    formatWho(loadPolicies(folder, 'vault-2'), operation, of, 0)
      .replaceAll(/\x1b\[\d+m/g, '')
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().replaceAll(/ +/g, ' '));

  it('lists the principals of each server with the stanza that allows it', () => {
    expect(lines('read', 'kv/a')).toEqual([
      'read kv/a',
      '',
      'vault-2',
      'token:one one:1 "kv/a"',
      'token:reader reader:2 "kv/*"',
    ]);
    expect(lines('update', 'kv/a')).toEqual(['update kv/a', '', 'vault-2', 'token:one one:1 "kv/a"']);
  });

  it('says so if nobody may', () => {
    expect(lines('delete', 'kv/a')).toEqual(['No principal may delete kv/a']);
  });

  it('prints no line break of a path', () => {
    expect(lines('delete', 'kv/a\nb')).toHaveLength(1);
  });
});
