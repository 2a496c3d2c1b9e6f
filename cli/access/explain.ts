import pc from 'picocolors';

import type { Operation } from '../../access/decide/request';
import type { PlacedStanza } from '../../access/report/entry';
import { oneLine } from '../../access/report/escape-markdown';
import { explainAccess, type ExplainedAccess } from '../../access/report/explain';
import { placeOf, stanzaPlace } from '../../access/report/say';
import type { Context } from '../context';
import { columns } from '../table';
import { findPrincipal, type FoundPrincipal } from './find-principal';
import { loadAccess } from './load-access';
import { placedModels } from './placed-models';

/** `access explain`: whether a principal may do something, and why. @throws PlatformError */
export async function accessExplain(
  context: Context,
  words: string,
  operation: Operation,
  path: string,
): Promise<void> {
  const found = findPrincipal(placedModels(await loadAccess(context)), words, path);
  process.stdout.write(
    printExplanation(found, operation, explainAccess(found.placed, found.principal, operation, path, Date.now())),
  );
}

/** An explanation as text for a terminal. */
export function printExplanation(
  { placed, principal }: FoundPrincipal,
  operation: Operation,
  explained: ExplainedAccess,
): string {
  const { decision, path, deciding, losing, needed, policies, missingPolicies } = explained;
  const { owner, kind, name } = principal;
  const { cluster, server } = placed.model;
  const who = `${owner === undefined ? '' : `${owner.team}/${owner.tenant} ${owner.environment}, `}${kind} ${name}`;
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [`${pc.bold(title)}\n${lines.join('\n')}`];
  return `${[
    `${decision.allowed ? pc.green(pc.bold('allowed')) : pc.red(pc.bold('denied'))}  ${pc.bold(`${operation} ${oneLine(path)}`)}\n         ${pc.dim(oneLine(`${who} on ${cluster === undefined ? '' : `${cluster}, `}${server}`))}`,
    oneLine(decision.reason),
    ...section(
      'Decides',
      deciding.map((stanza) => `${pc.dim(`  ${places(stanza)}`)}\n${stanza.text.replaceAll(/^/gm, '  ')}`),
    ),
    ...section(
      'Matches too, but does not decide',
      losing.length === 0
        ? []
        : [columns(losing.map(({ stanza, because }) => [oneLine(stanza.path), pc.dim(places(stanza)), because]))],
    ),
    ...section(
      'Needed',
      needed.map((text) => text.replaceAll(/^/gm, '  ')),
    ),
    `${pc.bold('Policies')} ${policies.join(', ')}${missingPolicies.length === 0 ? '' : `; do not exist: ${missingPolicies.join(', ')}`}`,
  ].join('\n\n')}\n`;
}

const places = (stanza: PlacedStanza): string =>
  oneLine([stanzaPlace(stanza), placeOf(stanza.source)].filter((each) => each !== undefined).join(', '));
