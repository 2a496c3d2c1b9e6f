import type { TenantEnvironment } from '../inventory';
import { engineMount } from '../names';
import type { ProblemList } from '../source/problem-list';
import { ClaimsIn } from './claims';
import type { OwnedKey } from './owned';
import type { ResolvedTenant } from './tenants';

/** The name of something in an engine that tenants share. */
interface EngineName {
  readonly mount: string;
  readonly name: string;
  /** Where it stands in the tenant's file. */
  readonly key: OwnedKey;
  readonly entry: string;
}

/**
 * Reports what two tenants would call the same in an engine that they share: `a` with an entry `b-c`, and `a-b` with an
 * entry `c`. The one that is applied last would get what is the other's.
 */
export function checkEngineNames(tenants: readonly ResolvedTenant[], problems: ProblemList): void {
  const names = new ClaimsIn<string>(problems, (mount) => ({
    message: (name) => `\`${name}\` would exist twice in ${mount}`,
    fix: 'rename one of the two entries',
  }));
  const accounts = new ClaimsIn<string>(problems, (connection) => ({
    message: (account) => `the password of \`${account}\` in ${connection} would be changed by two roles`,
    fix: 'name another account, or grant the role that is there already',
  }));
  for (const { entry, tenant } of tenants) {
    const who = `tenant ${tenant.team}/${tenant.name}`;
    for (const settings of tenant.environments) {
      for (const { mount, name, key, entry: own } of engineNames(settings)) {
        names.add(mount, name, { who, source: entry.source, path: [key, own], of: 'key' });
      }
      for (const role of settings.databaseRoles) {
        if (role.kind !== 'static') continue;
        const connection = `${engineMount(settings.environment, 'database')}/${role.connection.name}`;
        accounts.add(connection, role.username, {
          who,
          source: entry.source,
          path: ['databases', role.name, 'username'],
        });
      }
    }
  }
}

function engineNames(settings: TenantEnvironment): EngineName[] {
  const { environment, certificates, keys, databaseRoles, awsRoles, sshRoles } = settings;
  const role =
    (key: OwnedKey, engine: 'aws' | 'database' | 'ssh') =>
    ({ name, roleName }: { readonly name: string; readonly roleName: string }): EngineName => ({
      mount: engineMount(environment, engine),
      name: roleName,
      key,
      entry: name,
    });
  return [
    ...certificates.map(({ name, roleName, authority }): EngineName => ({
      mount: authority.mountPath,
      name: roleName,
      key: 'certificates',
      entry: name,
    })),
    ...keys.map(({ name, keyName }): EngineName => ({
      mount: engineMount(environment, 'transit'),
      name: keyName,
      key: 'keys',
      entry: name,
    })),
    ...databaseRoles.map(role('databases', 'database')),
    ...awsRoles.map(role('awsRoles', 'aws')),
    ...sshRoles.map(role('sshRoles', 'ssh')),
  ];
}
