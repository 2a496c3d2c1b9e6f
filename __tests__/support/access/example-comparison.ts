import type { Operation } from '../../../access/decide/request';
import { parsePolicy } from '../../../access/policy/parse-policy';
import type { Stanza } from '../../../access/policy/policy';
import type { AccessModel, PlacedPolicy, Principal } from '../../../access/principals/access-model';
import type { Comparison } from '../../../access/report/entry';
import type { OperationChange, PathClass, PrincipalChange } from '../../../access/sets/path-class';

/** A policy with one stanza for each pattern. */
export function placedPolicy(
  name: string,
  stanzas: Readonly<Record<string, Stanza['capabilities']>>,
  place: Partial<PlacedPolicy> = {},
): PlacedPolicy {
  const text = Object.entries(stanzas)
    .map(
      ([path, capabilities]) =>
        `path ${JSON.stringify(path)} {\n  capabilities = ${JSON.stringify(capabilities).replaceAll(',', ', ')}\n}`,
    )
    .join('\n\n');
  return { policy: parsePolicy(name, text, 'openbao-2.7'), text, ...place };
}

/** A set of paths that a stanza of a {@link placedPolicy} decides. */
export function pathClass(include: string, policy: PlacedPolicy, more: Partial<PathClass> = {}): PathClass {
  const stanza = policy.policy.stanzas.find(({ path }) => path === include) ?? policy.policy.stanzas[0];
  return {
    include,
    within: [],
    except: [],
    witness: include.replace(/\*$/, 'example').replaceAll('+', 'example'),
    conditions: [],
    by: {
      policy: policy.policy.name,
      path: stanza?.path ?? include,
      position: stanza?.position ?? { line: 1, column: 1 },
    },
    ...more,
  };
}

type Sets = Partial<Pick<OperationChange, 'gained' | 'lost' | 'conditionsChanged'>>;

/** A change of a principal, by operation. */
export const principalChange = (
  principal: string,
  sets: Partial<Record<Operation, Sets>>,
  presence: PrincipalChange['presence'] = 'both',
): PrincipalChange => ({
  principal,
  presence,
  operations: Object.entries(sets).map(([operation, each]) => ({
    operation: operation as Operation,
    gained: [],
    lost: [],
    conditionsChanged: [],
    ...each,
  })),
});

const kinds = ['checkout', 'ledger', 'catalog', 'search', 'reports', 'invoices', 'accounts', 'events'] as const;
const areas = ['payments', 'storefront', 'identity', 'logistics', 'platform', 'data', 'risk', 'support'] as const;

/**
 * Two states of one server with some teams, where every team gains or loses something, and the first tenant gains what a
 * reviewer must see: another tenant's data, and policies.
 */
export function exampleComparison(teams: number, tenantsPerTeam: number, environments: readonly string[]): Comparison {
  const policies = new Map<string, PlacedPolicy>();
  const principals: Principal[] = [];
  const changes: PrincipalChange[] = [];
  for (let index = 0; index < teams * tenantsPerTeam; index += 1) {
    const number = Math.floor(index / tenantsPerTeam);
    const team = `${areas[number % areas.length] ?? ''}${number < areas.length ? '' : `-${number}`}`;
    const tenant = `${kinds[index % kinds.length] ?? ''}${index < kinds.length ? '' : `-${index}`}`;
    environments.forEach((environment, place) => {
      const owner = { team, tenant, environment };
      const source = { file: `inventory/tenants/${team}/${tenant}.yaml`, line: 8 + place * 3 };
      const data = `v1/${environment}/kv/data/${tenant}`;
      const policy = placedPolicy(
        `${tenant}-${environment}-rw`,
        {
          [`${data}/configs`]: ['read', 'update'],
          [`${data}/*`]: ['read'],
          [`v1/${environment}/kv/metadata/${tenant}/*`]: ['list', 'delete'],
          [`v1/${environment}/transit/encrypt/${tenant}-data`]: ['update'],
        },
        { owner, source },
      );
      policies.set(policy.policy.name, policy);
      const id = `approle:approle/role/${policy.policy.name}-role`;
      principals.push({
        id,
        kind: 'approle',
        mount: 'approle',
        name: `${policy.policy.name}-role`,
        policies: ['default', policy.policy.name],
        owner,
        source,
      });
      const of = (path: string): PathClass => pathClass(path, policy);
      const variant = (index + place) % 5;
      if (index === 0 && place === 0) {
        const all = placedPolicy(
          `${tenant}-${environment}-ops`,
          {
            [`v1/${environment}/kv/data/*`]: ['create', 'read', 'update', 'delete'],
            'sys/policies/acl/*': ['read', 'update'],
          },
          { owner, source: { ...source, line: 21 } },
        );
        policies.set(all.policy.name, all);
        const everything = { gained: [pathClass(`v1/${environment}/kv/data/*`, all, { except: [`${data}/configs`] })] };
        const acl = pathClass('sys/policies/acl/*', all);
        changes.push(
          principalChange(id, {
            read: { gained: [...everything.gained, acl] },
            create: everything,
            update: { gained: [...everything.gained, acl] },
            delete: everything,
          }),
        );
      } else if (variant === 0) changes.push(principalChange(id, { read: { gained: [of(`${data}/*`)] } }));
      else if (variant === 1)
        changes.push(
          principalChange(id, {
            list: { gained: [of(`v1/${environment}/kv/metadata/${tenant}/*`)] },
            delete: { gained: [of(`v1/${environment}/kv/metadata/${tenant}/*`)] },
          }),
        );
      else if (variant === 2)
        changes.push(
          principalChange(id, { update: { lost: [of(`v1/${environment}/transit/encrypt/${tenant}-data`)] } }),
        );
      else if (variant === 3)
        changes.push(
          principalChange(id, {
            update: {
              conditionsChanged: [
                {
                  ...pathClass(`${data}/configs`, policy, { conditions: ['requires the parameter options'] }),
                  before: [],
                  isNarrower: false,
                },
              ],
            },
          }),
        );
    });
  }
  const mounts = environments.flatMap((environment) => [
    { path: `v1/${environment}/kv/`, type: 'kv-v2' },
    { path: `v1/${environment}/transit/`, type: 'transit' },
  ]);
  const model: AccessModel = { server: 'openbao-2.7', cluster: 'nonprod', policies, principals, mounts };
  return { before: { model }, after: { model }, changes };
}
