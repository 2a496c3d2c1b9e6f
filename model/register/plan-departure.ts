import { isMap, parseDocument, type Document } from 'yaml';

import { PlatformError } from '../errors';
import { entryOf } from '../language/absent';
import { linkInventory, loadInventory, type InventoryFiles } from '../load';
import { decode } from '../source/decode';
import { ProblemList } from '../source/problem-list';
import { engineObjects } from '../tenant/engine-objects';
import type { Tenant } from '../tenant/tenant';
import { unknownName } from '../unknown-name';
import { namesSchema, type NamesFile } from './names-file';
import { registerHeader, registerPath } from './register-text';

/** A tenant that leaves. */
export interface Departure {
  /** `<team>/<tenant>` */
  readonly identity: string;
  /** Day in UTC, for example `2027-03-01`. */
  readonly on: string;
  readonly reason: string;
}

/** A file that goes, and the register with the tenant's entry. */
export interface DeparturePlan {
  readonly tenant: Tenant;
  readonly removed: string;
  readonly register: { readonly path: string; readonly bytes: Uint8Array };
}

/**
 * Plans the removal of a tenant: its file goes, and the register gets an entry in `departed` with the names that the tenant had. Pure:
 * nothing is written.
 *
 * @throws PlatformError `usage` for an unknown tenant, `inventory` with all problems of the inventory, before or after the change
 */
export function planDeparture(files: InventoryFiles, { identity, on, reason }: Departure): DeparturePlan {
  // Entries of `owners` for the tenant are removed before its file.
  const problems = new ProblemList();
  const tenants = linkInventory(files, problems).tenants.map((linked) => linked.tenant);
  problems.throwIfAny();
  const tenant = tenants.find(({ team, inventoryName }) => `${team}/${inventoryName}` === identity);
  if (tenant === undefined) {
    const known = tenants.map(({ team, inventoryName }) => `${team}/${inventoryName}`);
    const message = 'unknown tenant';
    throw new PlatformError('usage', [unknownName({ message, given: identity, known, allowed: '<team>/<tenant>' })]);
  }
  const { name, team } = tenant;
  const present = files.find(({ path }) => path === registerPath);
  const read = present !== undefined && 'bytes' in present ? decode(present.bytes, registerPath) : undefined;
  const text = typeof read === 'string' ? read : registerHeader;
  const document: Document = parseDocument(text);
  // An empty file, or one with comments alone, has no map.
  if (!isMap(document.contents)) document.contents = document.createNode({});
  const former = entryOf(namesSchema.parse(document.toJS() ?? {}).departed, name);
  document.setIn(
    ['departed', name],
    document.createNode({
      team,
      on,
      reason,
      environments: tenant.environments.map(({ environment }) => environment.name),
      ...namesOf(tenant, former),
    }),
  );
  document.deleteIn(['kept', name]);
  const kept = document.getIn(['kept']);
  if (isMap(kept) && kept.items.length === 0) document.deleteIn(['kept']);
  // Comments at the beginning belong to the first entry, which may be the one that goes.
  const [head = ''] = /^(#.*\n)*/.exec(text) ?? [];
  const changed = document.toString({ lineWidth: 0 });
  const register = { path: registerPath, bytes: Buffer.from(changed.startsWith(head) ? changed : `${head}${changed}`) };
  const removed = `tenants/${identity}.yaml`;
  loadInventory([...files.filter(({ path }) => path !== removed && path !== registerPath), register]);
  return { tenant, removed, register };
}

/** Names with dashes that the tenant had in engines, of policies and of its group; those of its key sets follow from its name. */
function namesOf(
  { environments }: Tenant,
  former: NamesFile['departed'][string] | undefined,
): { readonly names?: readonly string[] } {
  const names = environments.flatMap((settings) => [
    ...settings.policies.map(({ name }) => name),
    ...[...engineObjects(settings)].map(({ nameOnServer }) => nameOnServer),
    ...(settings.identity === undefined ? [] : [settings.identity.groupName]),
  ]);
  const own = new Set([...(former?.names ?? []), ...names.filter((name) => !name.includes('.'))]);
  return own.size === 0 ? {} : { names: [...own].sort() };
}
