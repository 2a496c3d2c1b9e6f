import { readFileSync } from 'node:fs';

import Ajv from 'ajv-draft-04';

import type { Finding } from '../../../access/lint/finding';
import { lint } from '../../../access/lint/lint';
import { lintRules } from '../../../access/lint/rules';
import { toSarif, type SarifOptions } from '../../../access/lint/sarif';
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
    expect(log.$schema).toMatch(/^https:.*sarif-2\.1\.0\.json$/);
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

describe('a result', () => {
  interface Result {
    readonly locations: readonly unknown[];
    readonly partialFingerprints: Readonly<Record<string, string>>;
  }
  const finding: Finding = { rule: 'dead-stanza', severity: 'warning', message: 'm' };
  const resultOf = (changes: Partial<Finding>): Result | undefined => {
    const [run] = toSarif([{ ...finding, ...changes }]).runs as readonly { readonly results: readonly Result[] }[];
    return run?.results[0];
  };

  it.each<[string, Partial<Finding>, unknown]>([
    ['nothing', {}, {}],
    ['a line', { source: { line: 3 } }, {}],
    ['a file', { source: { file: 'a/b c.yaml' } }, { physicalLocation: { artifactLocation: { uri: 'a/b%20c.yaml' } } }],
    [
      'a line of a file that is not the policy itself, and so no column of the policy',
      { source: { file: 'a.yaml', line: 7 }, position: { line: 2, column: 3 } },
      { physicalLocation: { artifactLocation: { uri: 'a.yaml' }, region: { startLine: 7 } } },
    ],
    [
      'an address of Terraform',
      { source: { address: 'stack: vault_policy.p' } },
      { message: { text: 'stack: vault_policy.p' } },
    ],
    [
      'an address with braces, which are doubled as they are no placeholders',
      { source: { address: 'vault_policy.p{0}' } },
      { message: { text: 'vault_policy.p{{0}}' } },
    ],
    [
      'a principal',
      { cluster: 'c', principal: 'approle:approle/role/x' },
      { logicalLocations: [{ fullyQualifiedName: 'c approle:approle/role/x', kind: 'resource' }] },
    ],
  ])('with %s has this place', (_, changes, location) => {
    expect(resultOf(changes)?.locations).toStrictEqual([location]);
  });

  it('has doubled braces in its message', () => {
    expect(resultOf({ message: 'secret/{{identity.entity.name}}/*' })).toMatchObject({
      message: { text: 'secret/{{{{identity.entity.name}}}}/*' },
    });
  });

  it('has the same fingerprint in another line, and another one for everything else', () => {
    const print = (changes: Partial<Finding>) => resultOf(changes)?.partialFingerprints['finding/v1'];
    const original = print({});
    expect(original).toMatch(/^[0-9a-f]{32}$/);
    expect(print({ source: { file: 'f', line: 2 }, position: { line: 1, column: 1 } })).toBe(original);
    const others = [
      { rule: 'dead-deny' },
      { cluster: 'c' },
      { policy: 'p' },
      { principal: 'p' },
      { path: 'a' },
      { message: 'n' },
    ];
    expect(new Set([original, ...others.map(print)]).size).toBe(others.length + 1);
  });
});

describe('the rules of a log', () => {
  const rules = (options: SarifOptions) => {
    const [run] = toSarif([], options).runs as readonly {
      readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly unknown[] } };
    }[];
    return run?.tool.driver;
  };

  it('are all rules and suppressions, with their level and the address of their page', () => {
    const driver = rules({ pages: 'https://example.org/' });
    expect(driver?.name).toBe('vault-platform access lint');
    expect(driver?.rules).toHaveLength(lintRules.length + 1);
    expect(driver?.rules).toContainEqual({
      id: 'dead-stanza',
      shortDescription: { text: 'a stanza that never decides' },
      defaultConfiguration: { level: 'warning' },
      helpUri: 'https://example.org/dead-stanza.md',
    });
    expect(driver?.rules.at(-1)).toEqual({
      id: 'suppression',
      shortDescription: { text: 'a suppression that is wrong, expired or not needed' },
      defaultConfiguration: { level: 'warning' },
    });
    expect(rules({})?.rules[0]).not.toHaveProperty('helpUri');
  });
});
