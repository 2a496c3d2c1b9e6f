import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';

import { readInventory, readInventoryFiles } from '../../model/read';
import { jsonSchemas } from '../../model/source/kinds';
import { exampleInventories } from '../support/inventory/examples';
import { richInventory } from './rich-inventory';
import { load } from './small-inventory';

const directory = path.join(process.cwd(), 'inventory');
const filesOf = (folder: string): { path: string; text: string }[] =>
  readInventoryFiles(folder).flatMap((file) =>
    'bytes' in file && file.path.endsWith('.yaml')
      ? [{ path: file.path, text: Buffer.from(file.bytes).toString() }]
      : [],
  );
const files = filesOf(directory);
const shown = exampleInventories().flatMap((example) =>
  filesOf(example.directory).map((file) => [path.join(example.directory, file.path), file.text] as const),
);

describe('the inventory of this repository', () => {
  it('has the environments in their clusters, and teams with tenants', () => {
    const { environments, tenants } = readInventory(directory);
    expect(environments.map(({ name, cluster }) => `${name} in ${cluster.name}`)).toEqual([
      'ci in nonprod',
      'devel in nonprod',
      'integ in nonprod',
      'prod in prod',
      'stag in nonprod',
    ]);
    expect(new Set(tenants.map(({ team }) => team)).size).toBeGreaterThanOrEqual(4);
    expect(tenants.length).toBeGreaterThanOrEqual(7);
  });

  it('allows the tests of the authentication service to write documents in ci, from integ only', () => {
    const service = readInventory(directory).tenants.find(({ name }) => name === 'auth-service');
    const policies = service?.environments.flatMap(({ environment, policies: own }) =>
      own.map(({ name, grants }) => ({
        name,
        in: environment.name,
        grants: grants.map((grant) =>
          grant.type === 'documents' ? [grant.environment.name, grant.path, ...grant.operations] : grant.type,
        ),
      })),
    );
    expect(policies).toEqual([
      {
        name: 'integ-auth-service-read-write',
        in: 'integ',
        grants: [['ci', 'vault-integ-test/*', 'create', 'read', 'update', 'delete']],
      },
    ]);
  });

  it('has examples in its documentation that can be loaded', () => {
    const readme = readFileSync(path.join(directory, 'README.md'), 'utf8');
    const examples = [...readme.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text);
    const about = (key: string): string => examples.find((text) => text.startsWith(`${key}:`)) ?? '';
    const tenant = `description: x\nenvironments: [devel, stag]\n${about('policies')}`;
    const certificates = 'certificates: {broker: {authority: kafka, use: peer, domains: [x], ttl: 1h}}\n';
    const environment = `description: x\ncluster: west\nstate: {backend: local}\n${about('authorities')}`;
    const added = { 'tenants/web/bus-two.yaml': tenant + certificates, 'environments/new.yaml': environment };
    const { environments, tenants } = load(added, richInventory);
    expect(environments.find(({ name }) => name === 'new')?.authorities).toHaveLength(2);
    expect(tenants.find(({ name }) => name === 'bus-two')?.environments[1]?.policies[0]?.grants).toHaveLength(2);
  });

  it('needs no more than five lines for a tenant', () => {
    const lengths = files
      .filter((file) => file.path.startsWith('tenants/'))
      .map((file) => file.text.trim().split('\n').length);
    expect(Math.min(...lengths)).toBeLessThanOrEqual(5);
  });
});

describe('JSON Schemas', () => {
  const schemas = jsonSchemas();
  const published = path.join(directory, 'schema');
  const ajv = new Ajv2020({ allErrors: true });
  // An annotation that editors know.
  ajv.addVocabulary(['markdownDescription']);
  const validators = new Map([...schemas].map(([name, schema]) => [name, ajv.compile(JSON.parse(schema) as object)]));

  it('are up to date; `npm run schema` writes them', () => {
    const texts = readdirSync(published).map((name) => [name, readFileSync(path.join(published, name), 'utf8')]);
    expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(schemas));
  });

  it.each(shown)('accept %s, which names its schema', (file, text) => {
    const [, reference = ''] = /^# yaml-language-server: \$schema=(.*)\n/.exec(text) ?? [];
    const schema = path.join(path.dirname(file), reference);
    const kind = /\/(cluster|environment|tenant)s\/|\/(names)\.yaml$/.exec(file)?.slice(1).find(Boolean);
    expect(schema).toBe(`inventory/schema/${kind}.schema.json`);
    const validate = validators.get(path.basename(schema));
    expect([validate?.(parse(text)), validate?.errors]).toEqual([true, null]);
  });

  it('refuse what the loader refuses', () => {
    const validate = validators.get('tenant.schema.json');
    for (const wrong of [
      { description: 'x' },
      { description: '${x}', environments: ['a'] },
      { description: 'x', environments: ['a', 'a'] },
      { description: 'x', environments: ['a'], b: 1 },
    ]) {
      expect(validate?.(wrong)).toBe(false);
    }
  });

  it('describe every key', () => {
    const undescribed = [...schemas].flatMap(([name, schema]) =>
      keysIn(JSON.parse(schema), name)
        .filter(({ description }) => description === undefined)
        .map(({ path: place }) => place),
    );
    expect(undescribed).toEqual([]);
  });

  it('accept every key that the loader accepts', () => {
    for (const [file, text] of Object.entries(richInventory)) {
      const validate = validators.get(`${file.split('/')[0]?.slice(0, -1)}.schema.json`);
      expect([file, validate?.(parse(text)), validate?.errors]).toEqual([file, true, null]);
    }
  });
});

/** Every key of a JSON Schema, with where it stands and what is said about it. */
function keysIn(schema: unknown, place: string): { path: string; description: unknown }[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) =>
    key === 'properties'
      ? Object.entries(value as Record<string, { description?: unknown }>).flatMap(([name, inner]) => [
          { path: `${place} ${name}`, description: inner.description },
          ...keysIn(inner, `${place} ${name}`),
        ])
      : keysIn(value, place),
  );
}
