import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { formatLint, lintLoaded } from '../../../cli/access/lint';
import { readSuppressions } from '../../../cli/access/lint-suppressions';
import { loadPolicies } from '../../../cli/access/load-policies';
import { PlatformError } from '../../../model/errors';

const now = Date.UTC(2026, 0, 1);

describe('access lint', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lint-'));
    mkdirSync(path.join(folder, 'policies'));
    writeFileSync(path.join(folder, 'policies/app.hcl'), '\npath "a/*/b" {\n  capabilities = ["create"]\n}\n');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const result = (suppressions?: string) => {
    const file = path.join(folder, 'suppressions.yaml');
    if (suppressions !== undefined) writeFileSync(file, suppressions);
    const loaded = loadPolicies(path.join(folder, 'policies'), 'vault-2');
    return lintLoaded(loaded, suppressions === undefined ? undefined : file, now);
  };

  it('prints findings with their places, most severe first, and counts them', () => {
    const lines = formatLint(result(), 'text')
      .replaceAll(/\x1b\[\d+m/g, '')
      .split('\n');
    expect(lines[0]).toMatch(/^error {3}literal-wildcard app:2:1 \(.*policies\/app\.hcl:2\)$/);
    expect(lines[1]).toMatch(/^ {8}"a\/\*\/b" has a \*/);
    expect(lines[2]).toMatch(/^warning create-without-update app:2:1/);
    expect(lines.slice(4)).toEqual(['1 error, 1 warning, 0 notes, 0 suppressed', '']);
  });

  it('prints JSON and SARIF', () => {
    expect(JSON.parse(formatLint(result(), 'json'))).toMatchObject({
      suppressed: 0,
      findings: [{ severity: 'error' }, {}],
    });
    const physicalLocation = { region: { startLine: 2, startColumn: 1 } };
    expect(JSON.parse(formatLint(result(), 'sarif'))).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ locations: [{ physicalLocation }] }, {}] }],
    });
  });

  it('reads suppressions from YAML', () => {
    const entry = '- rule: literal-wildcard\n  policy: app\n  reason: The item is named so.\n  until: 2026-06-30\n';
    expect(result(entry)).toMatchObject({ suppressed: 1, findings: [{ rule: 'create-without-update' }] });
    expect(result('')).toMatchObject({ suppressed: 0 });
  });

  it('reports all problems of a file with suppressions', () => {
    const file = path.join(folder, 'wrong.yaml');
    writeFileSync(file, '- rule: unknown\n  reason: x\n  until: soon\n');
    const read = (): unknown => readSuppressions(file);
    expect(read).toThrow(PlatformError);
    expect(read).toThrow(/rule/);
    expect(read).toThrow(/until/);
    writeFileSync(file, 'a: [');
    expect(read).toThrow(/cannot be read/);
    expect(() => readSuppressions(path.join(folder, 'missing.yaml'))).toThrow(/cannot be read/);
  });
});
