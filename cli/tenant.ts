import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import pc from 'picocolors';

import { findEnvironments } from '../local/replica/scope';
import { PlatformError } from '../model/errors';
import { loadInventory } from '../model/load';
import { readInventory, readInventoryFiles } from '../model/read';
import type { Tenant, TenantEnvironment } from '../model/tenant/tenant';
import type { Context } from './context';
import { findTenant } from './find-tenant';
import { tenantAccess } from './tenant-access';
import { tenantCommands } from './tenant-commands';
import { renderTenant, tenantNameProblems } from './tenant-template';

/** `platform tenant add <team>/<tenant> --environments a,b`: writes the tenant's file, unless the inventory would be invalid. */
export function addTenant(context: Context, identity: string, environments: readonly string[]): void {
  const { team, name } = parseIdentity(identity);
  const problems = tenantNameProblems(team, name);
  if (problems.length > 0) throw new PlatformError('usage', problems);
  const file = path.join('tenants', team, `${name}.yaml`);
  const target = path.join(context.inventoryDirectory, file);
  const shown = path.relative(context.projectDirectory, target);
  if (existsSync(target)) {
    throw new PlatformError('usage', [{ message: 'the tenant already exists', given: identity, file: shown }]);
  }
  const text = renderTenant(name, environments);
  // Load the inventory with the new file before writing it, so that errors are reported first.
  const present = readInventoryFiles(context.inventoryDirectory);
  const { environments: known } = loadInventory(present);
  findEnvironments(known, environments);
  loadInventory([...present, { path: file, bytes: Buffer.from(text) }]);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text, { flag: 'wx' });
  process.stdout.write(
    `wrote ${shown}\n\nNext:\n  1. describe the tenant in it\n  2. try it here: npm start -- ${environments.join(' ')}\n  3. open a pull request\n`,
  );
}

/** `platform tenant show <team>/<tenant> --environment e`: the roles of a tenant and the commands to use them. */
export function showTenant(context: Context, identity: string, environment: string): void {
  const { tenant, settings } = findTenant(readInventory(context.inventoryDirectory), identity, environment);
  process.stdout.write(`${describeTenant(tenant, settings)}\n`);
}

function describeTenant(tenant: Tenant, settings: TenantEnvironment): string {
  const { environment } = settings;
  const { cluster } = environment;
  const { dialect, address } = cluster;
  const blocks = tenantAccess({ tenant, settings }).map((access) =>
    [
      pc.bold(access.role),
      ...tenantCommands({ ...access, tenant, environment, dialect, address }).flatMap(({ title, commands }) => [
        `  ${pc.dim(`# ${title}`)}`,
        ...commands.map((command) => `  ${command}`),
      ]),
    ].join('\n'),
  );
  return [
    `${pc.bold(`${tenant.team}/${tenant.inventoryName}`)} in ${environment.inventoryName} (cluster ${cluster.name})`,
    tenant.description,
    '',
    blocks.join('\n\n'),
  ].join('\n');
}

function parseIdentity(identity: string): { team: string; name: string } {
  const [team, name, ...rest] = identity.split('/');
  if (team && name && rest.length === 0) return { team, name };
  throw new PlatformError('usage', [
    { message: 'this is not the name of a tenant', given: identity, allowed: '<team>/<tenant>' },
  ]);
}
