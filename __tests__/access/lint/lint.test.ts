import type { Finding } from '../../../access/lint/finding';
import { lint } from '../../../access/lint/lint';
import type { Suppression } from '../../../access/lint/suppression';
import { policyModel, yamlModel } from './example-model';

const now = Date.UTC(2026, 0, 15, 12);

const rulesOf = (findings: readonly Finding[]): readonly string[] => findings.map(({ rule }) => rule);

describe('lint', () => {
  it('places a finding in the policy and at its source', () => {
    const { findings } = lint(
      [policyModel('path "a/app" { capabilities = ["read"] }\npath "a/*b" {\n capabilities = ["read"] }')],
      {
        now,
      },
    );
    expect(findings).toEqual([
      {
        rule: 'literal-wildcard',
        severity: 'error',
        message: expect.stringContaining('"a/*b" has a *') as string,
        policy: 'example',
        path: 'a/*b',
        position: { line: 2, column: 1 },
        source: { file: 'policies/example.hcl' },
      },
    ]);
  });

  it('finds denials that another policy of the same login wins over', () => {
    const model = yamlModel(`
policies:
  reader: path "secret/*" { capabilities = ["read"] }
  guard: path "secret/+/private-*" { capabilities = ["deny"] }
principals:
  approle:approle/role/a: [guard, reader]
`);
    const { findings } = lint([model], { now });
    expect(rulesOf(findings)).toEqual(['dead-deny']);
    expect(findings[0]?.message).toContain('never decides together with reader, because "secret/*" wins');
  });

  it('does not report exceptions to denials, nor denials that win', () => {
    const text =
      'path "a/*" { capabilities = ["deny"] } path "a/b" { capabilities = ["read"] } path "a/+/c" { capabilities = ["deny"] }';
    expect(rulesOf(lint([policyModel(text)], { now }).findings)).toEqual([]);
  });

  it('reads templates as one segment, and reports denials that depend on them', () => {
    const text = `path "a/{{identity.entity.id}}/*" { capabilities = ["deny"] }
path "a/*" { capabilities = ["read"] }`;
    const { findings } = lint([policyModel(text)], { now });
    expect(rulesOf(findings)).toEqual(['dropped-template']);
    expect(findings[0]?.message).toContain('identity.entity.id');
  });

  it('reports paths that no request has', () => {
    const { findings } = lint([policyModel('path "//a/*" { capabilities = ["read"] }')], { now });
    expect(findings.map(({ message }) => message)).toEqual([
      '"/a/*" never decides, because no path matches its pattern: delete it, or make its pattern more specific',
    ]);
  });

  it('sorts by severity, rule, policy or principal, and line', () => {
    const text = 'path "a" { capabilities = ["list"] }\npath "b" { capabilities = ["create"] }';
    const model = yamlModel(
      JSON.stringify({
        policies: { z: text, a: `# first\n${text.replaceAll('list', 'create')}` },
        principals: { 'approle:approle/role/y': ['gone', 'z', 'a'], 'approle:approle/role/x': ['gone'] },
      }),
    );
    const { findings } = lint([model], { now });
    expect(
      findings.map(({ rule, policy, principal, position }) => [rule, policy ?? principal, position?.line]),
    ).toEqual([
      ['unknown-policy', 'approle:approle/role/x', undefined],
      ['unknown-policy', 'approle:approle/role/y', undefined],
      ['create-without-update', 'a', 2],
      ['create-without-update', 'a', 3],
      ['create-without-update', 'z', 2],
      ['list-without-slash', 'z', 1],
    ]);
  });

  it('says the cluster of a finding, and where its principal is written', () => {
    const model = yamlModel('{policies: {}, principals: {"approle:approle/role/x": [gone]}}');
    const principals = model.principals.flatMap((principal) => [
      { ...principal, id: 'other', policies: [], source: { address: 'stack: role.other' } },
      { ...principal, source: { address: 'stack: role.x' } },
    ]);
    const { findings } = lint([{ ...model, cluster: 'shop', principals }, model], { now });
    expect(findings).toEqual([
      expect.objectContaining({ cluster: 'shop', source: { address: 'stack: role.x' } }),
      expect.not.objectContaining({ cluster: expect.anything() as unknown }),
    ]);
    expect(findings[1]).not.toHaveProperty('source');
    expect(findings[1]).not.toHaveProperty('cluster');
  });

  it('does not count stanzas that have expired', () => {
    const text = (expiration: string): string =>
      `path "a/*" {\n  capabilities = ["read"]\n  expiration = "${expiration}"\n}\npath "a/+/b*" { capabilities = ["deny"] }`;
    const rules = (expiration: string) => rulesOf(lint([policyModel(text(expiration))], { now }).findings);
    expect(rules('2026-01-15T11:59:59Z')).toEqual([]);
    expect(rules('2026-01-15T12:00:01Z')).toEqual(['dead-deny']);
  });

  it('leaves out what is suppressed, until the end of the last day', () => {
    const model = policyModel('path "a" { capabilities = ["create"] }');
    const suppression: Suppression = {
      rule: 'create-without-update',
      policy: 'example',
      reason: 'The item is written once.',
      until: '2026-01-15',
    };
    const result = (suppressions: readonly Suppression[], at = now) => lint([model], { now: at, suppressions });
    expect(result([suppression])).toEqual({ findings: [], suppressed: 1 });
    expect(rulesOf(result([suppression], now + 86_400_000).findings)).toEqual(['create-without-update', 'suppression']);
    expect(rulesOf(result([{ ...suppression, policy: 'other' }]).findings)).toEqual([
      'create-without-update',
      'suppression',
    ]);
    expect(result([{ ...suppression, until: 'soon' }]).findings[0]?.severity).toBe('error');
    expect(result([{ ...suppression, reason: ' ' }]).findings[0]?.severity).toBe('error');
    expect(result([{ rule: suppression.rule, reason: 'x', until: suppression.until }]).suppressed).toBe(0);
  });
});
