import { loadInventory } from '../../../model/load';
import { inventoryFiles, type Files } from '../small-inventory';
import { base, problemsOf, tenant } from './named-inventory';

describe('names on the server', () => {
  const on = (files: Files): string => problemsOf(() => loadInventory(inventoryFiles(files, base)));
  const inserted = (file: string, key: string, line: string): Files => ({
    [file]: String(base[file]).replace(key, `${key}${line}`),
  });

  test('are unique among tenants, environments, authorities and auth methods', () => {
    expect(on({ 'tenants/shop/cart.yaml': `${tenant}nameOnServer: basket\n` })).toContain(
      'there are two tenants `basket`',
    );
    expect(
      on({ 'environments/stag.yaml': `${String(base['environments/devel.yaml'])}nameOnServer: devel\n` }),
    ).toContain('inventory/environments/stag.yaml:18:15  the stack `devel-engines` would exist twice');
    expect(on(inserted('environments/devel.yaml', '  kafka: {', 'nameOnServer: root, '))).toContain(
      'inventory/environments/devel.yaml:7:3  `root` would be mounted twice in the environment devel',
    );
    const other =
      '  other: {type: jwt, nameOnServer: ci, description: Others, boundIssuer: other, jwksUrl: https://ci.example.com/keys}\n';
    expect(on(inserted('clusters/west.yaml', 'auth:\n', other))).toContain(
      '`ci` would be mounted twice in the cluster west',
    );
  });

  test('obey the rules of names', () => {
    expect(on({ 'tenants/shop/basket.yaml': `${tenant}nameOnServer: Data\n` })).toContain('choose another name');
    expect(on({ 'tenants/shop/basket.yaml': `${tenant}nameOnServer: data\n` })).toContain('`data` is reserved');
    expect(on(inserted('clusters/west.yaml', 'type: jwt\n', '    nameOnServer: approle\n'))).toContain('is reserved');
  });

  test('are in derived names, and `{environment}` is replaced by them', () => {
    const { environments, tenants } = loadInventory(
      inventoryFiles(inserted('environments/devel.yaml', '', 'nameOnServer: dev\n'), base),
    );
    expect(environments[0]).toMatchObject({ name: 'dev', inventoryName: 'devel' });
    expect(tenants.find(({ name }) => name === 'ledger')?.environments[0]?.policies[0]?.name).toBe('ledger.ci.dev');
  });
});
