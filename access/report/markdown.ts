import { count } from './count';
import type { DangerLevel } from './danger-level';
import type { Direction, Entry, Report } from './entry';
import { code, codeBlock, prose } from './escape-markdown';
import { families, type Family } from './families';
import { placeOf, stanzaPlace } from './say';
import { countEntries, verdictOn } from './verdict';

/** Most characters of a comment on GitHub. */
export const markdownLimit = 65_536;

/** Room for the count of what is left out, and for closing tags. */
const reserve = 600;

const marks: Readonly<Record<DangerLevel, string>> = { critical: '🔴', high: '🟠', medium: '🟡', low: '⚪' };

/**
 * A report for a pull request, in GitHub's Markdown and within its limit. What is critical or high is in the open, with its
 * stanzas below; everything else is folded. Each part takes at most half of the room that is left, and the last line counts
 * what did not fit.
 */
export function markdownReport(report: Report): string {
  const { gained, rest, changed, lost } = parts(report);
  const page = new Page(heading(report));
  page.part('gained', gained, row, { head: tableHead('gains') });
  page.part(undefined, gained, evidence, { fold: 'Stanzas that grant it, and a path of each' });
  page.part('gained', rest, row, {
    head: tableHead('gains'),
    fold: `${gained.length === 0 ? '' : 'Less dangerous: '}${total(rest)} gained`,
  });
  page.part('changed', changed, row, {
    head: tableHead('can still, under other conditions'),
    fold: `${total(changed)} under other conditions`,
  });
  page.part('lost', lost, row, { head: tableHead('loses'), fold: `${total(lost)} lost` });
  page.part(undefined, [...rest, ...changed, ...lost], evidence, { fold: 'Stanzas of everything else' });
  return page.end();
}

function parts({ entries }: Report): Record<'gained' | 'rest' | 'changed' | 'lost', Family[]> {
  const of = (direction: Direction): Family[] => families(entries.filter((entry) => entry.direction === direction));
  const gained = [...of('gained'), ...of('held')];
  const isTop = ({ example: { danger } }: Family): boolean => danger.level === 'critical' || danger.level === 'high';
  return {
    gained: gained.filter(isTop),
    rest: gained.filter((family) => !isTop(family)),
    changed: of('changed'),
    lost: of('lost'),
  };
}

function heading(report: Report): string {
  const { title, detail, widened } = verdictOn(report);
  const { levels, directions } = countEntries(report);
  const alert = levels.critical > 0 && widened ? 'CAUTION' : widened ? 'WARNING' : 'TIP';
  const numbers = (['gained', 'changed', 'lost'] as const)
    .filter((direction) => directions[direction] > 0)
    .map((direction) => `${directions[direction]} ${direction}`);
  const compared = report.before === undefined ? code(report.after) : `${code(report.before)} → ${code(report.after)}`;
  return [
    '## Access',
    '',
    `> [!${alert}]`,
    `> **${prose(title)}** ${prose(detail)}`,
    '',
    [compared, ...numbers].join(' · '),
    ...report.gaps.slice(0, 10).map((gap) => `\n> Not compared: ${prose(gap)}`),
    '',
  ].join('\n');
}

const tableHead = (verb: string): string => `| danger | who | ${verb} | why it matters |\n| :-- | :-- | :-- | :-- |\n`;

function row({ example, entries }: Family): string {
  const { danger, holder } = example;
  const more = entries.length > 1 ? ` and ${count(entries.length - 1, 'other')} alike` : '';
  const reasons = danger.reasons.map(({ text }) => prose(text)).join('; ');
  const news = holder.presence === 'added' ? ' (new)' : holder.presence === 'removed' ? ' (removed)' : '';
  return `| ${marks[danger.level]} ${danger.level} | ${who(example)}${news}${more} | ${access(example)} | ${reasons} |\n`;
}

function who({ holder: { owner, cluster, kind, name } }: Entry): string {
  const role = `${prose(kind)} ${code(name)}`;
  if (owner !== undefined)
    return `**${prose(`${owner.team}/${owner.tenant}`)}** ${prose(owner.environment)}<br>${role}`;
  return cluster === undefined ? role : `${role}<br>${prose(cluster)}`;
}

function access({ verbs, what, where, within, except, grants }: Entry): string {
  const conditions = [...new Set(grants.flatMap((grant) => grant.conditions))];
  const before = [...new Set(grants.flatMap((grant) => grant.conditionsBefore ?? []))];
  return [
    `${prose(verbs.join(', '))} ${code(what)}`,
    where === undefined ? '' : ` in ${code(where)}`,
    within.length === 0 ? '' : `<br>and matching ${within.map(code).join(', ')}`,
    except.length === 0 ? '' : `<br>except ${exceptions(except)}`,
    conditions.length === 0 ? '' : `<br>only if ${conditions.map(prose).join('; ')}`,
    before.length === 0 ? '' : `<br>before only if ${before.map(prose).join('; ')}`,
  ].join('');
}

/** A few of them: the stanzas and the other formats have all. */
function exceptions(except: readonly string[]): string {
  const more = except.length > 5 ? `, and ${except.length - 5} more` : '';
  return `${except.slice(0, 5).map(code).join(', ')}${more}`;
}

function evidence({ example, entries }: Family): string {
  const { verbs, what, where, holder, grants } = example;
  const alike = entries.slice(1, 11).map((entry) => code(entry.holder.name));
  const blocks = [...new Map(grants.map((grant) => [grant.stanza, grant])).values()].map(({ stanza }) => {
    const operations = grants
      .filter((grant) => grant.stanza === stanza)
      .map((grant) => `${grant.operation} ${code(grant.witness)}`);
    const inventory = placeOf(stanza.source);
    const places = [`${code(stanzaPlace(stanza))}`, ...(inventory === undefined ? [] : [code(inventory)])];
    return `${operations.join(', ')}: ${places.join(', ')}\n\n${stanza.text === '' ? '' : `${codeBlock(stanza.text, 'hcl')}\n\n`}`;
  });
  const rest = entries.length > 11 ? `, and ${entries.length - 11} more` : '';
  return [
    `**${code(holder.name)}** ${prose(verbs.join(', '))} ${code(what)}${where === undefined ? '' : ` in ${code(where)}`}\n\n`,
    ...blocks,
    alike.length === 0 ? '' : `Alike: ${alike.join(', ')}${rest}.\n\n`,
  ].join('');
}

const total = (list: readonly Family[]): number => list.reduce((sum, { entries }) => sum + entries.length, 0);

interface PartOptions {
  /** Printed before the first item. @default - nothing */
  readonly head?: string;
  /** Summary of a folded part. @default - not folded */
  readonly fold?: string;
}

/** Text with a limit, which counts what it leaves out. */
class Page {
  private readonly omitted = new Map<string, number>();

  constructor(private text: string) {}

  /** @param counted what items are counted as if they are left out; undefined does not count them */
  public part(
    counted: Direction | undefined,
    items: readonly Family[],
    write: (item: Family) => string,
    { head = '', fold }: PartOptions,
  ): void {
    const [opening, closing] =
      fold === undefined
        ? [`\n${head}`, '']
        : [`\n<details><summary>${prose(fold)}</summary>\n\n${head}`, '\n</details>\n'];
    const limit = this.text.length + (markdownLimit - reserve - this.text.length) / 2;
    let added = opening;
    let omitted = 0;
    for (const item of items) {
      const text = write(item);
      if (text.length <= limit - this.text.length - added.length - closing.length) added += text;
      else omitted += item.entries.length;
    }
    if (added !== opening) this.text += added + closing;
    if (counted !== undefined && omitted > 0) this.omitted.set(counted, (this.omitted.get(counted) ?? 0) + omitted);
  }

  public end(): string {
    if (this.omitted.size === 0) return this.text;
    const left = [...this.omitted].map(([direction, number]) => `${number} ${direction}`).join(', ');
    return `${this.text}\nLeft out, because a comment has at most ${markdownLimit.toLocaleString('en')} characters: **${left}**. The other formats have everything.\n`;
  }
}
