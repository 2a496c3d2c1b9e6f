import type { AccessModel, Owner } from '../../../access/principals/access-model';
import { OwnData } from '../../../access/report/own-data';
import { placedPolicy } from '../../support/access/example-comparison';

const of = (tenant: string, environment = 'devel'): Owner => ({ team: 'payments', tenant, environment });
const modelOf = (policies: readonly ReturnType<typeof placedPolicy>[]): AccessModel => ({
  server: 'openbao-2.7',
  policies: new Map(policies.map((placed) => [placed.policy.name, placed])),
  principals: [],
  mounts: [],
});

describe('whose data a pattern includes', () => {
  const data = new OwnData([
    modelOf([
      placedPolicy('ledger', { 'kv/ledger/*': ['read'], 'kv/shared/*': ['read'] }, { owner: of('ledger') }),
      placedPolicy('prod', { 'prod/ledger-x': ['read'], 'kv/ledger': ['read'] }, { owner: of('ledger', 'prod') }),
      placedPolicy(
        'search',
        { 'kv/search/*': ['read'], 'kv/searching': ['read'], 'kv/search/no': ['deny'], 'x/search': ['deny'] },
        { owner: of('search') },
      ),
      placedPolicy('search-2', { 'kv/search/*': ['list'] }, { owner: of('search') }),
      placedPolicy('platform', { 'kv/*': ['read'] }),
    ]),
    modelOf([placedPolicy('events', { 'kv/events/*': ['read'] }, { owner: of('events') })]),
  ]);
  const others = (pattern: string, owner = of('ledger')): readonly string[] =>
    data.othersIn(pattern, owner).map(({ tenant, environment }) => `${tenant} ${environment}`);

  it.each([
    ['kv/search/a', ['search devel']],
    ['kv/search/*', ['search devel']],
    ['kv/ledger/a', []],
    ['kv/ledger', ['ledger prod']],
    ['prod/*', ['ledger prod']],
    ['kv/shared/a', []],
    ['kv/searching', []],
    ['x/search', []],
    ['kv/*', ['ledger prod', 'search devel', 'events devel']],
  ])('%s includes data of %j', (pattern, owners) => {
    expect([...others(pattern)].sort()).toEqual([...owners].sort());
  });

  it('depends on who asks', () => {
    expect(others('kv/ledger/a', of('search'))).toEqual(['ledger devel']);
    expect(others('prod/*', of('ledger', 'prod'))).toEqual([]);
  });

  it('has four owners at most', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const many = new OwnData([
      modelOf(names.map((tenant) => placedPolicy(tenant, { [`kv/${tenant}/*`]: ['read'] }, { owner: of(tenant) }))),
    ]);
    expect(many.othersIn('kv/*', of('x'))).toHaveLength(4);
  });
});
