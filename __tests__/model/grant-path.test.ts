import { grantPathRule, repeatedFault } from '../../model/language/rules/grant-path';

const fixOf = (path: string): string | undefined => repeatedFault(path, 'shop')?.fix;

describe('a path of documents that is not relative to the tenant’s folder', () => {
  const prefixes = ['', 'v1/', 'v1/v1/'].flatMap((version) => [
    ...['devel/kv/data/', 'devel/kv/metadata/', 'devel/kv/', 'devel/kv1/'].map((mount) => `${version}${mount}`),
  ]);
  const others = ['kv/data/', 'kv/', 'secret/data/', 'data/', 'metadata/', 'destroy/', ''];
  it.each([...prefixes, ...others].flatMap((prefix) => [`${prefix}shop/`, `/${prefix}shop/`]))('%s', (prefix) => {
    for (const [path, meant] of [
      ['configs', 'configs'],
      ['tests/*', 'tests/*'],
      ['', '*'],
    ] as const) {
      expect(fixOf(`${prefix}${path}`)).toBe(`write \`${meant}\``);
      expect(repeatedFault(meant, 'shop')).toBeUndefined();
    }
  });

  it('gets a fix that needs no second one', () => {
    expect(fixOf('shop/shop/a')).toBe('write `a`');
    expect(fixOf('/a')).toBe('write `a`');
    expect(fixOf('v1/devel/kv/data/shop')).toBe('write `*`');
    expect(fixOf('v1/devel/kv/data/ledger/a')).toBe(
      'write what is below `shop/`: documents in other folders cannot be granted',
    );
  });

  it.each(['a', 'data/a', 'kv/a', 'shop', 'shop-2/a', 'v1/a', 'v1/devel/a', 'a/shop/b', '*', '+/a', 'data/'])(
    'is not %s',
    (path) => {
      expect(repeatedFault(path, 'shop')).toBeUndefined();
    },
  );

  it.each(['/', '//a', '/../a'])('is refused by the rule itself if it is %s', (path) => {
    expect(grantPathRule.fault(path)).toBeDefined();
  });
});
