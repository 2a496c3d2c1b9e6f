import { parsePolicy } from '../../../access/policy/parse-policy';
import type { PlacedPolicy } from '../../../access/principals/access-model';
import type { PlacedModel } from '../../../access/report/entry';
import { placeStanza } from '../../../access/report/stanza-text';

const placedModel = (text: string, place: Partial<PlacedPolicy> = {}, places?: PlacedModel['places']): PlacedModel => ({
  model: {
    server: 'vault-2',
    policies: new Map([['p', { policy: parsePolicy('p', text, 'vault-2'), text, ...place }]]),
    principals: [],
    mounts: [],
  },
  ...(places && { places }),
});

/** Texts of all stanzas. */
const textsOf = (text: string): readonly string[] => {
  const placed = placedModel(text);
  return (placed.model.policies.get('p')?.policy.stanzas ?? []).map(
    (stanza) => placeStanza({ policy: 'p', ...stanza }, placed).text,
  );
};

describe('the text of a stanza', () => {
  it.each([
    ['alone', 'path "a" {}', ['path "a" {}']],
    [
      'after others',
      'path "a" {\n  capabilities = ["read"]\n}\n\npath "b" { capabilities = [] } # end\n',
      ['path "a" {\n  capabilities = ["read"]\n}', 'path "b" { capabilities = [] }'],
    ],
    ['on one line with another', 'path "a" {} path "b" {}', ['path "a" {}', 'path "b" {}']],
    [
      'with braces in strings and comments',
      'path "a}" {\n  # }\n  // {\n  capabilities = ["read"]\n}\npath "}\\"}" {\n}',
      ['path "a}" {\n  # }\n  // {\n  capabilities = ["read"]\n}', 'path "}\\"}" {\n}'],
    ],
    [
      'with blocks inside',
      'path "a" {\n  allowed_parameters = {\n    "x" = []\n  }\n}\npath "b" {}',
      ['path "a" {\n  allowed_parameters = {\n    "x" = []\n  }\n}', 'path "b" {}'],
    ],
    [
      'that is indented',
      '  path "a" {\n    capabilities = ["read"]\n  }\n\tpath "b" {\n\t\tcapabilities = []\n\t}',
      ['path "a" {\n  capabilities = ["read"]\n}', 'path "b" {\n\tcapabilities = []\n}'],
    ],
    ['after characters of two code units', '/* 😀 */ path "a" {}', ['path "a" {}']],
    ['in JSON', '{"path": {"a": {"capabilities": ["read"]}}}', ['"path": {"a": {"capabilities": ["read"]}}']],
  ])('%s is the block', (_, text, texts) => {
    expect(textsOf(text)).toEqual(texts);
  });

  it('is empty for a policy that has none', () => {
    const reference = { policy: 'root', path: '*', position: { line: 1, column: 1 } };
    expect(placeStanza(reference, placedModel('# nothing'))).toEqual({ policy: 'root', path: '*', line: 1, text: '' });
  });

  it('is the line, if no brace closes the block, and empty for a line that does not exist', () => {
    const placed = placedModel('path "a" {}');
    const { model } = placed;
    const broken = new Map([['p', { ...model.policies.get('p')!, text: '  path "a" {  \n x' }]]);
    const at = (line: number): string =>
      placeStanza({ policy: 'p', path: 'a', position: { line, column: 1 } }, { model: { ...model, policies: broken } })
        .text;
    expect([at(1), at(9)]).toEqual(['path "a" {', '']);
  });
});

describe('the place of a stanza', () => {
  const placeOf = (...args: Parameters<typeof placedModel>): unknown =>
    placeStanza({ policy: 'p', path: 'a', position: { line: 2, column: 1 } }, placedModel(...args)).source;
  const text = '\npath "a" {}';

  it.each([
    [{}, undefined],
    [{ source: { address: 'x.y' } }, { address: 'x.y' }],
    [{ source: { file: 'p.hcl' } }, { file: 'p.hcl', line: 2 }],
    [{ source: { file: 'p.yaml', line: 7 } }, { file: 'p.yaml', line: 7 }],
  ])('of a policy at %j is %j', (place, source) => {
    expect(placeOf(text, place)).toEqual(source);
  });

  it('is the line of the inventory, if that is known', () => {
    const ofStanza = ({ policy: { name } }: PlacedPolicy, path: string) =>
      path === 'a' ? { file: `${name}.yaml`, line: 9 } : undefined;
    const places = { ofStanza, ofPrincipal: () => undefined };
    expect(placeOf(text, { source: { file: 'p.hcl' } }, places)).toEqual({ file: 'p.yaml', line: 9 });
    const none = { ...places, ofStanza: () => undefined };
    expect(placeOf(text, { source: { file: 'p.hcl' } }, none)).toEqual({ file: 'p.hcl', line: 2 });
  });
});
