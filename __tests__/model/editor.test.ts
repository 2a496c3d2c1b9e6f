import { stringify } from 'yaml';

import { jsonSchemas } from '../../model/source/kinds';
import { YamlLanguageServer, type EditorPosition } from '../support/editor/yaml-language-server';

/** The keywords of the published schemas that say what an editor shows. */
interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Node | false;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly const?: string;
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
}

/** A key of a schema, and the smallest value of a file that has it. */
interface Key {
  readonly path: string;
  readonly name: string;
  readonly node: Node;
  /** @param value what the key holds */
  readonly file: (value: unknown) => unknown;
}

const placeholder = 'PLACEHOLDER';
const files = {
  cluster: 'clusters/x.yaml',
  environment: 'environments/x.yaml',
  tenant: 'tenants/team/x.yaml',
  names: 'names.yaml',
};
const folders = { cluster: '..', environment: '..', tenant: '../..', names: '.' } as const;

function keysOf(node: Node, path: string, file: Key['file']): Key[] {
  const { properties = {}, required = [], additionalProperties, items, anyOf = [], oneOf = [] } = node;
  // What tells one shape of a choice from the others.
  const telling = ([name, { const: only, type }]: [string, Node]): [string, string][] => {
    if (only !== undefined) return [[name, only]];
    return type === 'string' && required.includes(name) ? [[name, 'x']] : [];
  };
  const constants = Object.fromEntries(Object.entries(properties).flatMap(telling));
  return [
    ...[...anyOf, ...oneOf].flatMap((shape, index) => keysOf(shape, `${path}|${index}`, file)),
    ...(items === undefined ? [] : keysOf(items, `${path}[]`, (value) => file([value]))),
    ...(additionalProperties ? keysOf(additionalProperties, `${path}.*`, (value) => file({ entry: value })) : []),
    ...Object.entries(properties).flatMap(([name, inner]) => {
      const within: Key['file'] = (value) => file({ ...constants, [name]: value });
      return [
        { path: `${path}.${name}`, name, node: inner, file: within },
        ...keysOf(inner, `${path}.${name}`, within),
      ];
    }),
  ];
}

const schemas = [...jsonSchemas()].map(([name, text]) => {
  const kind = name.split('.')[0] as keyof typeof files;
  return { kind, keys: keysOf(JSON.parse(text) as Node, kind, (value) => value) };
});

/** A file that has a key alone, and where the key and its value begin. */
function fileWith(
  { name, node, file }: Key,
  kind: keyof typeof files,
): { text: string; key: EditorPosition; value: EditorPosition } {
  const body = stringify(file(node.const ?? placeholder));
  const text = `# yaml-language-server: $schema=${folders[kind]}/schema/${kind}.schema.json\n${body}`;
  const lines = text.split('\n');
  const line = lines.findIndex((one) => one.includes(`${name}: ${String(node.const ?? placeholder)}`));
  const character = (lines[line] ?? '').indexOf(`${name}: `);
  return {
    text: text.replace(` ${placeholder}`, ' '),
    key: { line, character: character + 1 },
    value: { line, character: character + name.length + 2 },
  };
}

let editor: YamlLanguageServer;
beforeAll(async () => {
  editor = await YamlLanguageServer.start();
});
afterAll(async () => {
  await editor.stop();
});

describe('an editor with yaml-language-server', () => {
  it.each(schemas)('shows one sentence and the default of every key of a $kind', async ({ kind, keys }) => {
    const lacking: string[] = [];
    for (const key of keys) {
      const { text, key: position } = fileWith(key, kind);
      const { uri } = await editor.open(files[kind], text);
      const shown = await editor.hover(uri, position);
      const { description = '', markdownDescription = description, default: preset } = key.node;
      const isThere = description !== '' && [description, markdownDescription].some((words) => shown.includes(words));
      if (!isThere || (preset !== undefined && !shown.includes('Default: '))) lacking.push(`${key.path}: ${shown}`);
    }
    expect(keys.length).toBeGreaterThan(15);
    expect(lacking).toEqual([]);
  });

  it.each(schemas)('offers the words that a key of a $kind can have', async ({ kind, keys }) => {
    const lacking: string[] = [];
    for (const key of keys.filter(({ node }) => node.enum !== undefined || node.type === 'boolean')) {
      const { text, value } = fileWith(key, kind);
      const { uri } = await editor.open(files[kind], text);
      const offered = (await editor.complete(uri, value)).map(({ label }) => label);
      const missing = (key.node.enum ?? [true, false]).map(String).filter((word) => !offered.includes(word));
      if (missing.length > 0) lacking.push(`${key.path}: ${missing.join(', ')} of ${offered.join(', ')}`);
    }
    expect(lacking).toEqual([]);
  });

  it('offers every key, and inserts nothing that it cannot write', async () => {
    const { uri } = await editor.open(
      files.tenant,
      '# yaml-language-server: $schema=../../schema/tenant.schema.json\ndescription: Pages\npolicies:\n  - name: a\n    \n',
    );
    const offered = await editor.complete(uri, { line: 4, character: 4 });
    expect(offered.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['environments', 'reason', 'grants', 'logins']),
    );
    expect(offered.filter(({ insertText }) => insertText.includes('[object'))).toEqual([]);
  });

  it('underlines an unknown key and a wrong word', async () => {
    const { messages } = await editor.open(
      files.tenant,
      '# yaml-language-server: $schema=../../schema/tenant.schema.json\ndescription: Pages\nenvironments: [devel]\nkeySet: creat\nfoo: 1\n',
    );
    expect(await messages).toEqual([
      'Value is not accepted. Valid values: "create", "existing", "none".',
      'Property foo is not allowed.',
    ]);
  });
});
