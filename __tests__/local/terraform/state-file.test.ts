import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { StateFile } from '../../../local/terraform/state-file';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'state-file-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => path.join(folder, name);
const policy = (name: string): object => ({
  mode: 'managed',
  type: 'vault_policy',
  name,
  provider: 'provider["registry.terraform.io/hashicorp/vault"]',
  instances: [{ schema_version: 0, attributes: { name: `${name}-devel` } }],
});
const data = { mode: 'data', type: 'vault_policy_document', name: 'ro', instances: [] };

function write(name: string, ...resources: object[]): void {
  const state = { version: 4, terraform_version: '1.11.4', serial: 7, lineage: name, outputs: { a: 1 }, resources };
  writeFileSync(file(name), JSON.stringify(state));
}
const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(file(name), 'utf8')) as Record<string, unknown>;

describe('a state', () => {
  it('has the attributes of each managed resource by its address', async () => {
    write('a', policy('ro'), data);
    expect([...(await new StateFile(file('a')).resources())]).toEqual([['vault_policy.ro', { name: 'ro-devel' }]]);
    expect([...(await new StateFile(file('none')).resources())]).toEqual([]);
  });

  it('gives resources to another state, and keeps everything else of both', async () => {
    write('a', policy('ro'), policy('rw'), data);
    write('b', policy('other'));
    await new StateFile(file('a')).move(new Set(['vault_policy.ro']), new StateFile(file('b')));
    expect(read('a')).toMatchObject({ serial: 8, lineage: 'a', outputs: { a: 1 }, resources: [policy('rw'), data] });
    expect(read('b')).toMatchObject({ serial: 8, lineage: 'b', resources: [policy('other'), policy('ro')] });
    expect(read('a.backup')).toMatchObject({ serial: 7, resources: [policy('ro'), policy('rw'), data] });
  });

  it('gives them to a state that does not exist yet, which gets a lineage of its own', async () => {
    write('a', policy('ro'));
    await new StateFile(file('a')).move(new Set(['vault_policy.ro']), new StateFile(file('b')));
    expect(read('a')).toMatchObject({ resources: [] });
    expect(read('b')).toMatchObject({ version: 4, serial: 1, outputs: {}, resources: [policy('ro')] });
    expect(read('b').lineage).not.toBe('a');
  });

  it('does not give what the other state already has', async () => {
    write('a', policy('ro'));
    write('b', policy('ro'));
    await new StateFile(file('a')).move(new Set(['vault_policy.ro']), new StateFile(file('b')));
    expect([read('a').resources, read('b').resources]).toEqual([[], [policy('ro')]]);
  });

  it.each([
    ['', 'an empty file'],
    ['{"version": 4', '13 characters that are not a state of version 4'],
    ['{"version": 3}', '14 characters that are not a state of version 4'],
  ])('that is damaged (%j) is reported with its file and its backup', async (text, given) => {
    writeFileSync(file('a'), text);
    await expect(new StateFile(file('a')).resources()).rejects.toMatchObject({
      problems: [{ file: file('a'), given, fix: expect.stringContaining('a.backup') as string }],
    });
  });
});
