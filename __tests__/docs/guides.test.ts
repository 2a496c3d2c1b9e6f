import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

import { describeError } from '../../cli/exit';
import { PlatformError } from '../../model/errors';
import type { Inventory } from '../../model/inventory';
import { loadInventory } from '../../model/load';
import { readInventoryFiles } from '../../model/read';
import { withOwners } from '../support/inventory/with-owners';
import { codeBlocks } from '../support/markdown/readme';

/** The blocks of a language in a guide that contain a text. */
const shown = (guide: string, language: string, text: string): string[] =>
  codeBlocks(readFileSync(`docs/guides/${guide}.md`, 'utf8'), language).filter((block) => block.includes(text));

/** An inventory with some files changed or added; each change gets the old text, or an empty one. */
function inventoryWith(folder: string, changes: Readonly<Record<string, (text: string) => string>>): Inventory {
  const changed = Object.entries(changes).map(([path, change]) => {
    const file = `${folder}/${path}`;
    return { path, bytes: Buffer.from(change(existsSync(file) ? readFileSync(file, 'utf8') : '')) };
  });
  const others = readInventoryFiles(folder).filter(({ path }) => changes[path] === undefined);
  return loadInventory(withOwners([...others, ...changed]));
}

const tenant = 'description: Gift cards\nenvironments: [devel, stag]\n';
const authority = 'authorities: {internal: {description: x, commonName: x, ttl: 3650d, maxLeafTtl: 30d}}\n';

describe('the guide for teams', () => {
  it.each(['keys:', 'agents:', 'keySet: existing'])('shows a tenant with `%s` that can be loaded', (key) => {
    const [text = ''] = shown('team', 'yaml', key);
    const { tenants } = inventoryWith('inventory', {
      'tenants/storefront/gift-cards.yaml': () => (text.startsWith('description:') ? text : tenant + text),
      'environments/devel.yaml': (devel) => devel + authority,
      'environments/stag.yaml': (stag) => stag + authority,
    });
    expect(tenants.find(({ name }) => name === 'gift-cards')?.environments).toHaveLength(2);
  });
});

describe('the guide for platform teams', () => {
  it('shows an environment that can be loaded', () => {
    const [demo = ''] = shown('platform', 'yaml', 'cluster: nonprod');
    const { environments } = inventoryWith('inventory', { 'environments/demo.yaml': () => demo });
    expect(environments.map(({ name }) => name)).toContain('demo');
  });

  it('shows the errors that are printed', () => {
    const [printed] = shown('platform', 'text', 'tokenTLL');
    let message = '';
    try {
      inventoryWith('inventory', {
        'environments/prod.yaml': (prod) => prod.replace('tokenTtl', 'tokenTLL'),
        'tenants/storefront/checkout.yaml': (checkout) => checkout.replace('- devel', '- devl'),
      });
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      message = stripVTControlCharacters(describeError(error));
    }
    expect(`${message}\n`).toBe(printed);
  });
});

describe('the guide to auth methods', () => {
  it('shows logins of programs and pipelines that can be loaded', () => {
    const [policies = ''] = shown('auth-methods', 'yaml', 'policies:');
    const [pipelines = ''] = shown('auth-methods', 'yaml', 'type: jwt');
    const logins = pipelines
      .replace(/^logins:\n/, '')
      .replaceAll(/^/gm, '    ')
      .trimEnd();
    const text = `description: x\nenvironments: [live]\n${policies.replace('type: kubernetes', 'type: kubernetes\n        method: apps-blue')}${logins}\n`;
    const { tenants } = inventoryWith('examples/kubernetes/inventory', { 'tenants/shop/basket.yaml': () => text });
    const [live] = tenants.find(({ name }) => name === 'basket')?.environments ?? [];
    expect(live?.policies[0]?.logins.map(({ type }) => type)).toEqual(['kubernetes', 'jwt']);
  });
});
