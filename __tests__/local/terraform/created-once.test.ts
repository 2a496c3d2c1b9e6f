import { ignoredChanges } from '../../../local/terraform/created-once';

const once = { lifecycle: { ignore_changes: 'all' } };
const one = (resource: Record<string, unknown>): Map<string, Record<string, unknown>> =>
  new Map([['a.root', resource]]);

describe('changes of resources that are created once', () => {
  it('name the settings that the server does not get', () => {
    const before = { data_json: JSON.stringify({ ttl: 60, common_name: 'Root 1', key_type: 'ec' }) };
    const after = { data_json: JSON.stringify({ ttl: 90, common_name: 'Other 1', key_type: 'ec' }), ...once };
    expect(ignoredChanges(one(after), one(before))).toEqual([
      'a.root was created with another common_name, ttl and keeps it; another generation would get the new one',
    ]);
    expect(ignoredChanges(one({ ttl: '90', ...once }), one({ ttl: 60 }))).toHaveLength(1);
  });

  it.each([
    ['nothing differs', { ttl: '60', ...once }, { ttl: 60 }],
    ['Terraform applies the change', { ttl: 90 }, { ttl: 60 }],
    ['a setting is known only to Terraform', { csr: '${a.request.csr}', ...once }, { csr: 'x' }],
    ['the state has no such setting', { ttl: 90, ...once }, {}],
  ])('are none where %s', (_, after, before) => {
    expect(ignoredChanges(one(after), one(before))).toEqual([]);
  });

  it('are none for a resource that is new', () => {
    expect(ignoredChanges(one({ ttl: 90, ...once }), new Map())).toEqual([]);
  });
});
