import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';

import { loadInventory } from '../../model/load';
import { readInventory, readInventoryFiles } from '../../model/read';
import { jsonSchemas } from '../../model/schema/kinds';
import { renderTenant, tenantNameProblems } from '../../model/tenant-template';

const directory = path.join(process.cwd(), 'inventory');
const files = readInventoryFiles(directory).flatMap((file) =>
  'bytes' in file && file.path.endsWith('.yaml') ? [{ path: file.path, text: Buffer.from(file.bytes).toString() }] : [],
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

  it('lets the tests of the authentication service write documents in ci, from integ alone', () => {
    const service = readInventory(directory).tenants.find(({ name }) => name === 'auth-service');
    const policies = service?.environments.flatMap(({ environment, policies: own }) =>
      own.map(({ name, grants }) => ({
        name,
        in: environment.name,
        grants: grants.map((grant) => [grant.environment.name, grant.path, ...grant.capabilities]),
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
  const validators = new Map([...schemas].map(([name, schema]) => [name, ajv.compile(JSON.parse(schema) as object)]));

  it('are published as the program has them; `npm run schema` writes them', () => {
    const texts = readdirSync(published).map((name) => [name, readFileSync(path.join(published, name), 'utf8')]);
    expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(schemas));
  });

  it.each(files.map((file) => [file.path, file.text] as const))('accept %s, which names its schema', (file, text) => {
    const [, reference = ''] = /^# yaml-language-server: \$schema=(.*)\n/.exec(text) ?? [];
    const schema = path.posix.join(path.posix.dirname(file), reference);
    const kind = file.split('/')[0]?.slice(0, -1);
    expect(schema).toBe(`schema/${kind}.schema.json`);
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

  it('say what every key means', () => {
    const undescribed = [...schemas].flatMap(([name, schema]) => {
      const keys = Object.entries(
        (JSON.parse(schema) as { properties: Record<string, { description?: string }> }).properties,
      );
      return keys.filter(([, { description }]) => description === undefined).map(([key]) => `${name} ${key}`);
    });
    expect(undescribed).toEqual([]);
  });
});

describe('a new tenant', () => {
  it('is written so that it can be loaded, also with what stands in comments', () => {
    const text = renderTenant('fresh', ['devel', 'stag']);
    const [always = '', ...optional] = text.split(/^#\n/m);
    const uncommented = [always, ...optional.map((part) => part.replaceAll(/^# /gm, ''))].join('');
    expect(uncommented).not.toBe(text);
    for (const content of [text, uncommented]) {
      const fresh = { path: 'tenants/web/fresh.yaml', bytes: Buffer.from(content) };
      const { tenants } = loadInventory([...readInventoryFiles(directory), fresh]);
      const tenant = tenants.find(({ name }) => name === 'fresh');
      expect(tenant?.environments.map(({ environment }) => environment.name)).toEqual(['devel', 'stag']);
    }
  });

  it('cannot have every name', () => {
    expect(tenantNameProblems('web', 'shop')).toEqual([]);
    expect(tenantNameProblems('platform', 'Web Shop').map(({ message, mend }) => `${message}: ${mend}`)).toEqual([
      '`platform` is reserved and cannot name a team: choose another name; reserved are admin, provisioner, root, default, engines, infrastructure, platform, server',
      'this cannot name a tenant: choose another name, for example `web-shop`',
    ]);
  });
});
