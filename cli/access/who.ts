import pc from 'picocolors';

import type { Operation } from '../../access/decide/request';
import { oneLine } from '../../access/report/escape-markdown';
import { who } from '../../access/sets/who';
import type { Context } from '../context';
import { columns } from '../table';
import { loadAccess } from './load-access';
import { gapLines, type LoadedAccess } from './loaded-access';

/** `access who`: every principal that may do something, of all servers. @throws PlatformError */
export async function accessWho(
  context: Context,
  operation: Operation,
  path: string,
  place: string | undefined,
): Promise<void> {
  const loaded = await loadAccess(context, place);
  for (const line of gapLines(loaded)) process.stderr.write(`${line}\n`);
  process.stdout.write(formatWho(loaded, operation, path, Date.now()));
}

/** Principals of each server with the stanza that allows it, as text for a terminal. @param now milliseconds since 1970 */
export function formatWho(
  { models }: Pick<LoadedAccess, 'models'>,
  operation: Operation,
  path: string,
  now: number,
): string {
  const request = `${operation} ${oneLine(path)}`;
  const sections = models.flatMap((model) => {
    const found = who(model, operation, path, now);
    if (found.length === 0) return [];
    const rows = found.map(({ principal, decision: { by, reason } }) => [
      oneLine(principal),
      pc.dim(oneLine(by === undefined ? reason : `${by.policy}:${by.position.line} "${by.path}"`)),
    ]);
    return [`${pc.bold(model.cluster ?? model.server)}\n${columns(rows)}`];
  });
  return sections.length === 0 ? `No principal may ${request}\n` : `${pc.bold(request)}\n\n${sections.join('\n\n')}\n`;
}
