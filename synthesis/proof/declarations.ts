import type { Operation } from '../../access/decide/request';
import type { EscalationException } from '../../access/proof/escalation';
import type { Expectation } from '../../access/proof/expectations';
import type { Requests } from '../../access/proof/holder';
import type { Sharing } from '../../access/proof/isolation';
import type { Inventory } from '../../model/inventory';
import type { Place } from '../../model/source/place';
import type { Tenant, TenantEnvironment } from '../../model/tenant/tenant';
import { grantedRules } from '../../stacks/granted-rules';

/** Something that the inventory says about access, and its place. */
export type Placed<T> = T & { readonly place: Place };

/** What the inventory says about the access to one cluster. */
export interface Declarations {
  readonly sharing: readonly (Sharing | Placed<Sharing>)[];
  readonly exceptions: readonly Placed<EscalationException>[];
  readonly expectations: readonly Placed<Expectation>[];
}

/** What the inventory says, by the name of the cluster. */
export function declarationsOf({ clusters, environments, tenants }: Inventory): ReadonlyMap<string, Declarations> {
  const names = new Map(tenants.map(({ team, inventoryName, name }) => [`${team}/${inventoryName}`, name]));
  const shares = tenants.flatMap((tenant) => tenant.environments.map((settings) => ({ tenant, settings })));
  return new Map(
    clusters.map(({ name, exceptions }) => {
      const here = shares.filter(({ settings }) => settings.environment.cluster.name === name);
      const own = environments.filter(({ cluster }) => cluster.name === name);
      return [
        name,
        {
          sharing: here.flatMap((share) => [...grantedAcross(share), ...sharingOf(share, names)]),
          exceptions: [exceptions, ...own.map((environment) => environment.exceptions)].flat(),
          expectations: here.flatMap(expectationsOf),
        },
      ] as const;
    }),
  );
}

interface Share {
  readonly tenant: Tenant;
  readonly settings: TenantEnvironment;
}

const ownerOf = ({ tenant, settings }: Share) => ({
  team: tenant.team,
  tenant: tenant.name,
  environment: settings.environment.name,
});

/** Grants that name another environment: the tenant's data there is shared with the tenant here. */
function grantedAcross(share: Share): Sharing[] {
  const { tenant, settings } = share;
  const here = ownerOf(share);
  return settings.policies.flatMap(({ grants, reason }) =>
    grants.flatMap((grant): Sharing[] => {
      if (grant.type !== 'documents' || grant.environment.name === here.environment) return [];
      const owner = { ...here, environment: grant.environment.name };
      return [{ owner, with: here, allowed: requestsOf(tenant, settings, [grant]), reason }];
    }),
  );
}

/** @param names of tenants on the server, by team and name in the inventory */
function sharingOf(share: Share, names: ReadonlyMap<string, string>): Placed<Sharing>[] {
  const { tenant, settings } = share;
  const owner = ownerOf(share);
  return settings.sharing.map(({ with: other, grants, reason, until, place }) => ({
    owner,
    with: {
      team: other.team,
      tenant: names.get(`${other.team}/${other.tenant}`) ?? other.tenant,
      environment: owner.environment,
    },
    allowed: requestsOf(tenant, settings, grants),
    reason,
    until,
    place,
  }));
}

function expectationsOf(share: Share): Placed<Expectation>[] {
  const { tenant, settings } = share;
  return settings.expectations.map(({ policy, effect, requests, place }) => ({
    owner: ownerOf(share),
    policy,
    effect,
    requests:
      'api' in requests
        ? [{ path: requests.api, operations: requests.operations }]
        : requestsOf(tenant, settings, [requests]),
    place,
  }));
}

/** The requests that grants allow: rules of policies have capabilities with the names of the operations. */
const requestsOf = (
  tenant: Tenant,
  { environment }: TenantEnvironment,
  grants: Parameters<typeof grantedRules>[2],
): Requests[] =>
  grantedRules(tenant, environment, grants).map(({ path, capabilities }) => ({
    path,
    operations: capabilities.filter(
      (capability): capability is Extract<Operation, typeof capability> =>
        capability !== 'deny' && capability !== 'sudo',
    ),
  }));
