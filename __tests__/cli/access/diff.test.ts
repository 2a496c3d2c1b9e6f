import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { compareAccess } from '../../../cli/access/diff';
import { loadPolicies } from '../../../cli/access/load-policies';
import { renderReport } from '../../../cli/access/render-report';

const stanza = (pattern: string, capabilities: string): string =>
  `path "${pattern}" {\n  capabilities = [${capabilities}]\n}\n`;
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A folder with one policy. */
function folder(text: string): string {
  const created = mkdtempSync(path.join(tmpdir(), 'policies-'));
  folders.push(created);
  writeFileSync(path.join(created, 'ledger.hcl'), text);
  return created;
}

const compare = (before: string, after: string): ReturnType<typeof compareAccess> =>
  compareAccess(loadPolicies(folder(before), 'openbao-2.7'), loadPolicies(folder(after), 'openbao-2.7'), 0);

describe('a comparison of two folders of policies', () => {
  const read = stanza('secret/data/ledger/*', '"read"');

  it('finds what is gained, with a path and the stanza', () => {
    const { entries } = compare(read, read + stanza('sys/policies/acl/*', '"update"'));
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      direction: 'gained',
      what: 'sys/policies/acl/*',
      danger: { level: 'critical' },
    });
    expect(entries[0]?.grants[0]?.stanza).toMatchObject({
      policy: 'ledger',
      line: 4,
      source: { file: expect.stringMatching(/ledger\.hcl$/) as string, line: 4 },
    });
    expect(entries[0]?.grants[0]?.witness).toMatch(/^sys\/policies\/acl\//);
  });

  it('is a theorem if nothing is gained', () => {
    const report = compare(read, stanza('secret/data/ledger/a', '"read"'));
    expect(JSON.parse(renderReport(report, 'json'))).toMatchObject({
      widened: false,
      summary: expect.stringContaining('No access is widened. Proven for 1 principal') as string,
    });
  });

  it('does not see a rewrite that decides alike as a change', () => {
    const before = stanza('secret/data/ledger/+', '"read", "update"');
    const after =
      stanza('secret/data/ledger/+', '"update", "read"') + stanza('secret/data/ledger/a', '"read", "update"');
    expect(compare(before, after).entries).toEqual([]);
  });

  it('claims no theorem about identity templates', () => {
    const report = compare(read, read + stanza('secret/data/{{identity.entity.name}}', '"read"'));
    expect(report.gaps.join()).toContain('{{identity.entity.name}}');
    expect(renderReport(report, 'text')).not.toContain('Proven');
  });

  it('counts weaker conditions as widening', () => {
    const limited = read.replace('\n}', '\n  required_parameters = ["version"]\n}');
    expect(JSON.parse(renderReport(compare(limited, read), 'json'))).toMatchObject({ widened: true });
    expect(JSON.parse(renderReport(compare(read, limited), 'json'))).toMatchObject({ widened: false });
  });
});
