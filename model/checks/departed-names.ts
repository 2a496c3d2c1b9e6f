import { entryOf } from '../language/absent';
import { shorten } from '../language/show';
import { keySetPrefix } from '../names';
import type { DepartedTenant, NamesFile } from '../register/names-file';
import type { Entry } from '../source/entries';
import type { Finding, ProblemList } from '../source/problem-list';
import type { LinkedTenant } from '../tenant/tenant';
import { claimOfName } from './kept-names';

type Register = Entry<NamesFile> | undefined;

/** Whether a team may have what a departed tenant had. */
const belongsTo = (team: string, { team: former, released }: DepartedTenant): boolean =>
  team === (released?.to ?? former);

/**
 * Reports names that belonged to a tenant which left: its documents and keys may still be on servers, so that another team gets its names
 * only after a release.
 */
export function checkDepartedNames(register: Register, tenants: readonly LinkedTenant[], problems: ProblemList): void {
  if (register?.value === undefined) return;
  const { departed } = register.value;
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
    for (const [name, claim] of namesOf(register, { entry, file, tenant })) {
      const owner = former.get(name);
      if (owner === undefined || belongsTo(tenant.team, owner[1])) continue;
      problems.addAt(claim.source, claim.path, findingOf(`the name \`${shorten(name)}\``, ...owner));
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

/** Names with dashes that a tenant has, and where to change them. */
function namesOf(
  register: Register,
  { entry: { source }, file, tenant }: Pick<LinkedTenant, 'entry' | 'file' | 'tenant'>,
): (readonly [string, ReturnType<typeof claimOfName>])[] {
  const who = tenant.name;
  return tenant.environments.flatMap((settings) => {
    const { environment, certificates, keys, databaseRoles, awsRoles, sshRoles, policies, identity } = settings;
    const at = ['environments', file.environments.indexOf(environment.inventoryName)];
    const claim = { who, source, path: at };
    const inRegister = (section: Parameters<typeof claimOfName>[2][0], name: string) =>
      claimOfName(register, tenant.name, [section, name], claim);
    return [
      [keySetPrefix(tenant, environment), claim] as const,
      ...policies.map((policy) => [policy.name, inRegister('policies', policy.inventoryName)] as const),
      ...certificates.map(({ name, roleName }) => [roleName, inRegister('certificates', name)] as const),
      ...keys.map(({ name, keyName }) => [keyName, inRegister('keys', name)] as const),
      ...databaseRoles.map(({ name, roleName }) => [roleName, inRegister('databases', name)] as const),
      ...awsRoles.map(({ name, roleName }) => [roleName, inRegister('awsRoles', name)] as const),
      ...sshRoles.map(({ name, roleName }) => [roleName, inRegister('sshRoles', name)] as const),
      ...(identity === undefined ? [] : [[identity.groupName, inRegister('identity', '')] as const]),
    ];
  });
}
