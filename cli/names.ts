import path from 'node:path';

import { readInventoryFiles } from '../model/read';
import { planKeep, type Joint } from '../model/register/plan-keep';
import { displayPath } from '../model/source/source-file';
import type { Context } from './context';
import { replace, runSteps, stage } from './file-steps';
import { refuseLinks } from './rename-files';

export interface KeepOptions {
  /** Whether to print what would be changed, without changing it. */
  readonly dryRun: boolean;
  /** @default - what the names of policies show */
  readonly joinedBy?: Joint;
}

/**
 * `platform names keep`: shortens names of policies in the tenants' files, and writes the register that keeps all names on servers.
 *
 * @throws PlatformError `usage` or `inventory` with all problems; nothing is changed then
 */
export function keepNames(
  { inventoryDirectory: directory }: Pick<Context, 'inventoryDirectory'>,
  { dryRun, joinedBy }: KeepOptions,
): void {
  const files = planKeep(readInventoryFiles(directory), joinedBy);
  if (!dryRun) {
    refuseLinks(
      directory,
      files.map((file) => file.path),
    );
    runSteps(directory, (staging) =>
      files.map((file, index) => {
        const target = path.join(directory, file.path);
        return replace(stage(staging, index, file.bytes, target), target);
      }),
    );
  }
  const lines = files.flatMap(({ path: file, edits }) =>
    edits === undefined
      ? [`${displayPath(file)}  names that servers keep`]
      : edits.map(
          ({ line, column, before, after }) => `${displayPath(file)}:${line}:${column}  \`${before}\` -> \`${after}\``,
        ),
  );
  process.stdout.write(
    `${dryRun ? 'Nothing is written:' : 'Changed:'}\n${lines.map((line) => `  ${line}\n`).join('')}\n` +
      'Every object keeps its name on servers. Quotas get other names, and contain no data.\n' +
      'New policies, keys and roles get names with dots.\n',
  );
}
