import path from 'node:path';

import { renderTenant, tenantNameProblems } from '../../cli/tenant-template';
import { loadInventory } from '../../model/load';
import { readInventoryFiles } from '../../model/read';

const directory = path.join(process.cwd(), 'inventory');

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
    expect(tenantNameProblems('platform', 'Web Shop').map(({ message, fix }) => `${message}: ${fix}`)).toEqual([
      '`platform` is reserved and cannot name a team: choose another name; reserved are admin, provisioner-platform, provisioner-engines, provisioner-teams, provisioner, root, default, engines, infrastructure, platform, server',
      'this cannot name a tenant: choose another name, for example `web-shop`',
    ]);
  });
});
