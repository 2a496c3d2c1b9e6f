import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { App } from 'cdktf';

import { loadInventory } from '../../../model/load';
import { planStacks } from '../../../stacks/create-stacks';
import { objectKind, type Attributes } from '../../../synthesis/objects/object-kinds';
import { richInventory } from '../../model/rich-inventory';

const files = Object.entries(richInventory).map(([file, text]) => ({ path: file, bytes: Buffer.from(text) }));

type ByType = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

/** Resources of the vault provider in every stack of a cluster, with the values that a plan has: references to arguments are resolved. */
function synthesised(): [string, Attributes][] {
  const app = new App({ outdir: path.join(tmpdir(), 'vault-platform-app') });
  return planStacks(loadInventory(files)).flatMap(({ origin, create }) => {
    if (origin.cluster !== 'west') return [];
    const { resource = {} } = JSON.parse(JSON.stringify(create(app).toTerraform())) as { resource?: ByType };
    return Object.entries(resource)
      .filter(([type]) => type.startsWith('vault_'))
      .flatMap(([type, named]) =>
        Object.values(named).map((each): [string, Attributes] => [type, resolved(each, resource)]),
      );
  });
}

function resolved(attributes: Attributes, resources: ByType): Attributes {
  const entries = Object.entries(attributes).map(([key, value]) => {
    if (typeof value !== 'string') return [key, value] as const;
    const text = value.replaceAll(
      /\$\{(\w+)\.([\w-]+)\.(\w+)\}/g,
      (found, type: string, name: string, field: string) => {
        const known = resources[type]?.[name]?.[field];
        return typeof known === 'string' ? known : found;
      },
    );
    return [key, text] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => typeof value !== 'string' || !value.includes('${')));
}

it('knows every resource that the stacks synthesise', () => {
  const resources = synthesised();
  expect(resources.length).toBeGreaterThan(60);
  const unknown = resources.filter(([type, attributes]) => objectKind(type, attributes) === undefined);
  expect(unknown).toEqual([]);
});

it('knows every resource type that a construct uses', () => {
  const files = readdirSync('constructs', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const imports = files.flatMap((file) => [
    ...readFileSync(path.join('constructs', file), 'utf8').matchAll(/'@cdktf\/provider-vault\/lib\/([a-z0-9-]+)'/g),
  ]);
  const types = new Set(imports.map(([, name = '']) => `vault_${name.replaceAll('-', '_')}`));
  const own = [...types].filter((type) => !/^vault_(data_.*|generic_endpoint)$/.test(type));
  expect(own.length).toBeGreaterThan(25);
  expect(own.filter((type) => objectKind(type, {}) === undefined)).toEqual([]);
});

it('finds each object that a team has at a path of its own', () => {
  const paths = synthesised().flatMap(([type, attributes]) => {
    const kind = objectKind(type, attributes);
    return kind === 'part' || kind === undefined || kind.lookup !== undefined
      ? []
      : [`${kind.title} ${kind.path(attributes)}`];
  });
  expect(paths).toContain('policy sys/policies/acl/admin');
  expect(paths.filter((each) => each.endsWith('undefined'))).toEqual([]);
  expect(new Set(paths).size).toBe(paths.length);
});

it('reads a document through its metadata, and leaves settings of mounts and roles out', () => {
  const endpoint = (at: string): unknown => objectKind('vault_generic_endpoint', { path: at });
  expect(endpoint('v1/devel/kv/data/checkout/configs')).toMatchObject({ title: 'document' });
  for (const at of ['sys/mounts/v1/devel/kv/tune', 'auth/people/config', 'v1/devel/pki/kafka/config/crl']) {
    expect([at, endpoint(at)]).toEqual([at, 'part']);
  }
  expect(endpoint('sys/policies/acl/other')).toBeUndefined();
});
