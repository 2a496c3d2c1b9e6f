import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

import { describeError } from '../../cli/exit';
import { PlatformError } from '../../model/errors';
import type { Inventory } from '../../model/inventory';
import { loadInventory } from '../../model/load';
import { readInventoryFiles } from '../../model/read';

const readme = readFileSync('README.md', 'utf8');
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, text]) => text ?? '');
const [tenant = '', program = '', environment = '', deployment = ''] = blocks('yaml');

/** The inventory of this repository with one file more. */
const withFile = (path: string, text: string): Inventory =>
  loadInventory([...readInventoryFiles('inventory'), { path, bytes: Buffer.from(text) }]);

describe('the README', () => {
  it('shows a tenant of five lines that this inventory takes', () => {
    const { tenants } = withFile('tenants/storefront/gift-cards.yaml', tenant);
    expect(tenant.trimEnd().split('\n')).toHaveLength(5);
    expect(tenants.find(({ name }) => name === 'gift-cards')).toMatchObject({ team: 'storefront' });
  });

  it('shows a program on Kubernetes that the example takes', () => {
    const file = 'tenants/shop/basket.yaml';
    const others = readInventoryFiles('examples/kubernetes/inventory').filter(({ path }) => path !== file);
    const text = `description: Keeps baskets\nenvironments: [live]\n${program.replace('type: kubernetes', 'type: kubernetes\n        method: apps-blue')}`;
    const { tenants } = loadInventory([...others, { path: file, bytes: Buffer.from(text) }]);
    expect(tenants.find(({ name }) => name === 'basket')?.environments[0]?.policies).toHaveLength(1);
  });

  it('shows an environment that this inventory takes', () => {
    const { environments } = withFile('environments/perf.yaml', environment);
    expect(environments.find(({ name }) => name === 'perf')).toMatchObject({ cluster: { name: 'nonprod' } });
  });

  it('shows servers that a cluster of this inventory can have', () => {
    const file = 'clusters/nonprod.yaml';
    const others = readInventoryFiles('inventory').filter(({ path }) => path !== file);
    // TLS passes through Traefik, which listens on the usual port.
    const text = readFileSync(`inventory/${file}`, 'utf8').replace(':8200', '') + deployment;
    const files = [...others, { path: file, bytes: Buffer.from(text) }];
    const [cluster] = loadInventory(files).clusters;
    expect(cluster?.server).toMatchObject({ platform: 'kubernetes', replicas: 3 });
  });

  it('shows an error as it is printed', () => {
    const wrong = tenant.replace('- devel', '- develop');
    let printed = '';
    try {
      withFile('tenants/storefront/gift-cards.yaml', wrong);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      printed = stripVTControlCharacters(describeError(error));
    }
    expect(blocks('text')).toEqual([`${printed}\n`]);
  });
});
