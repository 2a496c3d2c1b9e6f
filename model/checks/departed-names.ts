import { entryOf } from '../language/absent';
import { shorten } from '../language/show';
import { keySetPrefix } from '../names';
import type { DepartedTenant, NamesFile } from '../register/names-file';
import type { Entries } from '../source/entries';
import type { Finding, ProblemList } from '../source/problem-list';
import { engineObjects } from '../tenant/engine-objects';
import type { LinkedTenant, Tenant, TenantEnvironment } from '../tenant/tenant';
import { claimOfName, type NamePath } from './kept-names';

/** Whether a team may have what a departed tenant had. */
const belongsTo = (team: string, { team: former, released }: DepartedTenant): boolean =>
  team === (released?.to ?? former);

/**
 * Reports names that belonged to a tenant which left: its documents and keys may still be on servers, so that another team gets its names
 * only after a release.
 */
export function checkDepartedNames(
  register: Entries['names'],
  tenants: readonly LinkedTenant[],
  problems: ProblemList,
): void {
  if (register?.value === undefined) return;
  const { departed } = register.value;
  if (Object.keys(departed).length === 0) return;
  const former = formerNames(departed);
  for (const { entry, file, tenant } of tenants) {
    const left = entryOf(departed, tenant.name);
    if (left !== undefined && left.released === undefined && left.team === tenant.team) {
      problems.addAt(
        register.source,
        ['departed', tenant.name],
        {
          message: `this tenant is listed as departed, and ${tenant.team}/${tenant.inventoryName} exists`,
          given: tenant.name,
          allowed: 'tenants that left',
          fix: 'remove the entry: the team has its tenant again',
        },
        'key',
      );
      continue;
    }
    const path = file.nameOnServer === undefined ? [] : ['nameOnServer'];
    const names = [tenant.name, tenant.inventoryName];
    const taken = names.map((name) => [name, entryOf(departed, name)] as const).find(isForeign(tenant.team));
    if (taken !== undefined) {
      problems.addAt(
        entry.source,
        taken[0] === tenant.name ? path : [],
        findingOf(`the tenant name \`${taken[0]}\``, ...taken),
      );
      continue;
    }
    for (const settings of tenant.environments) {
      const at = ['environments', file.environments.indexOf(settings.environment.inventoryName)];
      const claim = { who: tenant.name, source: entry.source, path: at };
      for (const { name, of } of namesOf(tenant, settings)) {
        const owner = former.get(name);
        if (owner === undefined || belongsTo(tenant.team, owner[1])) continue;
        const place = of === undefined ? claim : claimOfName(register, tenant.name, of, claim);
        problems.addAt(place.source, place.path, findingOf(`the name \`${shorten(name)}\``, ...owner));
      }
    }
  }
}

const isForeign =
  (team: string) =>
  (found: readonly [string, DepartedTenant | undefined]): found is readonly [string, DepartedTenant] =>
    found[1] !== undefined && !belongsTo(team, found[1]);

const findingOf = (what: string, name: string, { team, on, released }: DepartedTenant): Finding => ({
  message: `${what} belonged to the tenant ${name} of the team ${team}, which left on ${on}`,
  given: name,
  allowed: `names that no other team had, or that inventory/names.yaml releases${released === undefined ? '' : `; these are released to ${released.to}`}`,
  fix: `choose another name, or destroy what is left and let the platform team add \`released\` to departed.${name} in inventory/names.yaml`,
});

/** Names with dashes that departed tenants had: those that were kept, and what begins the names of their key sets. */
function formerNames(departed: NamesFile['departed']): ReadonlyMap<string, readonly [string, DepartedTenant]> {
  return new Map(
    Object.entries(departed).flatMap(([name, tenant]) =>
      [...tenant.names, ...tenant.environments.map((environment) => keySetPrefix({ name }, { name: environment }))].map(
        (each) => [each, [name, tenant] as const] as const,
      ),
    ),
  );
}

/** A name on servers that a tenant has in an environment. */
interface OwnName {
  readonly name: string;
  /** What has it, in the tenant's file. @default - its key set */
  readonly of?: NamePath;
}

/** Names that can be without dots, so that another tenant could have had them. */
function* namesOf(tenant: Tenant, settings: TenantEnvironment): Generator<OwnName> {
  yield { name: keySetPrefix(tenant, settings.environment) };
  for (const { name, inventoryName } of settings.policies) yield { name, of: ['policies', inventoryName] };
  for (const { key, name, nameOnServer } of engineObjects(settings)) yield { name: nameOnServer, of: [key, name] };
  if (settings.identity !== undefined) yield { name: settings.identity.groupName, of: ['identity', ''] };
}
