import { createHash } from 'node:crypto';

import { dangerLevels } from './danger-level';
import type { Entry, PlacedStanza, Report } from './entry';
import { scriptData } from './page/script-data';
import { scriptList } from './page/script-list';
import { scriptMain } from './page/script-main';
import { scriptMap } from './page/script-map';
import { styles } from './page/styles';
import { placeOf } from './say';
import { countEntries, verdictOn } from './verdict';

/**
 * A report as one HTML page that loads nothing: a map of teams and areas, and a list of entries down to their stanzas. Its
 * policy (CSP) permits no connection and no script but its own.
 */
export function htmlReport(report: Report): string {
  const { title, detail, widened } = verdictOn(report);
  const { levels, directions } = countEntries(report);
  const script = `'use strict';${scriptData}${scriptMap}${scriptList}${scriptMain}`;
  const compared =
    report.before === undefined
      ? `<b>${html(report.after)}</b>`
      : `<b>${html(report.before)}</b> → <b>${html(report.after)}</b>`;
  const buttons = dangerLevels
    .map(
      (level) =>
        `<button type="button" class="level ${level}" data-level="${level}" aria-pressed="true"${levels[level] === 0 ? ' disabled' : ''}><strong>${levels[level].toLocaleString('en')}</strong><span>${level}</span></button>`,
    )
    .join('');
  const sum = directions.gained + directions.changed + directions.lost;
  const segments = (
    [
      ['all', sum],
      ['gained', directions.gained],
      ['changed', directions.changed],
      ['lost', directions.lost],
    ] as const
  )
    .map(
      ([name, number]) =>
        `<button type="button" data-direction="${name}" aria-pressed="${name === 'all'}">${name.charAt(0).toUpperCase()}${name.slice(1)}<i>${number.toLocaleString('en')}</i></button>`,
    )
    .join('');
  const isSafe = report.kind === 'diff' && !widened;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${digest(styles)}'; script-src '${digest(script)}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>Access: ${html(title)}</title>
<style>${styles}</style>
</head>
<body>
<header>
<div><p class="eyebrow">Access of ${compared}</p><h1${isSafe ? ' class="safe"' : ''}>${html(title)}</h1><p class="detail">${html(detail)}</p></div>
<div class="levels" role="group" aria-label="Filter by danger">${buttons}</div>
</header>
<div class="tools" role="search">
<div class="search"><svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="7" cy="7" r="4.6"/><path d="M10.6 10.6 14 14"/></svg><input id="search" type="search" placeholder="Team, tenant, role, path, policy or file" aria-label="Search" autocomplete="off" spellcheck="false"><kbd aria-hidden="true">/</kbd></div>
${report.kind === 'diff' ? `<div class="segments" role="group" aria-label="Filter by direction">${segments}</div>` : ''}
<div class="status" id="status" role="status"></div>
</div>
<main>
<section class="panel map" id="map" role="treegrid" tabindex="0" aria-label="Map of teams and paths"><div class="canvas" id="canvas"></div><div class="empty" id="empty" hidden><b>No rows</b>No principal matches.</div></section>
<section class="panel side" aria-labelledby="heading"><h2 id="heading"></h2><ul class="list" id="list"></ul></section>
</main>
<footer><span><kbd>/</kbd> search</span><span><kbd>↑</kbd> <kbd>↓</kbd> <kbd>←</kbd> <kbd>→</kbd> move</span><span><kbd>Enter</kbd> open</span><span><kbd>Esc</kbd> back</span><span><kbd>s</kbd> sort by danger or name</span></footer>
<script type="application/json" id="data">${scriptSafe(JSON.stringify({ kind: report.kind, ...pageData(report.entries) }))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Entries with everything that repeats written once. */
function pageData(entries: readonly Entry[]): Record<string, unknown> {
  const texts = new Interner<string>((text) => text);
  const areas = [...new Set(entries.map(({ area }) => area))].sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
  const areaIndex = new Map(areas.map((area, index) => [area, index]));
  const holders = new Interner<Entry['holder']>(({ cluster, id, presence }) => `${cluster ?? ''}\n${id}\n${presence}`);
  const stanzas = new Interner<PlacedStanza>(({ policy, line, path, text }) => `${policy}\n${line}\n${path}\n${text}`);
  const rows = entries.map(({ holder, area, direction, danger, verbs, what, where, within, except, grants }) => [
    holders.index(holder),
    areaIndex.get(area),
    direction,
    dangerLevels.indexOf(danger.level),
    texts.index(verbs.join(', ')),
    what,
    where === undefined ? -1 : texts.index(where),
    within,
    except,
    danger.reasons.map(({ level, text }) => [dangerLevels.indexOf(level), texts.index(text)]),
    grants.map((g) => [
      g.operation,
      g.include,
      g.except,
      g.witness,
      g.conditions,
      stanzas.index(g.stanza),
      g.within,
      g.conditionsBefore ?? [],
    ]),
  ]);
  return {
    areas,
    texts: texts.values,
    holders: holders.values.map(({ id, kind, mount, name, cluster = '', owner, presence, source }) => ({
      ...{ id, kind, name, cluster, presence, owned: owner !== undefined, place: placeOf(source) },
      ...(owner ?? { team: cluster === '' ? 'no team' : `no team (${cluster})`, tenant: mount, environment: '' }),
    })),
    stanzas: stanzas.values.map(({ policy, line, text, source }) => ({ policy, line, text, place: placeOf(source) })),
    entries: rows,
  };
}

/** Everything, the server itself and logins are the first columns: there access leads to more access. */
const order = (area: string): number =>
  ['*', 'sys', 'identity'].indexOf(area) + 1 || (area.startsWith('auth/') ? 4 : 5);

class Interner<T> {
  public readonly values: T[] = [];
  private readonly indexes = new Map<string, number>();

  constructor(private readonly key: (value: T) => string) {}

  public index(value: T): number {
    const key = this.key(value);
    let index = this.indexes.get(key);
    if (index === undefined) {
      index = this.values.push(value) - 1;
      this.indexes.set(key, index);
    }
    return index;
  }
}

const digest = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** JSON that cannot close its script element or open a comment in it. */
const scriptSafe = (json: string): string =>
  json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
