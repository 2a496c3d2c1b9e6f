import path from 'node:path';

import { readInventoryFiles } from '../model/read';
import { planDeparture } from '../model/register/plan-departure';
import { displayPath } from '../model/source/source-file';
import type { Context } from './context';
import { removeEmptyFolder, removeFile, replace, runSteps, stage } from './file-steps';
import { refuseLinks } from './rename-files';

/**
 * `platform tenant remove <team>/<tenant> --reason <reason>`: removes the tenant's file, and writes the tenant into the register of names, so
 * that no other team gets its names.
 *
 * @param on day in UTC, for example `2027-03-01`
 * @throws PlatformError `usage` or `inventory` with all problems; nothing is changed then
 */
export function removeTenant(
  { inventoryDirectory: directory }: Pick<Context, 'inventoryDirectory'>,
  identity: string,
  { reason, on }: { readonly reason: string; readonly on: string },
): void {
  const { tenant, removed, register } = planDeparture(readInventoryFiles(directory), { identity, on, reason });
  refuseLinks(directory, [removed, register.path]);
  const file = path.join(directory, removed);
  const target = path.join(directory, register.path);
  runSteps(directory, (staging) => [
    replace(stage(staging, 0, register.bytes, target), target),
    removeFile(file),
    removeEmptyFolder(path.dirname(file)),
  ]);
  process.stdout.write(
    `removed ${displayPath(removed)}; departed.${tenant.name} in ${displayPath(register.path)} has its names\n\n` +
      'The next apply deletes its policies, roles and quotas. Documents and keys stay on servers:\n' +
      'docs/guides/removal.md says how each is destroyed, and how the names are released to another team.\n',
  );
}
