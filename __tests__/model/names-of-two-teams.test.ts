import fc from 'fast-check';

import type { Inventory } from '../../model/inventory';
import {
  engineMount,
  environmentQuota,
  keySetPolicy,
  kvMount,
  roleOfPolicy,
  roleQuota,
  tenantPolicy,
  tenantQuota,
} from '../../model/names';
import type { Tenant } from '../../model/tenant/tenant';
import { seed, soak } from '../support/soak';
import { load, problemsOf, smallInventory, type Files } from './small-inventory';

const words = ['a', 'b', 'basket', 'customer', 'data', 'devel', 'ro', 'role', 'environment', 'tenant', 'x1'];
/** Names that begin and end like others: `basket`, `basket-customer`, `customer-data`. */
const name = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('-'));
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 });

const allowed = (given: string): boolean => !['ro', 'rw', 'own', 'x1'].includes(given);

/** What a team writes into the file of a tenant. */
const contents = fc.record({ keys: names, certificates: names, policies: names.map((all) => all.filter(allowed)) });
type Contents = typeof contents extends fc.Arbitrary<infer T> ? T : never;

const fileOf = ({ keys, certificates, policies }: Contents): string =>
  JSON.stringify({
    description: 'x',
    environments: ['devel', 'stag'],
    identity: {},
    quotas: { requestsPerSecond: 5, loginsPerSecond: 5 },
    keys: Object.fromEntries(keys.map((key) => [key, { type: 'aes256-gcm96' }])),
    certificates: Object.fromEntries(
      certificates.map((each) => [each, { authority: 'web', use: 'client', domains: ['x'], ttl: '1h' }]),
    ),
    policies: policies.map((policy) => ({
      name: policy,
      environments: ['devel', 'stag'],
      reason: 'x',
      grants: [{ path: 'a', operations: ['read'] }],
    })),
  });

const environment = (more: string): string =>
  `${smallInventory['environments/stag.yaml']!.split('engines')[0]}${more}engines: {transit: {}}
quotas: {requestsPerSecond: 5}
authorities:
  web: {description: x, commonName: X, signedBy: self, ttl: 365d, maxLeafTtl: 30d, issuers: [{name: '1'}]}
`;

const base: Files = {
  ...Object.fromEntries(Object.entries(smallInventory).filter(([file]) => !file.startsWith('tenants/'))),
  'environments/devel.yaml': environment(''),
  'environments/stag.yaml': environment(''),
};

/** Every name on the server that follows from a tenant, with its namespace in front. */
function namesOf(tenant: Tenant): string[] {
  return tenant.environments.flatMap(({ environment: home, keys, certificates, policies, identity }) => {
    const own = [
      ...(['ro', 'rw'] as const).map((access) => keySetPolicy(tenant, home, access)),
      tenantPolicy(tenant, home),
    ];
    const all = [...own, ...policies.map((policy) => policy.name)];
    return [
      ...all.flatMap((policy) => [
        `policy ${policy}`,
        `role ${roleOfPolicy(policy)}`,
        `entity ${roleOfPolicy(policy)}`,
        `quota ${roleQuota(home.appRoleMount, roleOfPolicy(policy))}`,
      ]),
      `group ${identity?.groupName}`,
      `quota ${tenantQuota(tenant, home)}`,
      `folder ${kvMount(home)}/${tenant.name}`,
      ...keys.map(({ keyName }) => `${engineMount(home, 'transit')}/${keyName}`),
      ...certificates.map(({ authority, roleName }) => `${authority.mountPath}/${roleName}`),
    ];
  });
}

const tenantOf = ({ tenants }: Inventory, given: string): Tenant => tenants.find((tenant) => tenant.name === given)!;

/** A tenant without names of policies that begin with its own, which are refused. */
const tenants = fc
  .record({ tenant: name.filter((each) => each !== 'data'), given: contents })
  .map(({ tenant, given }) => ({
    tenant,
    text: fileOf({ ...given, policies: given.policies.filter((each) => !each.startsWith(`${tenant}-`)) }),
  }));
const twoTeams = fc.tuple(tenants, tenants).filter(([one, other]) => one.tenant !== other.tenant);

const runs = { numRuns: soak ? 5_000 : 100, seed };

describe('names on servers of two teams', () => {
  it('have nothing in common, whatever the teams write', () => {
    fc.assert(
      fc.property(twoTeams, ([one, other]) => {
        const files = {
          [`tenants/one/${one.tenant}.yaml`]: one.text,
          [`tenants/other/${other.tenant}.yaml`]: other.text,
        };
        const inventory = load(files, base);
        const first = namesOf(tenantOf(inventory, one.tenant));
        const second = new Set([
          ...namesOf(tenantOf(inventory, other.tenant)),
          ...inventory.environments.map((each) => `quota ${environmentQuota(each)}`),
        ]);
        expect(first.filter((each) => second.has(each))).toEqual([]);
      }),
      runs,
    );
  });

  it('do not come back: what a tenant had is no name of the next one', () => {
    fc.assert(
      fc.property(twoTeams, ([one, other]) => {
        const before = load({ [`tenants/one/${one.tenant}.yaml`]: one.text }, base);
        const after = load({ [`tenants/other/${other.tenant}.yaml`]: other.text }, base);
        const next = new Set(namesOf(tenantOf(after, other.tenant)));
        expect(namesOf(tenantOf(before, one.tenant)).filter((each) => next.has(each))).toEqual([]);
      }),
      runs,
    );
  });

  it('do not come back where the next tenant has the same name, which is refused', () => {
    fc.assert(
      fc.property(tenants, ({ tenant, text }) => {
        const register = {
          departed: { [tenant]: { team: 'one', on: '2026-11-02', reason: 'x', environments: ['devel'] } },
        };
        const files = { [`tenants/other/${tenant}.yaml`]: text, 'names.yaml': JSON.stringify(register) };
        const [problem, ...others] = problemsOf(files, base);
        expect(others).toEqual([]);
        expect(problem?.message).toBe(
          `the tenant name \`${tenant}\` belonged to the tenant ${tenant} of the team one, which left on 2026-11-02`,
        );
      }),
      runs,
    );
  });
});
