import pc from 'picocolors';

import type { DangerLevel } from '../../access/report/danger-level';
import type { Direction, Entry, Report } from '../../access/report/entry';
import { oneLine } from '../../access/report/escape-markdown';
import { families, type Family } from '../../access/report/families';
import { holderInWords, placeOf, stanzaPlace, thingOf } from '../../access/report/say';
import { countEntries, verdictOn } from '../../access/report/verdict';

/** Families of entries that are printed of each direction; the other formats have all. */
const most = 30;

const colours: Readonly<Record<DangerLevel, (text: string) => string>> = {
  critical: (text) => pc.bold(pc.red(text)),
  high: pc.red,
  medium: pc.yellow,
  low: pc.dim,
};

const titles: Readonly<Record<Direction, string>> = {
  gained: 'Gained',
  held: 'Access',
  changed: 'Under other conditions',
  lost: 'Lost',
};

/** A report as text for a terminal, most dangerous first. */
export function printReport(report: Report): string {
  const { title, detail, widened } = verdictOn(report);
  const { directions } = countEntries(report);
  const compared = report.before === undefined ? report.after : `${report.before} → ${report.after}`;
  const parts = [`${pc.dim(oneLine(compared))}\n${pc.bold(widened ? pc.red(title) : pc.green(title))} ${detail}`];
  parts.push(...report.gaps.map((gap) => `${pc.yellow('not compared:')} ${oneLine(gap)}`));
  for (const direction of ['gained', 'held', 'changed', 'lost'] as const) {
    if (directions[direction] === 0) continue;
    const all = families(report.entries.filter((entry) => entry.direction === direction));
    const shown = all.slice(0, most);
    const omitted = all.slice(most).reduce((sum, { entries }) => sum + entries.length, 0);
    parts.push(
      [
        pc.bold(`${titles[direction]}: ${directions[direction]}`),
        ...shown.map((family) => describe(family)),
        ...(omitted === 0 ? [] : [pc.dim(`  … and ${omitted} more: use --format html, json or csv`)]),
      ].join('\n'),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

function describe({ example, entries }: Family): string {
  const { holder, danger, direction, grants } = example;
  const level = direction === 'lost' ? 'lost' : danger.level;
  const colour = direction === 'lost' ? pc.blue : colours[danger.level];
  const news = holder.presence === 'both' ? '' : pc.dim(holder.presence === 'added' ? ' new' : ' removed');
  const alike = entries.length === 1 ? '' : pc.dim(`, and ${entries.length - 1} alike`);
  const { owner, role } = holderInWords(holder);
  const name = `${owner === '' ? '' : `${pc.bold(oneLine(owner))} `}${oneLine(role)}`;
  const heading = `  ${colour(level.padEnd(8))} ${name}${news}${alike}`;
  const details = [
    ...danger.reasons.map(({ level: rank, text }) => colours[rank](text)),
    ...[...new Map(grants.map((grant) => [grant.stanza, grant])).values()].map(({ witness, stanza }) =>
      pc.dim(
        oneLine(
          `for example ${witness}: ${[stanzaPlace(stanza), placeOf(stanza.source)].filter((each) => each !== undefined).join(', ')}`,
        ),
      ),
    ),
  ];
  return [heading, `           ${sentence(example)}`, ...details.map((line) => `             ${line}`)].join('\n');
}

function sentence(entry: Entry): string {
  const { verbs, within, except, grants } = entry;
  const conditions = [...new Set(grants.flatMap((grant) => grant.conditions))];
  return oneLine(
    [
      `${verbs.join(', ')} ${thingOf(entry)}`,
      within.length === 0 ? '' : ` and matching ${within.join(', ')}`,
      except.length === 0 ? '' : ` except ${except.join(', ')}`,
      conditions.length === 0 ? '' : ` only if ${conditions.join('; ')}`,
    ].join(''),
  );
}
