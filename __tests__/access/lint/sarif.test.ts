import { readFileSync } from 'node:fs';

import Ajv from 'ajv-draft-04';

import { lint } from '../../../access/lint/lint';
import { toSarif } from '../../../access/lint/sarif';
import { yamlModel } from './example-model';

const schema = JSON.parse(
  readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
) as object;

const model = yamlModel(`
policies:
  one two: path "a/*/b" { capabilities = ["read"] }
  unused: path "a" { capabilities = ["create"] }
principals:
  approle:approle/role/x: [missing, one two]
`);

describe('toSarif', () => {
  const { findings } = lint([{ ...model, cluster: 'c' }], {
    now: 0,
    suppressions: [{ rule: 'dead-deny', policy: 'one two', reason: 'none', until: '2026-01-01' }],
  });
  const log = toSarif(findings, { pages: 'https://example.org/docs/lints/' });

  it('is valid SARIF 2.1.0', () => {
    const ajv = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true });
    const isValid = ajv.compile(schema);
    isValid(log);
    expect(isValid.errors).toBeNull();
    isValid(toSarif([]));
    expect(isValid.errors).toBeNull();
    expect(isValid({ ...log, version: '2' })).toBe(false);
  });

  it('has a result for each finding, with its rule, level and place', () => {
    const [run] = log.runs as readonly {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly locations: unknown;
      }[];
    }[];
    const results = run?.results ?? [];
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['literal-wildcard', 'error'],
      ['unknown-policy', 'error'],
      ['create-without-update', 'warning'],
      ['unused-policy', 'warning'],
      ['suppression', 'note'],
    ]);
    expect(results.map(({ ruleIndex }) => run?.tool.driver.rules[ruleIndex]?.id)).toEqual(
      results.map(({ ruleId }) => ruleId),
    );
    expect(results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'policies/one%20two.hcl' },
          region: { startLine: 1, startColumn: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: 'c one two a/*/b', kind: 'resource' }],
      },
    ]);
  });
});
